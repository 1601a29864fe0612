/* Looks embedded files up; there are a handful, so by walking. */
#include "html/assets.h"

#include "base/log.h"

const struct asset *asset_find(str path)
{
	for (const struct asset *a = assets; a->name; a++)
		if (str_eq(a->url, path))
			return a;
	return NULL;
}

const struct asset *asset_named(const struct asset *table, str name)
{
	for (const struct asset *a = table; a->name; a++)
		if (str_eq(str_c(a->name), name))
			return a;
	return NULL;
}

str asset_url(const char *name)
{
	const struct asset *a = asset_named(assets, str_c(name));
	if (!a)
		die("asset_url: no asset is named %s", name);
	return a->url;
}

/* The JSON form of a set of parameters, written. */
#include "allocation/params.h"

#include "base/json_out.h"

str params_json(struct arena *a, const struct params *p)
{
	struct buf b = buf_new(a, 1 << 14);
	struct json j = json_new(&b);
	json_open(&j, '{');
	json_member(&j, S("format"), S(PARAMS_FORMAT));
	json_member(&j, S("nom"), p->name);
	json_member(&j, S("reference"), p->reference);
	json_member(&j, S("debut"), date_iso(a, p->from));
	json_key(&j, S("fin"));
	json_str(&j, p->has_to ? date_iso(a, p->to) : (str){ 0 });
	json_key(&j, S("nombres"));
	json_open(&j, '{');
	for (enum param i = 0; i < PARAMS; i++) {
		if (i == PARAM_GRANT && !p->v[i])
			continue;
		json_key(&j, str_c(param_kinds[i].code));
		json_i64(&j, p->v[i]);
	}
	json_close(&j, '}');
	json_close(&j, '}');
	return buf_str(&b);
}

# The open data: no key, the same conditions as the pages, the national schema.
exec gabare init --data data
exec gabare import places ${root}/tests/http/places.csv --data data
server

test as JSON
get /api/v1/lieux.json
status 200
header content-type application/json
header access-control-allow-origin *
json . count 25
json 0.id has essai-

test pages by cursor, each place once
get /api/v1/lieux.json?limit=10
json . count 10
header link rel="next"
keep-header link link
exec printf '%s' '${link}'
keep next <[^>]*(/api[^>]+)>
get ${next}
json . count 10
keep-header link link
exec printf '%s' '${link}'
keep next <[^>]*(/api[^>]+)>
get ${next}
json . count 5
no-header link

test as CSV, in the order of the schema
get /api/v1/lieux.csv
header content-type text/csv
match ^"?id"?,"?pivot"?,"?nom"?,"?commune"?
text Le Radeau d’essai

test as GeoJSON
get /api/v1/lieux.geojson
header content-type application/geo+json
json type is FeatureCollection
json features count 25
json features.0.geometry.type is Point

test with the conditions of the pages
get /api/v1/lieux.json?commune=reze
json . count 2
get /api/v1/lieux.json?q=radeau
json . count 1
json 0.nom is "Le Radeau d’essai"

test one place
get /api/v1/lieux/essai-01
json id is essai-01
json telephone is +33261914401
get /api/v1/lieux/nowhere
status 404
header content-type application/problem+json
json status is 404

test a wrong value is said as a problem
get /api/v1/lieux.json?limit=0
status 400
header content-type application/problem+json

test unchanged data cost no body
get /api/v1/lieux.json
keep-header etag etag
get /api/v1/lieux.json
	If-None-Match: ${etag}
status 304

test it is described
get /api/v1/openapi.json
status 200
json openapi has 3.
json paths has /api/v1/lieux.geojson

test the whole directory, in one answer
get /donnees/lieux.json
status 200
header content-type application/json
header transfer-encoding chunked
json . count 25
keep-header tag etag
get /donnees/lieux.json
	If-None-Match: ${tag}
status 304
get /donnees/lieux.csv
header content-disposition lieux.csv
text Le Radeau d’essai
get /donnees/structures.json
json . count 25
exec gabare export places --format data-inclusion -o one.json --data data
err structures
exec cat one.json
json structures count 25
json services.0.structure_id has essai-
exec gabare export places --format data-inclusion --full --data data
exit 2

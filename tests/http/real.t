# The real files of the national data, which are no part of the project: everything that can be read of them is taken.
needs ${shared}/data/01-lieux-mediation/national-schema/20230516-hub-du-sud-paca.v1.json
exec gabare init --data data

test a hub of the south, in the layout of 2023
exec gabare import places ${shared}/data/01-lieux-mediation/national-schema/20230516-hub-du-sud-paca.v1.json --data data --rejects r.csv
exit 0
err 792 read, 792 stored, 0 rejected
exec gabare import places ${shared}/data/01-lieux-mediation/national-schema/20230516-hub-du-sud-paca.v1.json --data data --rejects r.csv
exit 0
err 792 unchanged
exec cat r.csv
text à vérifier : numéro de remplissage

test an overseas one, numbers of +687 included
exec gabare import places ${shared}/data/01-lieux-mediation/national-schema/20240320-nouvelle-caledonie.v1.json --data data --rejects r.csv
exit 0
err 90 read, 90 stored

test the schema's first version
exec gabare import places ${shared}/data/01-lieux-mediation/national-schema/hinaura-schema-v0.json --data data --rejects r.csv
exit 0
err 687 read, 687 stored

test a national file from before the schema: what cannot be stored comes back, the rest is in
exec gabare import places ${shared}/data/01-lieux-mediation/national-schema/conseiller-numerique-france-2022.json --data data --rejects r.csv
exit 3
err 2733 read
exec cat r.csv
match ^.?.?.?ligne,colonne,valeur,raison,proposition,id

test the schema's own examples
exec gabare import places ${shared}/standards/lieux/exemple-valide.csv --data data
exit 0
err 1 read, 1 stored
exec gabare import places ${shared}/standards/lieux/exemple-valide-v0.1.1.csv --data data
exit 0
err 1 read, 1 stored

test all of it out, in and out again: the same bytes
exec gabare export places -o one.csv --data data
exec gabare init --data other --db sqlite:${dir}/other.db
exec gabare import places one.csv --data other --db sqlite:${dir}/other.db
exec gabare export places -o two.csv --data other --db sqlite:${dir}/other.db
exec cmp one.csv two.csv
exec gabare export places --format json --full -o one.json --data data
exec gabare init --data third --db sqlite:${dir}/third.db
exec gabare import places one.json --data third --db sqlite:${dir}/third.db
exec gabare export places --format json --full -o two.json --data third --db sqlite:${dir}/third.db
exec cmp one.json two.json

test and served
server
get /lieux?q=imprimer
status 200
get /lieux?lat=43.2965&lon=5.3698&rayon=20000
status 200
text près de ce point

# The directory comes from files, and goes back to them unchanged.
exec gabare init --data data
test a first import
exec gabare import places ${root}/tests/http/places.csv --data data
exit 0
err 25 read

test the same file again changes nothing
exec gabare import places ${root}/tests/http/places.csv --data data
exit 0
err 25 unchanged

test export, import, export: the same bytes
exec gabare export places --format csv -o one.csv --data data
exec gabare init --data other --db sqlite:${dir}/other.db
exec gabare import places one.csv --data other --db sqlite:${dir}/other.db
exec gabare export places --format csv -o two.csv --data other --db sqlite:${dir}/other.db
exec cmp one.csv two.csv
exec gabare export places --format json -o one.json --data data
exec gabare export places --format json -o two.json --data other --db sqlite:${dir}/other.db
exec cmp one.json two.json
exec gabare export places --format json --data data
json . count 25
json 2.nom has imaginaire

test commas, quotes and newlines survive
exec gabare export places --format csv --data data
text "demander"
text Deuxième ligne, avec un retour.

test a later version: new, changed, vanished
exec sed -e 's/La Bouée inventée/La Bouée repeinte/' -e '/^essai-25/d' ${root}/tests/http/places.csv > later.csv
exec gabare import places later.csv --source places --dry-run --data data
err 1 changed
exec gabare export places --format csv --data data
text La Bouée inventée
exec gabare import places later.csv --source places --data data
exit 0
err 1 changed
err 1 vanished
exec gabare export places --format csv --data data
text La Bouée repeinte
text essai-25

test rows that cannot be stored are given back with their reasons
file bad.csv
	id,pivot,nom,commune,code_postal,code_insee,adresse,date_maj,services,latitude,longitude,telephone
	bon-1,ESSAI900001,Bon lieu,Nantes,44000,44109,1 rue Sûre,2026-01-01,Maîtrise des outils numériques du quotidien,,,02 61 91 44 90
	mal-1,ESSAI900002,,Nantes,44000,44109,2 rue Sûre,2026-01-01,Maîtrise des outils numériques du quotidien,,,
	mal-2,ESSAI900003,Sans date,Nantes,44000,44109,3 rue Sûre,hier,Maîtrise des outils numériques du quotidien,,,
exec gabare import places bad.csv --rejects rejects.csv --data data
exit 3
err 3 read
exec cat rejects.csv
match ^.?.?.?ligne,colonne,valeur,raison,proposition,id
match 3,nom,
match 4,date_maj,hier

test nothing could be taken
file none.csv
	id,pivot,nom,commune,code_postal,code_insee,adresse,date_maj,services
	mal-1,ESSAI900002,,,,,,,
exec gabare import places none.csv --data data
exit 1

test what is no table of places
file noise.csv
	this is not a table
exec gabare import places noise.csv --data data
exit 2
exec gabare import places missing.csv --data data
exit 2
exec gabare import places --data data
exit 2
exec gabare import plcaes x --data data
exit 2
err did you mean

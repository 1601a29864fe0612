# An import by hand, with the processes of the program: the file goes through the sandboxes of web, jobs and its children.

test a city, somebody who coordinates, and a file with columns of its own
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role coordinator --organisation "Réseau" --new-organisation
keep code invitation/([A-Z2-9-]+)
exec printf 'gid;Nom de la structure;CP;Ville;Adresse postale;lundi matin;accueil\n7;La Bou\351e;44000;Nantes;1 rue Haute;9h-12h;Sur place\n8;Le Radeau;44100;Nantes;2 rue Basse;;Initiation\n' >maille.csv
server
client coordination
get /invitation/${code}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303

test who has not logged in sends nothing
client passant
get /agent/imports
status 303

test the file is sent and looked through
client coordination
get /agent/imports
text Aucun fichier
submit
	field source=Maille
	field jour=02/01/2026
	file-field fichier=maille.csv
status 303
follow
keep import /agent/imports/([0-9]+)
exec sleep 6
get /agent/imports/${import}
status 303
follow
text La Bouée
text Que sont ses colonnes ?

test its columns and words are said
submit
	field c0=Identifiant
	field c1=Nom du lieu
	field c2=Code postal
	field c3=Commune
	field c4=Adresse
	field c5=Lundi matin
	field c6=Ce que l’on y fait
status 303
follow
text Sur place
submit
	field v6-0=
	field v6-1=Maîtrise des outils numériques du quotidien
status 303
exec sleep 6
get /agent/imports/${import}
text lieux nouveaux : 2

test it is taken in, and taken back
submit
	field geste=prendre
status 303
exec sleep 6
get /lieux/7
text La Bouée
text 9 h
get /agent/imports/${import}
text C’est fait
submit
	field geste=defaire
status 303
exec sleep 6
get /lieux/7
status 404
get /agent/imports/${import}
text lieux repartis : 2

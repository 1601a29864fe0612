# The census from one end to the other with the processes of the program: an edition is opened, letters are written and printed, a
# structure answers by the link of its letter, the coordinator takes in what is right, the edition is closed and cited.
needs /usr/bin/pdftotext

test a city, its places, and somebody who coordinates
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n[city]\npublic_url = https://numerique.example.org\n' >>data/gabare.ini
exec gabare import places ${root}/tests/http/places.csv --data data
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role coordinator --organisation "Réseau" --new-organisation
keep code invitation/([A-Z2-9-]+)
server
client coordination
get /invitation/${code}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303

test an edition is opened, and its list made by itself
get /agent/recensement
text Aucune édition n’est ouverte
submit
	field geste=ouvrir
	field nom=2026
	field avant=31/12/2199
status 303
exec sleep 3
get /agent/recensement
match 0 réponse sur [1-9]
submit
	field geste=ecrire
status 303
exec for i in $(seq 300); do [ "$(gabare outbox list --data data | grep -c census-request)" -ge 2 ] && break; sleep .1; done; gabare outbox list --data data
text census-request

test the letters are printed, with the link, its code, and the day
exec gabare outbox letters -o lettres.pdf --data data
exec pdftotext -layout lettres.pdf - && pdftotext lettres.pdf - | tr -d '\n'
text Vos informations dans l’annuaire
text 31 décembre 2199
match https://numerique.example.org/recensement/[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}
keep code recensement/([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})

test the structure answers without an account, stops and comes back
client structure
get /recensement
submit
	field code=${code}
status 303
follow
text Continuer
header referrer-policy no-referrer
submit
status 303
follow
text Tout est juste
get /recensement/${code}/3
submit
	field horaires=du mardi au samedi 10h-17h
	field fermetures=Fermé du 3 au 23 août
status 303
follow
text pas encore envoyé
text Fermé du 3 au 23 août
client autre-telephone
get /recensement/${code}/fiche
text Fermé du 3 au 23 août
submit
	field geste=envoyer
status 303
follow
text vos corrections sont envoyées

test the coordinator takes it in, and the public page says it
client coordination
get /agent/recensement/demandes?etat=answered
keep ask /agent/recensement/demandes/([0-9]+)
get /agent/recensement/demandes/${ask}
text Fermé du 3 au 23 août
keep place /agent/lieux/([^/"]+)"
submit
	field geste=prendre
	field prendre=horaires
	field prendre=fermetures
status 303
get /lieux/${place}
text Fermé du 3 au 23 août

test the edition is closed, and what it says never changes
get /agent/recensement
submit
	field geste=fermer
status 422
text Cochez la case
submit
	field geste=fermer
	field sur=1
status 303
exec for i in $(seq 300); do gabare census list --data data | grep -q closed && break; sleep .1; done; gabare census list --data data
text 2026
text closed
get /api/v1/editions/2026.csv
status 200
header content-type text/csv
text Tu-Sa 10:00-17:00
keep-body frozen
exec gabare census check 2026 --data data
text sound
exec gabare census export 2026 --data data | sha256sum | cut -c1-64
keep digest ^([0-9a-f]{64})
exec gabare census list --data data
text ${digest}
get /recensement/${code}
status 404

test a contact is withdrawn: no export has it, the frozen record stays
exec gabare census export 2026 --data data | grep '@' | head -1
keep id ^([^,]+),
keep mail ([A-Za-z0-9._-]+@[A-Za-z0-9.-]+)
exec gabare census withdraw 2026 ${id} courriel --data data
exit 2
err a contact is telephone
exec gabare census withdraw 2026 nulle-part courriels --data data
exit 1
err has a place nulle-part
exec gabare census withdraw 2026 ${id} courriels --reason asked --data data
exec gabare census export 2026 --data data
absent ${mail}
exec gabare census check 2026 --data data
text sound
get /api/v1/editions/2026.csv
status 200
absent ${mail}
other-body frozen
exec gabare guide --edition 2026 -o guide.pdf --data data && pdftotext guide.pdf - | tr '\n' ' '
text Guide 2026

# Procedures and advice, written by who coordinates the network: what the public reads, before and after; and the same as files.
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role coordinator --organisation "Réseau" --new-organisation
keep code invitation/([A-Z2-9-]+)
server

test who has not logged in writes nothing
client passant
get /agent/ecrits
status 303
get /conseils/wifi
text Wifi gratuit : cinq précautions

test a text is changed, seen as the public would see it, and published
client coordination
get /invitation/${code}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get /agent/ecrits
text Pages écrites
text Wifi gratuit : cinq précautions
get /agent/ecrits/conseil/wifi
text Comment écrire
submit
	field geste=voir
	body &texte=%23+Le+wifi+%C3%A0+la+gare%0A%0AOn+s%E2%80%99y+connecte+sans+crainte.%0A%0A%23%23+Avant%0ADemandez+le+nom,+%C3%A0+[un+lieu](%2Flieux).
status 200
text Voici ce que le public verrait.
text <h1>Le wifi à la gare</h1>
client passant
get /conseils/wifi
absent Le wifi à la gare
client coordination
get /agent/ecrits/conseil/wifi
submit
	field geste=publier
	body &texte=%23+Le+wifi+%C3%A0+la+gare%0A%0AOn+s%E2%80%99y+connecte+sans+crainte.%0A%0A%23%23+Avant%0ADemandez+le+nom,+%C3%A0+[un+lieu](%2Flieux).
status 303
follow
text C’est publié.
client passant
get /conseils/wifi
text <h1>Le wifi à la gare</h1>
get /conseils
text Le wifi à la gare

test what is wrong is told by its line, and nothing changes
client coordination
get /agent/ecrits/conseil/wifi
submit
	field geste=publier
	body &texte=%23+Le+wifi%0A%0AVoir+[ici](%2Fnulle-part).
status 422
text Ligne 3 : le lien « /nulle-part » ne mène à aucune page de ce site.
text # Le wifi
client passant
get /conseils/wifi
text Le wifi à la gare

test a long text in Arabic letters, six bytes each on the way, is taken
client coordination
exec (printf '&texte=%%23+A%%0A%%0A'; for i in $(seq 11990); do printf '%%D8%%A7'; done) >long
get /agent/ecrits/conseil/imprimer?langue=ar
submit
	field geste=brouillon
	body-file long
status 303
get /agent/ecrits/conseil/imprimer?langue=ar
submit
	field geste=abandonner
status 303

test the translation knows that its French has changed
client coordination
get /agent/ecrits/conseil/wifi?langue=en
text À revoir
submit
	field geste=juste
status 303
follow
text C’est noté
absent À revoir : le français a changé

test a page of its own, its versions, and a page that goes
client coordination
get /agent/ecrits/nouveau
submit
	field genre=demarche
	field titre=Payer la cantine
status 303
follow
submit
	field geste=publier
	body &texte=%23+Payer+la+cantine%0A%0AChaque+mois,+en+ligne+ou+au+guichet.
status 303
client passant
get /demarches/payer-la-cantine
text Chaque mois
get /plan
text Payer la cantine
get /en/demarches/payer-la-cantine
text This page is not translated yet.
client coordination
get /agent/ecrits/demarche/payer-la-cantine/historique
text publié
get /agent/ecrits/demarche/payer-la-cantine/retirer
submit
	field geste=retirer
status 303
client passant
get /demarches/payer-la-cantine
status 410
text Cette page a été retirée
get /plan
absent Payer la cantine
client coordination
get /agent/ecrits/demarche/payer-la-cantine/retirer
submit
	field geste=remettre
status 303
client passant
get /demarches/payer-la-cantine
status 200

test the texts go out as files and come back in
exec gabare content export textes --data data
err 77 written, 0 unchanged
exec gabare content export textes --data data
err 0 written, 77 unchanged
exec head -1 textes/conseils/wifi.fr.md
text # Le wifi à la gare
exec gabare content import textes --data data
err 77 read, 0 stored, 0 rejected, 77 unchanged
exec cmp textes/conseils/arnaques.ar.md ${root}/content/conseils/arnaques.ar.md && cmp textes/demarches/caf.fr.md ${root}/content/demarches/caf.fr.md
exec printf '# Le wifi au port\n\nVoir [la braderie](/conseils/braderie).\n' >textes/conseils/wifi.fr.md
exec printf '# La braderie\r\n\r\nUn mot.\r\n' >textes/conseils/braderie.fr.md
exec printf '# A\n\nUn mot.\n\n? Quoi\n- un\n- deux\n> car\n' >textes/conseils/imprimer.fr.md
exec printf '# Seule\n\nOne word.\n' >textes/conseils/seule.en.md
exec gabare content import textes --dry-run --data data
exit 3
err textes/conseils/imprimer.fr.md:5: no answer is right
err textes/conseils/seule.en.md: has no French
err 79 read, 0 stored, 2 rejected, 75 unchanged, 2 changed
client passant
get /conseils/wifi
text Le wifi à la gare
exec gabare content import textes --data data
exit 3
err 79 read, 2 stored, 2 rejected, 75 unchanged
get /conseils/wifi
text Le wifi au port
text href="/conseils/braderie"
get /conseils/braderie
text La braderie
client coordination
get /agent/ecrits?voir=a-faire
text à revoir
exec gabare audit --data data

# The paper guide from the command line.
test a booklet, a leaflet, another language, sheets for the printer
exec gabare migrate; gabare demo --data data; gabare guide -o guide.pdf --data data
err places
exec qpdf --check guide.pdf
exec pdftotext -f 1 -l 1 guide.pdf -
text Le guide de l’aide
exec gabare guide -o guide.pdf --title "Guide d'essai" --lang en --data data; pdftotext -f 1 -l 1 guide.pdf -
text Guide d’essai
text The guide to digital
exec gabare guide -o rezé.pdf --district 44143 --lang ar --data data; pdftotext rezé.pdf -
text Rezé
exec gabare guide -o feuilles.pdf --district 44143 --impose --data data; pdfinfo feuilles.pdf
match Page size: +841[.0-9]* x 595

test what cannot be made says so
exec gabare guide --data data
exit 2
err say where to write
exec gabare guide -o guide.pdf --lang de --data data
exit 2
err --lang is
exec gabare guide -o guide.pdf --district 99999 --data data
exit 1
err no place in an area of code 99999
exec gabare guide -o guide.pdf --edition 1999 --data data
exit 1
err no closed edition has the name 1999
exec gabare guide -o nulle/part.pdf --data data
exit 1
err cannot write

test the guide on the site, once it is published
server
get /guide
text n’est pas encore publié
get /guide.pdf
status 404
exec gabare guide --publish --data data
err published
exec sleep 1                             # PostgreSQL tells the server of it by a notification
get /guide
text Ouvrir le guide
text Rezé
get /simple/guide.pdf
status 200
header Content-Type application/pdf
get /en/guide/44143.pdf
status 200

test a guide from the back office: asked for, made in the jobs process's sandbox, read, put on the site
client reseau
get /connexion
submit
	field courriel=reseau@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/guide
text Sur le site : un guide fait le
submit
	field langues=fr
	field langues=simple
	field langues=en
	field langues=ar
	field codes=1
	field titre=Guide du bureau
status 303
keep-header making Location
exec for i in $(seq 900); do grep -q 'guide ended' server.log && break; sleep .1; done; grep -c 'guide ended' server.log
get ${making}
text Télécharger : français
get ${making}/ar.pdf
status 200
header Content-Type application/pdf
get ${making}
submit
	field geste=publier
status 422
text Cochez la case
submit
	field geste=publier
	field sur=1
status 303
exec curl -sf http://127.0.0.1:${port}/guide.pdf -o site.pdf && qpdf --check site.pdf && pdftotext -f 1 -l 1 site.pdf -
text Guide du bureau

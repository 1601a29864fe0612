# A resident, on a telephone with little data: finds help, reads it, prints it; in words, on a map, by questions.
exec gabare demo --data data
server

test find, read, print: light enough for prepaid data
get /
	Accept-Encoding: br
status 200
match href="/lieux
keep css href="(/a/gabare-[0-9a-f]+[.]css)"
get ${css}
	Accept-Encoding: br
get /lieux?pres=bellevue&service=demarches
	Accept-Encoding: br
status 200
keep place <h2><a href="(/lieux/demo-[0-9]+)"
get ${place}
	Accept-Encoding: br
status 200
match href="tel:\+33
text Imprimer la fiche
get ${place}/fiche
	Accept-Encoding: br
status 200
text Horaires
in-all-at-most 15000

test by more criteria, to the same list
get /chercher
status 200
text Accueil préparé pour
get /lieux?besoin=surdite&langue=ar
status 200
match href="/chercher[?]

test on a map, whose numbers lead to the list
get /lieux?pres=bellevue&carte=1
	Accept-Encoding: br
status 200
match <a href="#lieu-1"
match id="lieu-1"
at-most 6000
get /lieux/demo-002
text Voir ce lieu et ses voisins sur une carte
keep map href="(/lieux[?]lat=[^"]+)"
exec printf '%s' '${map}' | sed 's/&amp;/\&/g'
keep map ^(.*)$
get ${map}
status 200
order "Le Ponton" "tout près"

test five questions, and back
get /trouver
status 200
text Question 1 sur 5
get /trouver?quoi=demarches
text Question 2 sur 5
text Revenir à la question d’avant
get /trouver?quoi=demarches&qui=nsp&frais=gratuit&comment=nsp
text Question 5 sur 5
get /trouver/resultats?quoi=demarches&qui=nsp&frais=gratuit&comment=nsp&ou=bellevue
status 200
match href="/lieux/demo-
get /trouver?quoi=xyzzy
status 400

test a procedure: what to bring, who helps near here
get /demarches
status 200
match href="/demarches/impots"
get /demarches/impots
order "À apporter" "Où cela se fait" "Qui vous aide"
match href="/lieux

test advice, and its quiz that keeps nothing
get /conseils/arnaques
status 200
match href="/conseils/arnaques/quiz"
get /conseils/arnaques/quiz?q1=1&q2=2
status 200
no-header set-cookie

test free wifi, nearest first
get /wifi
status 200
text Cinq précautions
get /wifi?pres=bellevue
status 200
get /wifi?carte=1
match <svg

test in Arabic, from the right, with the telephone as it is dialled
get /ar/lieux/demo-002
match <html lang="ar" dir="rtl"
match <bdi dir="ltr">02
get /ar/lieux/demo-002/fiche?langue=ar
status 200
match lang="fr"

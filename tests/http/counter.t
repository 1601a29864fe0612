# An agent at a counter, with someone waiting: a place to hand over, on paper, on a telephone, in an address book.
exec gabare init --data data
exec gabare import places ${root}/tests/http/places.csv --data data
exec printf '\n[web]\npost_burst = 3\npost_per_minute = 1\n' >> data/gabare.ini
server

test who is open on Thursday afternoon
get /lieux?ouvert=2026-05-07T14:30
status 200
text Le Radeau d’essai
absent La Bouée inventée

test the sheet to hand over, and who to call on it
get /lieux/essai-01/fiche
status 200
text 02 61 91 44 01
text 1 rue de l’Invention
get /lieux/essai-01/fiche?langue=en
status 200
match lang="en"
get /lieux/essai-01/fiche?langue=xx
status 400

test the same as a card for an address book
get /lieux/essai-01.vcf
header content-type text/vcard
text VERSION:4.0
text TEL;VALUE=uri;TYPE=work;PREF=1:tel:+33261914401

test the same for other programs
get /lieux/essai-01.jsonld
header content-type application/ld+json
json @type is LocalBusiness
json openingHoursSpecification.0.opens is 09:00
json address.postalCode is 44000

test the answers of five questions, on paper
get /trouver/fiche?ou=44100
status 200

test how to be helped without any screen
get /etre-aide
status 200

test something is wrong: said three times, then one must wait
get /lieux/essai-01/erreur
keep stamp name="_s" value="([^"]+)"
post /lieux/essai-01/erreur
	field _s=${stamp}
	field erreur=Le samedi est fermé.
status 303
get /lieux/essai-02/erreur
submit
	field erreur=Le numéro a changé.
status 303
get /lieux/essai-03/erreur
submit
	field erreur=Il n’y a plus d’imprimante.
status 303
get /lieux/essai-04/erreur
submit
	field erreur=Encore une.
status 429
header retry-after
get /lieux/essai-04
status 200

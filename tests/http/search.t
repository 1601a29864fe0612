# A resident looks for help near them, in their own words.
exec gabare init --data data
exec gabare import places ${root}/tests/http/places.csv --data data
server

test all places, ten a page, each once
get /lieux
status 200
text 25 lieux d’aide
count "<li><h2>" 10
keep-body first
get /lieux?page=2
count "<li><h2>" 10
other-body first
get /lieux?page=3
count "<li><h2>" 5
get /lieux
same-body first
get /lieux?page=4
status 404

test a word
get /lieux?q=imp%C3%B4ts
status 200
text Le Radeau d’essai
absent La Bouée inventée

test without accents, and in another form
get /lieux?q=impot
text Le Radeau d’essai

test with a slip of the finger
get /lieux?q=radaeu
text Le Radeau d’essai

test a name, unstemmed, with the apostrophe of a keyboard
get /lieux?q=l'ecluse%20imaginaire
text L’Écluse imaginaire

test a commune, by name and by postal code
get /lieux?commune=reze
text Fabrique du Néant
text Cantine numérique fictive
absent Le Radeau d’essai
get /lieux?commune=44400
text Fabrique du Néant

test near a point: closest first
get /lieux?lat=47.2132&lon=-1.5586&rayon=5000
status 200
order "Le Radeau d’essai" "La Bouée inventée"
get /lieux?lat=47.1890&lon=-1.5490&rayon=1000
order "Cantine numérique fictive" "Fabrique du Néant"
absent Le Radeau d’essai

test filters, shown and removable
get /lieux
keep frais <option value="([^"]+)">Payant
get /lieux?frais=${frais}
text La Bouée inventée
text Fabrique du Néant
absent Le Radeau d’essai
text Enlever
match <a href="/lieux"[^>]*>Enlever

test nothing found says why and widens
get /lieux?q=radeau&commune=reze
status 200
text Aucun lieu
text Voir tous les lieux
text Sans « radeau »
text Sans « reze »

test what cannot be understood is said at its field
get /lieux?lat=100&lon=0
status 400
match <title>Erreur
text Latitude
get /lieux?rayon=500
status 400

test a place: its telephone first, then where and when
get /lieux/essai-01
status 200
text 02 61 91 44 01
text 1 rue de l’Invention, 44000 Nantes
text 9 h à 12 h 30
order "tel:+33261914401" "Horaires"
match <h1>Le Radeau

test a place that is not there
get /lieux/nowhere
status 404
text Page introuvable

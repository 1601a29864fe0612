# Guides on paper with the processes of the program: a run is recorded, delivered to its last copy, a structure says what it has and asks.
test the demonstration, somebody who coordinates, and somebody of a structure
exec gabare demo --data data
exec gabare census check essai --data data
text sound
server
client reseau
get /connexion
submit
	field courriel=reseau@demo.example
	field passe=quatre mots sur un ponton
status 303
client structure
get /connexion
submit
	field courriel=structure@demo.example
	field passe=quatre mots sur un ponton
status 303

test a run is recorded and delivered, and no copy too many
client reseau
get /agent/guide/tirages
text Association de démonstration
submit /agent/guide/tirages
	field geste=nouveau
	field guide=Guide d'été
	field langue=en
	field exemplaires=100
status 303
keep-header run Location
get ${run}
submit
	field structure=association de demonstration
	field quantite=80
	field recu=Alix Inventé
status 303
get ${run}
submit
	field structure=CCAS de démonstration
	field quantite=21
status 422
text Il ne reste que 20 exemplaires
submit
	field structure=CCAS de démonstration
	field quantite=20
status 303
get ${run}
keep slip /agent/guide/livraisons/([0-9]+)
get /agent/guide/livraisons/${slip}
text Signature
get /agent/guide/livraisons.csv
header content-type text/csv
text CCAS de démonstration,,20,non

test the structure sees its own, says what is left, and asks for more
client structure
get /agent/guide/livraisons/${slip}
status 404
get /agent/guide/tirages
status 404
get /agent/guide/stock
status 303
follow
text il en reste 80 sur 80 livrés
submit
	field geste=demander
	field besoin=40
	field langue=en
status 303
client reseau
get /agent/guide/tirages
text 40 exemplaires, anglais
text Aucun tirage dans cette langue

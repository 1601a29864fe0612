# A campaign of equipment, from the State's file of schools to what a school sees of it.
exec gabare demo --data data
file schools.csv
	uai,nom,secteur,adresse,code_postal,commune,code_commune,latitude,longitude,ips,annee_scolaire
	9990040P,École élémentaire du Bief,Public,2 rue Haute,44000,Nantes,44109,47.2167,-1.5500,"80,5",2025-2026
	9990041X,École à la mauvaise lettre,Public,2 rue Haute,44000,Nantes,44109,,,,
exec gabare import schools schools.csv --commune 44109 --dry-run --data data
exit 3
err dry run: nothing was stored
exec gabare import schools schools.csv --commune 44109 --json --data data
exit 3
json new is 1
json rejected is 1
exec gabare import schools schools.csv --commune 44109 --json --data data
exit 3
json unchanged is 1
server

test an officer enters the plan's campaign, and what does not add up is said
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
text Un ordinateur pour chaque famille
get /agent/campagnes/nouvelle
submit
	field nom=Rentrée 2027
	field annee=2027
	field objectif=660
	field debut=09/2027
	field fin=12/2027
	field financeurs=Ville : 660
status 303
keep-header campaign Location
follow
text 660 ordinateurs à remettre
text septembre 2027 – décembre 2027
text Aucune vague
keep id /agent/campagnes/([0-9]+)/modifier
get /agent/campagnes/${id}/vagues/nouvelle
submit
	field titre=Bellevue
	field quantite=160
	field debut=09/2027
	field fin=09/2027
status 303
follow
status 200
keep wave /vagues/([0-9]+)/ecoles
get /agent/campagnes/${id}/vagues/${wave}/ecoles?reseau=unknown
text École élémentaire du Bief
submit /ecoles
	field ecole=9990040P
	field association=ALIS 44
status 303
get /agent/campagnes/${id}
text Les vagues prévoient 160 ordinateurs, l’objectif est de 660.
get /agent/campagnes/${id}/calendrier
text École élémentaire du Bief, avec ALIS 44

test a change is taken back
client officer
get /agent/campagnes/${id}/vagues/${wave}
submit
	field titre=Bellevue
	field quantite=200
	field debut=09/2027
	field fin=09/2027
status 303
get /agent/campagnes/${id}/historique
order 160 200
keep past name="remettre" value="([0-9]+)"
submit
	field remettre=${past}
status 303
get /agent/campagnes/${id}
text Les vagues prévoient 160 ordinateurs

test a school sees its own waves once the campaign is open, and nothing else
client officer
get /agent/ecoles/9990040P
submit
	field geste=structure
	field structure=École La Cale (inventée)
status 303
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecole
text École élémentaire du Bief
text Cette école n’est dans aucune vague
get /agent/campagnes/${id}
status 404
get /agent/ecoles/9990040P
status 404
client officer
get /agent/campagnes/${id}/modifier
submit
	field nom=Rentrée 2027
	field annee=2027
	field objectif=660
	field etat=open
status 303
client school
get /agent/ecole
text Rentrée 2027, vague 1 : septembre 2027
text Les familles seront accompagnées par ALIS 44.

test who administers reads a campaign and does not change it
client admin
get /connexion
submit
	field courriel=admin@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${id}
text Bellevue
absent Ajouter une vague
get /agent/campagnes/${id}/modifier
status 404
get /agent/campagnes/${id}/vagues/${wave}
text change cette vague
text 160

# Desk triage: somebody waits at a counter; two minutes, no name, a sheet; and with a family's file, when it agrees.
exec gabare demo --data data
server

test two pages, then the next steps, without a name and without a trace
client desk
get /connexion
submit
	field courriel=accueil@demo.example
	field passe=quatre mots sur un ponton
follow
text Faire le point
get /agent/accueil
text Avez-vous un appareil à la maison ?
get /agent/accueil/questions?appareil=rien&connexion=non&seul=non&ou=rue+des+Lavoirs&langue=ar
status 200
text Remplir une demande sur Internet
absent Envoyer une photo
get /agent/accueil/suite?appareil=rien&connexion=non&seul=non&ou=rue+des+Lavoirs&langue=ar&arnaque=non
status 200
text Faire vos démarches avec quelqu’un
text Plus tard
text Protéger vos comptes
text خطواتكم القادمة
get /agent/accueil/papier?langue=ar
text Trois questions
text ثلاثة أسئلة

test a question without an answer is asked again
get /agent/accueil/questions?appareil=rien
status 422
text Choisissez une réponse.

test a family's answers are kept when it agrees, and erased when it asks
get /agent/foyers/DEMO-2220/point
submit point
	field appareil=telephone
	field connexion=forfait
	field seul=aide
	field geste=questions
status 200
submit point
	field arnaque=non
	field geste=suite
text Garder ces réponses ?
text CM1 ou CM2
submit point
	field geste=garder
status 422
text Demandez à la personne
submit point
	field geste=garder
	field accord=1
status 303
follow
text C’est gardé avec le dossier.
get /agent/foyers/DEMO-2220/donnees
text Avez-vous un appareil à la maison ? : Seulement un téléphone
get /agent/foyers/DEMO-2220/point
submit point
	field geste=effacer
status 303
get /agent/foyers/DEMO-2220/point
text Avez-vous un appareil à la maison ?
absent Réponses gardées

test other organisations and other roles see nothing of it
client association
get /connexion
submit
	field courriel=mediation@demo.example
	field passe=quatre mots sur un ponton
get /agent/foyers/DEMO-2221/point
status 404
get /agent/accueil
status 200
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
get /agent/accueil
status 404
exec gabare audit --data data

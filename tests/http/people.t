# Families' files: who works with them opens one, is told what a note must not hold, shares it, hands it over, erases it; the others see nothing.
exec gabare demo --data data
server

test an agent of the desk finds a family by its name as it is heard
client desk
get /connexion
submit
	field courriel=accueil@demo.example
	field passe=quatre mots sur un ponton
follow
text Familles
get /agent/foyers
submit foyers
	field q=Kadidja Ben Ali
status 200
text Khadija Benali-Inventé
header cache-control no-store
get /agent/foyers
submit foyers
	field q=01.99.00.12.02
text Mamadou Traoré-Inventé
get /agent/foyers
submit foyers
	field q=Haddad
text Aucune famille ne répond
absent Haddad-Inventé

test a family that is there already is shown before a second file is opened
get /agent/foyers/nouveau
submit nouveau
	field prenom=Cadidja
	field nom=Benali
	field motifs=droits
	field origine=self
status 422
text peut-être déjà là
text Khadija Benali-Inventé

test a file is opened in two minutes, and its page says what is held
get /agent/foyers/nouveau
submit nouveau
	field prenom=Zoé
	field nom=Nouvelle-Inventé
	field telephone=01 99 00 12 99
	field adresse=14 rue des Lavoirs, 44100 Nantes
	field motifs=ecole
	field origine=self
	field enfant=Tom
	field enfant_classe=CM2
	field informee=1
status 303
follow
text Le dossier est ouvert.
text Zoé Nouvelle-Inventé
text Tom, CM2
text 01 99 00 12 99
keep zoe /agent/foyers/([A-Z0-9-]+)/vues

test a note that holds too much is told, and is not kept
get /agent/foyers/${zoe}
submit foyers
	field note=Carte 4111 1111 1111 1111
status 422
text numéro de carte bancaire
get /agent/foyers/${zoe}
absent 4111
submit foyers
	field note=Rappeler jeudi après-midi
status 303
follow
text Rappeler jeudi

test another organisation sees nothing of it, then the file is shared with it
client association
get /connexion
submit
	field courriel=mediation@demo.example
	field passe=quatre mots sur un ponton
get /agent/foyers/${zoe}
status 404
client desk
get /agent/foyers/${zoe}/partage
keep with value="([0-9]+)">Association
submit partage
	field avec=${with}
	field raison=help
	field duree=30
status 303
client association
get /agent/foyers/${zoe}
status 200
text qui le partage avec vous
get /agent/foyers/${zoe}/effacer
status 404
client desk
get /agent/foyers/${zoe}/vues
text Alix Inventé, Association de démonstration

test the family sees its own file by its card, on any screen, and leaves nothing
get /agent/foyers/${zoe}/carte
submit carte
	field geste=donner
follow
keep card <code>([A-Z0-9-]+)</code>
client family
get /foyer/dossier
status 303
header location /foyer
get /foyer
submit foyer
	field code=${card}
	field reponse=01 99 00 12 98
status 422
text ne vont pas ensemble
get /foyer
submit foyer
	field code=${card}
	field reponse=01 99 00 12 99
status 303
follow
text Zoé Nouvelle-Inventé
text CCAS de démonstration
absent Rappeler jeudi
header cache-control no-store
submit fin
status 303
header clear-site-data cache
follow
text Plus rien de votre dossier
get /foyer/dossier
status 303
client desk

test everything held is handed over, then erased
get /agent/foyers/${zoe}/donnees.json
status 200
header cache-control no-store
text Rappeler jeudi
text Alix Inventé
get /agent/foyers/${zoe}/effacer
submit effacer
	field quoi=foyer
	field certain=1
status 303
get /agent/foyers/${zoe}
status 404
get /agent/foyers
submit foyers
	field q=Nouvelle
text Aucune famille ne répond

test who protects the data reads the registry, and no file
client dpo
get /connexion
submit
	field courriel=dpo@demo.example
	field passe=quatre mots sur un ponton
get /agent/registre
text Notes sur le suivi
get /agent/registre.csv
header content-type text/csv
get /agent/foyers
status 404
exec gabare audit --data data
exec gabare registry
text ## Registre

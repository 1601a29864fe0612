# Allocation from the files of a campaign: the demonstration's run is verified, decided, taken back in part; the next wave has a run of its own.
exec gabare demo --data data
exec gabare allocate verify --data data
server

test an officer reads what a run proposes, school by school
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}/attribution
keep wave /attribution/([0-9]+)
get /agent/campagnes/${campaign}/attribution/${wave}?verifier=1
text donne les mêmes octets
get /agent/campagnes/${campaign}/attribution/${wave}/calcul.json
text gabare-attribution-run-1
absent Inventé
get /agent/campagnes/${campaign}/attribution/${wave}/resultat
text familles proposées, dans toutes les écoles

test the proposal is decided, and one decision is taken back with its reason
submit resultat
	field geste=accepter
status 303
follow
text C’est noté.
text Rien n’est à décider
keep school ecole=([0-9A-Z]+)
get /agent/campagnes/${campaign}/attribution/${wave}/resultat?ecole=${school}
keep file dossiers/(DEMO-[0-9]+)/attribution
get /agent/campagnes/${campaign}/dossiers/${file}/attribution
text Pourquoi ce rang ?
submit attribution
	field geste=annuler
	field raison=changed
status 303
follow
text laissé de côté
get /agent/campagnes/${campaign}/attribution/${wave}/resultat
text Attribuer à la famille proposée

test who waits is listed with names on the page and without in the file
get /agent/campagnes/${campaign}/attribution/${wave}/attente
text Inventé
keep waiting dossiers/(DEMO-[0-9]+)/attribution
get /agent/campagnes/${campaign}/attribution/${wave}/attente.csv
text ${waiting}
absent Inventé
get /agent/campagnes/${campaign}/dossiers/${waiting}/attribution/lettre
text L. 311-3-1
text Défenseur des droits

test a family's answers are noted, and not known is an answer
get /agent/campagnes/${campaign}/dossiers/${waiting}/situation
submit situation
	field appareils=aucun
	field connexion=
status 303
follow
text C’est noté.

test others find no such page
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/attribution/${wave}
status 404
get /agent/campagnes/${campaign}/dossiers/${waiting}/situation
status 404

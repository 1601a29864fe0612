# Families' files in a campaign: a school names three families, two of them the same; an officer calls, invites, decides; the campaign counts.
exec gabare demo --data data
server

test a school names a family, and the second time it is asked whether it is the same
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecole
text Familles nommées par l’école
get /agent/ecole/9990001X/familles/nouvelle
text dites-lui, si vous pouvez, que vous donnez son nom à la ville
submit nouvelle
	field prenom=Nadège
	field nom=Lhermine-Inventée
	field telephone=01 99 00 14 01
	field enfant=Jules
	field classe=CM1
status 303
follow
text Nadège Lhermine-Inventée (Jules)
text nommée, pas encore appelée
get /agent/ecole/9990001X/familles/nouvelle
submit nouvelle
	field prenom=Nadeje
	field nom=Lermine-Inventé
	field telephone=01 99 00 14 01
	field enfant=Lucie
	field classe=CP
status 422
text Dites si c’est elle, ou si c’en est une autre.
text C’est elle : Nadège Lhermine-Inventée (Jules)
keep same value="([0-9]+)" id="famille"
submit nouvelle
	field prenom=Nadeje
	field nom=Lermine-Inventé
	field telephone=01 99 00 14 01
	field enfant=Lucie
	field classe=CP
	field famille=${same}
status 303
get /agent/ecole/9990001X/familles/nouvelle
submit nouvelle
	field prenom=Bakary
	field nom=Zoungrana-Inventé
	field enfant=Moriba
	field classe=CM2
status 303

test the school reaches neither another school's list nor the household
get /agent/ecole/9990003Z/familles
status 404
get /agent/campagnes
status 404
get /agent/foyers
status 404

test an officer finds one file with both children, calls and invites
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}
text Identifiées
get /agent/campagnes/${campaign}/dossiers?etat=identified&ecole=9990001X&page=1
keep first /dossiers/([A-Z0-9-]+)">Nadège
keep second /dossiers/([A-Z0-9-]+)">Bakary
get /agent/campagnes/${campaign}/dossiers/${first}
text <b>Jules</b>
text <b>Lucie</b>
submit dossiers
	field geste=jointe
status 303
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=jointe
status 303
get /agent/campagnes/${campaign}/dossiers?etat=contacted&ecole=9990001X
keep one value="(${first}\.[0-9]+)"
submit dossiers
	field geste=inviter
	field dossier=${one}
status 200
text Noter pour une famille
submit dossiers
status 303

test what the path does not hold is refused in words
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=etape
	field etape=eligible
status 422
text De « Contactée », un dossier ne passe pas à « Éligible ».
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=etape
	field etape=invited
status 303

test one is eligible, the other is not and is told how to contest
get /agent/campagnes/${campaign}/dossiers/${first}
submit dossiers
	field geste=etape
	field etape=attended
status 303
get /agent/campagnes/${campaign}/dossiers/${first}
submit dossiers
	field geste=etape
	field etape=eligible
status 303
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=etape
	field etape=attended
status 303
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=etape
	field etape=not_eligible
status 422
text demande une raison
get /agent/campagnes/${campaign}/dossiers/${second}
submit dossiers
	field geste=etape
	field etape=not_eligible:class
status 303
follow
text aucun enfant n’est dans une classe concernée
text elle peut contester

test the campaign's page counts them, and files leave with and without names
get /agent/campagnes/${campaign}
text Éligibles
get /agent/campagnes/${campaign}/dossiers.csv?etat=eligible&ecole=9990001X
text ${first},1,
absent Lhermine
get /agent/campagnes/${campaign}/dossiers-noms.csv?etat=eligible&ecole=9990001X
text Nadège Lhermine-Inventée
get /agent/campagnes/${campaign}/dossiers/appels
text À appeler cette semaine
client school
get /agent/ecole/9990001X/familles
text non retenue
text retenue

# Where a campaign is: the page, its files, and what of it is public once an officer says so.
exec gabare demo --data data
server

test the officer sees where the campaign is
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}
text Où en est-on ?
get /agent/campagnes/${campaign}/etat
status 200
text 6 ordinateurs remis sur 660.
text Vague 1, Bellevue
text École élémentaire La Cale
match <svg [^>]*role="img"
text Semaine après semaine
get /agent/campagnes/${campaign}/etat?jour=2026-01-01
text 0 ordinateur remis sur 660.
keep wave <option value="([0-9]+)">Vague 2
get /agent/campagnes/${campaign}/etat?vague=${wave}
text Vague 2, Bottière
absent Vague 1, Bellevue

test the same as files
get /agent/campagnes/${campaign}/etat.csv
header Content-Type text/csv
text jour,niveau,vague,uai,nom,prevu
absent DEMO-
get /agent/campagnes/${campaign}/tendance.csv
text jour,identifiees,chartes,remis,prevu
get /agent/campagnes/${campaign}/etat.xlsx
status 200
header Content-Type spreadsheetml
header Content-Disposition etat.xlsx

test the public sees no count under 11
client public
get /campagnes
text Un ordinateur pour chaque famille
get /campagnes/${campaign}
status 200
text moins de 11 ordinateurs remis sur 660
get /ar/campagnes/${campaign}
text أقل من 11
get /api/v1/campagnes/${campaign}.csv
header Content-Type text/csv
text mois,vague,nom,prevu,remis,moins_de_11
match ^[0-9]{4}-[0-9]{2},1,Bellevue,160,,oui
get /api/v1/campagnes/${campaign}.json
json objectif is 660
json mois.0.vagues count 3
get /agent/campagnes/${campaign}/etat
status 303

test the officer takes the public page away, and gives it back
client officer
get /agent/campagnes/${campaign}/etat
submit etat
	field geste=retirer
status 303
client public
get /campagnes/${campaign}
status 404
get /api/v1/campagnes/${campaign}.csv
status 404
get /campagnes
text Aucun chiffre n’est publié en ce moment.
client officer
get /agent/campagnes/${campaign}/etat
text ne sont pas publics
submit etat
	field geste=publier
status 303
client public
get /campagnes/${campaign}
status 200

test a school does not see it
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/etat
status 404

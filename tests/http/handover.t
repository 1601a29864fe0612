# A handover day: an officer plans it, the families who wait are placed, a device is read and handed over, its receipt is kept; a mistake is taken back.
exec gabare demo --data data
server

test the officer finds the day of today, and the families on it
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}/remises
text Maison de quartier du Port
keep day /remises/([0-9]+)">[^<]*</a></th><td>Maison de quartier du Port
get /agent/campagnes/${campaign}/remises/${day}
text Ordinateur attribué
get /agent/campagnes/${campaign}/remises/${day}/appels
text 01 99 00
get /agent/campagnes/${campaign}/remises/${day}/jour
text à servir
keep file /dossiers/([A-Z0-9-]+)/remise

test a label that cannot be is told; a device of the stock is handed over
get /agent/campagnes/${campaign}/remises/${day}/jour?poste=P222-2222
status 422
get /agent/postes?etat=in_stock
keep label /postes/(P[A-Z0-9-]+)"
get /agent/postes/${label}
text Remettre à…
text /dossiers/${file}/remise?poste=${label}
get /agent/campagnes/${campaign}/dossiers/${file}/remise?poste=${label}
submit remise
	field poste=${label}
	field accessoire=charger
	field etat=works
status 422
text Choisissez où a lieu le premier atelier
submit remise
	field poste=${label}
	field accessoire=charger
	field etat=works
	field lieu=Le Ponton
	field jour=2099-01-02
	field heure=14:00
status 303
follow
text C’est remis, et noté.
get /agent/campagnes/${campaign}/dossiers/${file}/remise/recu
text prêt
text ${label}
text 2 janvier 2099, 14 h, Le Ponton
get /agent/campagnes/${campaign}/dossiers/${file}
text Ordinateur remis
text Premier atelier : le 2 janvier 2099, Le Ponton.
get /agent/postes/${label}
text Prêté

test the mistake is taken back, and the device is in stock again
get /agent/campagnes/${campaign}/dossiers/${file}/remise
submit remise
	field raison=family
status 303
get /agent/postes/${label}
text En stock
get /agent/campagnes/${campaign}/dossiers/${file}
text Ordinateur attribué

test a school sees none of it
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/remises
status 404
get /agent/postes
status 404

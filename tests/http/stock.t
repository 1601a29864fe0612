# Devices in stock: an officer enters some, prints their labels, takes one out and back; a passer-by reads a label; another house sees nothing.
exec gabare demo --data data
server

test a passer-by reads the label of a device: whose it is, whom to call, nothing of who has it
get /p/P4F6-TBYW
status 404
get /p/bateau
status 404
text Ce code n’est pas le bon

test an officer enters a device by a line of a spreadsheet
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/postes
text En stock
text Caboteur 14
get /agent/postes/nouveau
submit nouveau
	field sorte=laptop
	field note=B
	field proprietaire=Ville de démonstration
	field genre=city
	field lignes=Gabarot 12; SER-2; Z
status 422
text Ligne 1 : la qualité est A, B ou C.
submit nouveau
	field sorte=laptop
	field note=B
	field proprietaire=Ville de démonstration
	field genre=city
	field lignes=Gabarot 12; SER-1; A; 8; 240; 12,5
status 303
follow
text Gabarot 12
keep label /postes/(P[A-Z0-9-]+)"
get /agent/postes/etiquettes?q=${label}
text ${label}
get /agent/postes/${label}
text 12,5 pouces
text prêt seulement : une collectivité ne donne pas à une famille
submit ${label}
	field ou=gone:parts
status 303
follow
text Sorti du stock
submit ${label}
	field geste=annuler
status 303
follow
text En stock
get /agent/postes/nouveau
submit nouveau
	field sorte=laptop
	field note=B
	field modele=Gabarot 12
	field serie=SER-1
	field proprietaire=Ville de démonstration
	field genre=city
status 409
text Un de ces n° de série est déjà dans le stock
get /agent/postes.csv
text Gabarot 12
text Portable,Gabarot 12
text ,La ville,En stock,

test the same label, read by the officer's telephone, leads to the device; by a stranger's, to a public page
get /p/${label}
status 303
client stranger
get /p/${label}
status 200
text Cet ordinateur appartient à Ville de démonstration, qui le prête.
get /agent/postes/${label}
status 303

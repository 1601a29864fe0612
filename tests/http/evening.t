# A signing evening: all the charters of the demonstration's families are prepared, asked for as one document, made by the jobs process in its
# sandbox, downloaded, and found out when one of them changes; nobody else reaches it, and the log knows who took it.
exec gabare demo --data data
server

test an officer prepares the charters and asks for one document
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}/charte/a-signer
submit a-signer
status 303
follow
text Un seul PDF pour une soirée de signature
get /agent/campagnes/${campaign}/charte/piles
text chartes préparées attendent d’être signées
keep school <option value="([0-9A-Z]+)">
submit piles
	field ecole=0000000A
status 422
text Choisissez une école de la liste
get /agent/campagnes/${campaign}/charte/piles
submit piles
status 303
follow
keep pile /charte/piles/([0-9]+)
exec for i in $(seq 300); do grep -q 'charters ended' server.log && break; sleep .1; done; grep -c 'charters ended' server.log

test it is downloaded whole, and is not kept by a shared computer
get /agent/campagnes/${campaign}/charte/piles/${pile}
text sont prêtes à imprimer, en recto verso
text noter les signatures de cette pile
get /agent/campagnes/${campaign}/charte/piles/${pile}/chartes.pdf
status 200
header Content-Type application/pdf
header Content-Disposition attachment
header Cache-Control no-store
text %%EOF
exec gabare audit --data data

test a charter that is cancelled makes it bad to sign, and it is made again
get /agent/campagnes/${campaign}/charte/signatures
keep file /dossiers/([A-Z0-9-]+)/charte
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=annuler
	field raison=changed
status 303
get /agent/campagnes/${campaign}/charte/piles/${pile}/chartes.pdf
status 303
follow
text n’est plus bon à signer
text annulée depuis
submit piles
status 303
get /agent/campagnes/${campaign}/charte/piles/${pile}
status 404

test the code of the sheet leads to the pile, by way of logging in
client telephone
get /agent/campagnes/${campaign}/charte/pile/${school}/toutes
status 303
follow
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
follow
status 303
header Location charte/signatures?ecole=${school}&vague=
follow
text Signatures sur papier

test a school does not reach it, nor who protects the data, who reads who took it
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/charte/piles
status 404
get /agent/campagnes/${campaign}/charte/piles/${pile}/chartes.pdf
status 404
get /agent/campagnes/${campaign}/charte/pile/${school}/toutes
status 404
client dpo
get /connexion
submit
	field courriel=dpo@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/charte/piles
status 404
get /agent/journal
text charter.pile_sent

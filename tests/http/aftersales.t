# After-sales: a family's computer breaks down, a spare one is lent meanwhile, it is mended and given back; another is stolen, with its declaration.
exec gabare demo --data data
server

test the list says what is to be done, and leads to a breakdown
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}
text Après-vente
get /agent/campagnes/${campaign}/apres-vente
text pannes à traiter
text Panne signalée
text En réparation
keep file <td>(DEMO-[0-9]+)</td>
keep ticket /apres-vente/([0-9]+)">
get /agent/campagnes/${campaign}/apres-vente.csv
header content-type text/csv
header cache-control no-store
text dossier,ordinateur,modele
absent Inventé

test a breakdown waits for what it is, then for its repair
get /agent/campagnes/${campaign}/dossiers?etat=handed_over
get /agent/campagnes/${campaign}/apres-vente?etat=open
keep ticket /apres-vente/([0-9]+)">
get /agent/campagnes/${campaign}/apres-vente/${ticket}
text il ne se charge pas
text Il faut tenir la prise
submit apres-vente
	field etape=diagnosed
status 422
text Choisissez ce que c’est.
get /agent/campagnes/${campaign}/apres-vente/${ticket}
submit apres-vente
	field etape=diagnosed
	field constat=charger
status 303
follow
text C’est noté.
submit apres-vente
	field etape=in_repair
status 303
follow
text En réparation
keep spare <option value="([A-Z0-9]{4}-[A-Z0-9]{4})">
submit apres-vente
	field geste=preter
	field appareil=${spare}
status 303
follow
text Ordinateur de prêt confié
submit apres-vente
	field etape=given_back
status 422
text La famille a encore l’ordinateur de prêt
get /agent/campagnes/${campaign}/apres-vente/${ticket}
submit apres-vente
	field etape=given_back
	field revenu=1
status 303
follow
text Réparé et rendu
text Annuler la dernière étape

test a theft wants its declaration, the file ends, and a mistake is taken back
keep file /dossiers/(DEMO-[0-9]+)">
get /agent/campagnes/${campaign}/dossiers/${file}
text Noter une perte ou un vol
get /agent/campagnes/${campaign}/dossiers/${file}/perte
submit perte
	field raison=stolen
status 422
text Un vol se note avec le numéro de sa déclaration
get /agent/campagnes/${campaign}/dossiers/${file}/perte
submit perte
	field raison=stolen
	field numero=INVENTE-77-2026
	field depose=2026-11-02
	field poste=Commissariat inventé
status 303
follow
text Ordinateur perdu ou volé
get /agent/campagnes/${campaign}/dossiers/${file}/perte
text INVENTE-77-2026
submit perte
	field geste=annuler
status 303
follow
absent Ordinateur perdu ou volé</b>

test no declaration is readable in the database
exec ! grep -rq INVENTE-77 data && echo sealed
match sealed

test others reach none of it
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/apres-vente
status 404
get /agent/campagnes/${campaign}/dossiers/${file}/perte
status 404
client desk
get /connexion
submit
	field courriel=accueil@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/dossiers/${file}/perte
status 404

# People whom an association refers, through the same campaign as families and students: another charter, another quantity, no handover day, and a
# computer that is lost. Nothing of it is code.
exec gabare demo --data data
exec gabare user role --data data --organisation "Association de démonstration" --role school_referent mediation@demo.example
server

test an association refers people to a campaign of its own: other data, the same engine
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecoles/nouveau
submit
	field nom=Association inventée des Amarres
	field sorte=structure
	field structure=Association de démonstration
status 303
follow
keep association (ORG-[A-Z0-9]+)
get /agent/campagnes/nouvelle
submit
	field nom=Orientés par les associations 2027
	field annee=2027
	field objectif=40
	field nommes=adult
	field questions=appareils
	field questions=orientation
status 303
follow
keep own /agent/campagnes/([0-9]+)
get /agent/campagnes/${own}/modifier
submit
	field etat=open
	field nom=Orientés par les associations 2027
	field annee=2027
	field objectif=40
	field nommes=adult
	field questions=appareils
	field questions=orientation
status 303
get /agent/campagnes/${own}/vagues/nouvelle
submit
	field titre=Printemps
	field quantite=1
status 303
follow
text Association inventée des Amarres
submit ecoles
	field ecole=${association}
status 303
client helper
get /connexion
submit
	field courriel=mediation@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecole/${association}/familles/nouvelle
submit nouvelle
	field prenom=Aya
	field nom=Bouée-Inventée
	field telephone=01 99 00 17 11
status 303
get /agent/ecole/${association}/familles/nouvelle
submit nouvelle
	field prenom=Ilan
	field nom=Phare-Inventé
	field telephone=01 99 00 17 12
status 303
follow
text Aya Bouée-Inventée
text Ilan Phare-Inventé

test its charter is signed by the person and the association, not by the city
client officer
get /agent/campagnes/${own}/charte
submit charte
	field geste=nouveau
status 303
follow
keep words charte/textes/([0-9]+)
submit
	field geste=signataires
	field signataires=family
	field signataires=association
status 303
get /agent/campagnes/${own}/charte/textes/${words}/fr
text l’établissement de la personne
submit
	field geste=garder
	field texte=Pour {famille}, orientée par {ecole}.
status 303
follow
submit
	field geste=publier
status 303
get /agent/campagnes/${own}/dossiers
keep aya dossiers/([A-Z0-9]+-[A-Z0-9]+)">Aya
keep ilan dossiers/([A-Z0-9]+-[A-Z0-9]+)">Ilan
get /agent/campagnes/${own}/dossiers/${aya}
submit dossiers
	field geste=jointe
status 303
follow
submit dossiers
	field geste=etape
	field etape=invited
status 303
follow
submit dossiers
	field geste=etape
	field etape=attended
status 303
follow
submit dossiers
	field geste=etape
	field etape=eligible
status 303
get /agent/campagnes/${own}/dossiers/${aya}/situation
submit situation
	field appareils=aucun
	field orientation=oui
status 303
get /agent/campagnes/${own}/dossiers/${aya}/charte
submit charte
	field geste=preparer
	field langue=fr
status 303
follow
absent La ville : prénom
submit charte
	field geste=papier
	field nom_famille=Aya Bouée-Inventée
	field qualite_famille=self
	field nom_association=Alix Inventé
	field qualite_association=witness
status 303
follow
text Tous ont signé
get /agent/campagnes/${own}/dossiers/${ilan}
submit dossiers
	field geste=jointe
status 303
follow
submit dossiers
	field geste=etape
	field etape=invited
status 303
follow
submit dossiers
	field geste=etape
	field etape=attended
status 303
follow
submit dossiers
	field geste=etape
	field etape=eligible
status 303
get /agent/campagnes/${own}/dossiers/${ilan}/situation
submit situation
	field appareils=partage
	field orientation=oui
status 303
get /agent/campagnes/${own}/dossiers/${ilan}/charte
submit charte
	field geste=preparer
	field langue=fr
status 303
follow
absent La ville : prénom
submit charte
	field geste=papier
	field nom_famille=Ilan Phare-Inventé
	field qualite_famille=self
	field nom_association=Alix Inventé
	field qualite_association=witness
status 303
follow
text Tous ont signé

test one computer for two: the draw decides, who waits is told so, and is not given away
get /agent/campagnes/${own}/attribution
keep spring /attribution/([0-9]+)
get /agent/campagnes/${own}/attribution/${spring}
submit attribution
	field geste=engager
status 303
follow
submit attribution
	field geste=fermer
status 303
follow
submit attribution
	field geste=calculer
status 303
follow
submit resultat
	field geste=accepter
status 303
get /agent/campagnes/${own}/attribution/${spring}/attente
text Ilan Phare-Inventé
absent Aya
absent la famille
absent familles
get /agent/campagnes/${own}/dossiers/${ilan}/attribution
text Répondre à la personne
get /agent/campagnes/${own}/dossiers/${ilan}/attribution/lettre
text Il n’y a pas assez d’ordinateurs cette fois.
text pour Association inventée des Amarres
absent la famille
absent école

test she is handed one without a day; it is lost, and the campaign says so
get /agent/campagnes/${own}/attribution/${spring}/appareils
text Pour chaque personne
absent la famille
absent familles
get /agent/postes?etat=in_stock
keep other /postes/(P[A-Z0-9-]+)"
get /agent/campagnes/${own}/dossiers/${aya}/remise?poste=${other}
text Premier atelier, près de chez elle
absent la famille
submit remise
	field poste=${other}
	field accessoire=charger
	field etat=closed
	field lieu=Le Ponton
	field jour=2099-03-10
status 303
get /agent/campagnes/${own}/dossiers/${aya}/remise/recu
text L’ordinateur est prêté.
absent la famille
get /agent/campagnes/${own}/dossiers/${aya}
text Nommée par
text Association inventée des Amarres
absent , , Association
get /agent/campagnes/${own}/dossiers/${aya}/perte
absent la famille
submit perte
	field raison=lost
status 303
follow
text Ordinateur perdu ou volé
get /agent/campagnes/${own}/etat
text 1 ordinateur remis sur 40
absent la famille
absent écoles
get /agent/campagnes/${own}/apres-vente
absent la famille
absent familles

test each campaign has its own figures, and its own people
client officer
get /agent/campagnes/${own}/etat
submit etat
	field geste=publier
status 303
client anyone
get /campagnes
text Des ordinateurs pour qui n’en a pas
text Orientés par les associations 2027
get /campagnes/${own}
text moins de 11 ordinateurs remis sur 40
absent famille
client helper
get /agent/ecole/${association}/familles
text Aya Bouée-Inventée
get /agent/campagnes/${own}/dossiers/${aya}
status 404

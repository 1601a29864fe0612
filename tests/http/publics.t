# Another public through the same campaign: students, named by their university and by an association, without school nor class.
exec gabare demo --data data
server

test an officer makes the campaign, its places and its charter by pages
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecoles/nouveau
submit
	field nom=Université inventée du Quai
	field sorte=superieur
	field structure=École La Cale (inventée)
status 303
follow
text enseignement supérieur
keep campus (ORG-[A-Z0-9]+)
get /agent/ecoles/nouveau
submit
	field nom=Association inventée des Amarres
	field sorte=structure
status 303
get /agent/campagnes/nouvelle
text Bourse sur critères sociaux
submit
	field nom=Étudiants 2027
	field annee=2027
	field objectif=120
	field nommes=adult
	field questions=appareils
	field questions=bourse
status 303
follow
keep id /agent/campagnes/([0-9]+)/modifier
get /agent/campagnes/${id}/modifier
submit
	field etat=open
	field nom=Étudiants 2027
	field annee=2027
	field objectif=120
	field nommes=adult
	field questions=appareils
	field questions=bourse
status 303
get /agent/campagnes/${id}/vagues/nouvelle
text Créer, puis choisir les établissements
submit
	field titre=Campus
	field quantite=120
status 303
follow
text Université inventée du Quai
absent Écoles de la vague
keep shown name="montrees" value="([^"]+)"
submit ecoles
	field ecole=${campus}
status 303
follow
text Établissement

test a person of age is named without school nor class
get /agent/campagnes/${id}/dossiers/nouveau
absent Classe
absent enfant
submit nouveau
	field prenom=Lise
	field nom=Amarre-Inventée
	field telephone=01 99 00 17 01
status 303
keep-header file Location
follow
text Lise Amarre-Inventée
absent Classe
keep dossier dossiers/([A-Z0-9]+-[A-Z0-9]+)
get /agent/campagnes/${id}/etat
text Par vague et par établissement

test the university's own referent sees whom it named, and nobody else
client referent
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/ecole
text Université inventée du Quai
get /agent/ecole/${campus}/familles
text Personnes que vous avez nommées
absent Amarre-Inventée
get /agent/ecole/${campus}/familles/nouvelle
absent Prénom de l’enfant
submit nouvelle
	field prenom=Omar
	field nom=Quai-Inventé
	field telephone=01 99 00 17 02
status 303
follow
text Omar Quai-Inventé
absent Amarre-Inventée
get /agent/campagnes/${id}/dossiers
status 404

test the university's charter is signed without the school, and what is asked is what was chosen
client officer
get /agent/campagnes/${id}/dossiers
text Omar Quai-Inventé
absent Classe
get /agent/campagnes/${id}/charte
submit charte
	field geste=nouveau
status 303
follow
keep text charte/textes/([0-9]+)
submit
	field geste=signataires
	field signataires=family
	field signataires=establishment
status 303
get /agent/campagnes/${id}/charte/textes/${text}/fr
submit
	field geste=garder
	field texte=Pour {famille}, {ecole}.
status 303
follow
submit
	field geste=publier
status 303
get /agent/campagnes/${id}/dossiers/${dossier}/situation
text Bourse sur critères sociaux
absent Connexion à Internet
absent Enfants à l’école
submit situation
	field appareils=aucun
	field bourse=oui
status 303

test who is retained signs a charter with the university, and nobody else
get /agent/campagnes/${id}/dossiers/${dossier}
absent la famille
absent familles
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
follow
absent la famille
absent familles
get /agent/campagnes/${id}/dossiers/${dossier}/charte
text La personne est retenue.
submit charte
	field geste=preparer
	field langue=fr
status 303
follow
text La personne équipée : prénom et nom
absent la famille
absent La ville : prénom
submit charte
	field geste=papier
	field nom_famille=Lise Amarre-Inventée
	field qualite_famille=self
	field nom_etablissement=Martin Digue-Inventé
	field qualite_etablissement=social_service
status 303
follow
text Tous ont signé
get /agent/campagnes/${id}/dossiers/${dossier}/charte/feuille
text Lise Amarre-Inventée
text Université inventée du Quai
absent la famille
absent familles

test the draw is committed to, the list closed, the draw run, its proposal decided
get /agent/campagnes/${id}/attribution
keep wave /attribution/([0-9]+)
absent la famille
absent familles
get /agent/campagnes/${id}/attribution/${wave}
absent la famille
absent l’école
absent écoles
submit attribution
	field geste=engager
status 303
follow
text Tirage engagé
submit attribution
	field geste=fermer
status 303
follow
text Liste fermée
submit attribution
	field geste=calculer
status 303
follow
text Attribuer à la personne proposée
absent la famille
absent l’école
absent écoles
submit resultat
	field geste=accepter
status 303
follow
text Rien n’est à décider
get /agent/campagnes/${id}/dossiers/${dossier}
text Ordinateur attribué
get /agent/campagnes/${id}/dossiers/${dossier}/attribution/lettre
absent la famille
absent familles

# Another public through the same campaign: students, named by their university, without school nor class, from their name to the computer that comes
# back. Whom associations refer: associations.t.
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
	field telephone=06 39 98 17 01
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
absent autorité parentale
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

test what she reads of it by her card is said to one person
get /agent/campagnes/${id}/dossiers/${dossier}
keep household /agent/foyers/([A-Z0-9-]+)
get /agent/foyers/${household}/carte
submit carte
	field geste=donner
follow
keep card <code>([A-Z0-9-]+)</code>
client lise
get /foyer
submit foyer
	field code=${card}
	field reponse=06 39 98 17 01
status 303
follow
text Un ordinateur est prévu pour vous.
text Nous n’avons pas encore choisi de jour.
absent votre famille
absent la famille
get /foyer/decision
text Un ordinateur vous est attribué.
text pour Université inventée du Quai
absent famille
absent école
get /foyer/donnees
text Votre nom a été proposé pour un ordinateur
text Vous étiez à la réunion
absent Votre famille a été proposée
absent La famille, comme la charte

test a handover day of the campus: she is placed, a device of the stock is handed over, its receipt speaks of her
client officer
get /agent/campagnes/${id}/remises
absent la famille
absent familles
submit remises
	field jour=2099-03-02
	field lieu=Maison des étudiants inventée
	field debut=14:00
	field duree=20
	field creneaux=6
	field places=2
status 303
follow
keep day /remises/([0-9]+)
absent la famille
absent familles
text Placer la personne qui attend
submit remises
	field geste=placer
status 303
follow
text Lise
get /agent/campagnes/${id}/remises/${day}/jour
text Une personne à servir
get /agent/campagnes/${id}/remises/${day}/prevenir
text Prévenir les personnes
absent la famille
absent familles
client lise
get /foyer/dossier
text 2 mars 2099
text Venez vous-même : vous signez un reçu.
client officer
get /agent/postes?etat=in_stock
keep label /postes/(P[A-Z0-9-]+)"
get /agent/campagnes/${id}/dossiers/${dossier}/remise?poste=${label}
text État vu avec la personne
absent la famille
submit remise
	field poste=${label}
	field accessoire=charger
	field etat=works
	field lieu=Le Ponton
	field jour=2099-03-09
status 303
follow
text C’est remis, et noté.
absent la famille
get /agent/campagnes/${id}/dossiers/${dossier}/remise/recu
text La personne s’en sert chez elle
text Allumé devant la personne : il marche
absent la famille

test where the campaign is, and what of it is public
get /agent/campagnes/${id}/etat
text 1 ordinateur remis sur 120
text Université inventée du Quai
absent la famille
absent Une famille
absent familles
absent écoles
submit etat
	field geste=publier
status 303
client anyone
get /campagnes/${id}
text Étudiants 2027
text moins de 11
text on ne peut reconnaître personne
absent famille
get /ar/campagnes/${id}
absent famille
client officer

test it comes back, and her file ends
get /agent/campagnes/${id}/dossiers/${dossier}
absent la famille
keep back href="(/agent/campagnes/[0-9]+/dossiers/[A-Z0-9-]+/retour)"
get ${back}
absent la famille
submit retour
	field raison=finished
status 303
follow
text Ordinateur rendu
client lise
get /foyer/dossier
text Vous avez rendu l’ordinateur. C’est terminé.
absent la famille

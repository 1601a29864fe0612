# The charter: a text is written and put in force; a family's is prepared, printed in two languages, signed on paper by some and on screen by
# others; a copy is kept; then somebody comes back on it.
exec gabare demo --data data
server
file note.txt
	not a scan
file scan.pdf
	"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
file program.pdf
	"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /OpenAction << /S /JavaScript >> >>\nendobj\n%%EOF\n"

test an officer sees the text in force, in three languages, and which are reviewed
client officer
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}/charte
text en vigueur depuis le
text français, anglais, arabe
keep version /charte/textes/([0-9]+)
get /agent/campagnes/${campaign}/charte/textes/${version}
text Elle n’a pas été relue.
text Relue par service de traduction (inventé)
text Empreinte (SHA-256)

test a family that is eligible, whose charter nobody has prepared
get /agent/campagnes/${campaign}/charte/a-signer
text à préparer
keep file /dossiers/([A-Z0-9-]+)/charte">[^<]*</a></th><td>[^<]*</td><td>[^<]*</td><td>[^<]*</td><td>à préparer
get /agent/campagnes/${campaign}/dossiers/${file}
text Pas encore préparée.
absent value="signed"
get /agent/campagnes/${campaign}/dossiers/${file}/charte
text La famille est retenue.
submit charte
	field geste=preparer
	field langue=ar
	field nombre=2
status 303
follow
text La charte est prête
text français et arabe

test the sheet is in both languages, and the same after another text came in force
get /agent/campagnes/${campaign}/dossiers/${file}/charte/feuille
text Un prêt, pas un don
text إعارة وليست هبة
text Le français fait foi
text Nombre d’ordinateurs prêtés : 2.
text Ville de démonstration : ce document n’engage personne.
match dir="rtl"
keep-body sheet
get /agent/campagnes/${campaign}/charte
submit charte
	field geste=nouveau
status 303
follow
keep draft action="/agent/campagnes/[0-9]+/charte/textes/([0-9]+)"
get /agent/campagnes/${campaign}/charte/textes/${draft}/fr
submit fr
	field texte=Pour {famile}.
status 422
text Ligne 1, colonne 6
get /agent/campagnes/${campaign}/charte/textes/${draft}/fr
submit fr
	field texte=Un texte plus court, pour {famille}.
status 303
get /agent/campagnes/${campaign}/charte/textes/${draft}
submit ${draft}
	field geste=publier
status 303
follow
text Ce texte ne changera plus.
get /agent/campagnes/${campaign}/dossiers/${file}/charte/feuille
same-body sheet

test the city and the school sign on paper, the family and the association on screen
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=papier
	field nom_ville=Ariane Quai-Inventée
	field qualite_ville=delegate
status 422
text Écrivez le numéro de l’arrêté
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=papier
	field nom_ville=Ariane Quai-Inventée
	field qualite_ville=delegate
	field arrete=2026-114
	field arrete_jour=2026-09-01
	field nom_ecole=Martin Préau-Inventé
	field qualite_ecole=head
status 303
get /agent/campagnes/${campaign}/dossiers/${file}/charte/ecran
text signature électronique simple
submit ecran
	field nom=Quelqu’un
	field qualite=parent
status 422
text Sans cette case, il n’y a pas de signature.
get /agent/campagnes/${campaign}/dossiers/${file}/charte/ecran
submit ecran
	field nom=Une Mère-Inventée
	field qualite=parent
	field accord=1
status 303
get /agent/campagnes/${campaign}/dossiers/${file}/charte/ecran
submit ecran
	field nom=Inès Ponton-Inventée
	field qualite=witness
	field accord=1
status 303
follow
text Tous ont signé
get /agent/campagnes/${campaign}/dossiers/${file}
text Charte signée
text Signée par tous.

test only what a scanner or a telephone makes is kept, and can be opened and destroyed
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=copie
	file-field copie=note.txt
status 422
text Ce fichier n’est pas un PDF, ni une photo JPEG ou PNG.
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=copie
	file-field copie=program.pdf
status 422
text Ce PDF contient un programme
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field geste=copie
	file-field copie=scan.pdf
status 303
follow
text La copie est gardée, scellée.
keep copy /copies/([0-9]+)
get /agent/campagnes/${campaign}/dossiers/${file}/charte/copies/${copy}/fichier
status 200
header Content-Type application/pdf
header Content-Disposition attachment
header Cache-Control no-store
text %%EOF
get /agent/campagnes/${campaign}/dossiers/${file}/charte/copies/${copy}
submit copies
status 422
text Dites pourquoi
get /agent/campagnes/${campaign}/dossiers/${file}/charte/copies/${copy}
submit copies
	field raison=mistake
status 303
get /agent/campagnes/${campaign}/dossiers/${file}/charte/copies/${copy}
status 404

test a school sees none of it
client school
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campaign}/dossiers/${file}/charte
status 404
get /agent/campagnes/${campaign}/charte/feuilles
status 404

test a signature is taken back with a reason, and the file with it
client officer
get /agent/campagnes/${campaign}/dossiers/${file}/charte
keep signature <option value="([0-9]+)">La ville
submit charte
	field signature=${signature}
status 422
text Dites pourquoi
get /agent/campagnes/${campaign}/dossiers/${file}/charte
submit charte
	field signature=${signature}
	field raison=mistake
status 303
get /agent/campagnes/${campaign}/dossiers/${file}
text Éligible

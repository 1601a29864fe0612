# A list of families, with the processes of the program: it goes through the sandboxes of web, jobs, its child and the vault; cut while it is
# taken, each line still counts once; a school sends its own; nobody else sees either.
exec gabare demo --data data
exec printf 'Liste des CM;;;;;\n;;;;;\nEnfant;;;Responsable l\351gal;;\311cole\nNom;Pr\351nom;Classe;Nom et pr\351nom;T\351l.;\n' >ville.csv
exec i=0; while [ $i -lt 120 ]; do n=$(printf %03d $i | tr 0-9 BDFKLMPRTV | sed 's/\(.\)\(.\)\(.\)/\1O\2I\3A/'); printf '%s;Zo\351;CM 1 A;Mme Lucie %s;1990%05d;9990001X\n' $n $n $((30000 + i)); i=$((i+1)); done >>ville.csv
exec printf 'Deux;Lou;CM1-CM2;ESSAI Claude;199000001;9990001X\n' >>ville.csv
server

test an officer sends a list, with a title and two lines of names, in an old charset
client ville
get /connexion
submit
	field courriel=campagne@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes
keep campagne /agent/campagnes/([0-9]+)"
get /agent/campagnes/${campagne}
text Listes de familles
get /agent/campagnes/${campagne}/listes
text Ce que la liste doit contenir
submit listes
	field source=Essai
	file-field fichier=ville.csv
status 303
follow
keep liste /listes/([0-9]+)
exec sleep 6
get /agent/campagnes/${campagne}/listes/${liste}/colonnes
text 121 lignes
text Responsable légal Nom et prénom
text Zoé
submit colonnes
status 303
exec sleep 6
get /agent/campagnes/${campagne}/listes/${liste}
text familles nouvelles : 120
text lignes refusées : 1
text Rien n’a changé encore
get /agent/campagnes/${campagne}/listes/${liste}/rejets.csv
header Content-Type text/csv
text deux classes possibles
text Deux,Lou,CM1-CM2

test taken, cut in the middle, and taken to its end: each line once
get /agent/campagnes/${campagne}/listes/${liste}
submit ${liste}
	field geste=prendre
status 303
exec sleep 1
kill
server
exec sleep 8
client ville
get /agent/campagnes/${campagne}/listes/${liste}
text un dossier est ouvert : 120
get /agent/campagnes/${campagne}/dossiers?etat=identified
text Lucie Bobiba

test who has not logged in, and a school, see none of it
client passant
get /agent/campagnes/${campagne}/listes
status 303
client ecole
get /connexion
submit
	field courriel=ecole@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/campagnes/${campagne}/listes/${liste}
status 404
get /agent/ecole/9990001X/listes/${liste}
status 404

test a school sends its own list, without a column for the school
exec printf 'Enfant,Classe,Parent,Tel,Nationalite\nMilo,8eme,LEGRAND-INVENTE Ada,01.99.00.16.01,x\nNina,CM2,Ada LEGRAND-INVENTE,199001601,x\n' >ecole.csv
get /agent/ecole/9990001X/listes
submit listes
	file-field fichier=ecole.csv
status 303
follow
keep sienne /listes/([0-9]+)
exec sleep 6
get /agent/ecole/9990001X/listes/${sienne}/colonnes
text Laissée de côté
submit colonnes
status 303
exec sleep 6
get /agent/ecole/9990001X/listes/${sienne}
text familles nouvelles : 1
text même téléphone et noms proches : 1
get /agent/ecole/9990001X/listes/${sienne}/familles?quoi=sures
text C’est elle : Ada Legrand-Invente
get /agent/ecole/9990001X/listes/${sienne}
submit ${sienne}
	field geste=prendre
status 303
exec sleep 6
get /agent/ecole/9990001X/familles
text Ada Legrand-Invente (Milo)
text Ada Legrand-Invente (Nina)

test and takes it back
get /agent/ecole/9990001X/listes/${sienne}
submit ${sienne}
	field geste=defaire
status 303
exec sleep 6
get /agent/ecole/9990001X/listes/${sienne}
text Cette liste est annulée
get /agent/ecole/9990001X/familles
absent Legrand

test a model to fill in
get /agent/ecole/9990001X/listes-modele.csv
header Content-Type text/csv
text Prénom de l’enfant

# A file with columns of its own: a layout is proposed, corrected, kept for its source, and the next file is read alone.

test a city, and a file as a spreadsheet of another network writes it
exec gabare init --data data
exec printf 'gid;Nom de la structure;CP;Ville;Adresse postale;Contact;lundi matin;accueil;r\351seau\n7;La Bou\351e;44000;Nantes;1 rue Haute;bouee@exemple.org;9h-12h;Initiation;A\n8;Le Radeau;44100;Nantes;2 rue Basse;;;Initiation;B\n' >maille.csv

test the file is refused as it is, and the message names its columns
exec gabare import places maille.csv --data data 2>&1; [ $? = 2 ] && echo refused
text colonnes obligatoires
text refused

test a layout is proposed
exec gabare layout propose maille.csv -o maille.json && cat maille.json
text "Nom de la structure": "nom"
text "lundi matin": "lundi_matin"
text "réseau": ""
text "Initiation": "Maîtrise des outils numériques du quotidien"

test with it the file is taken in
exec gabare import places maille.csv --layout maille.json --day 2026-01-02 --data data 2>&1
text 2 read, 2 stored, 0 rejected
exec gabare export places --data data
match 7,00000000000000,La Bouée,Nantes,44000,.*bouee@exemple.org,,Mo 09:00-12:00,.*2026-01-02,Maîtrise des outils numériques du quotidien

test kept for the source, it is used alone; the same file changes nothing
exec gabare layout save maille maille.json --data data
exec gabare layout list --data data
text maille
exec gabare import places maille.csv --source maille --day 2026-01-02 --data data 2>&1
text 2 read, 0 stored, 0 rejected, 2 unchanged
exec gabare layout show maille --data data
text "CP": "code_postal"

test the import is taken back, and the same file comes in again
exec gabare import undo maille --data data 2>&1
text 0 restored, 2 removed, 0 kept
exec gabare export places --data data | wc -l
match ^1$
exec gabare import undo maille --data data 2>&1; [ $? = 1 ] && echo refused
text pas d’import de cette source
text refused
exec gabare import places maille.csv --source maille --day 2026-01-02 --data data 2>&1
text 2 read, 2 stored

test a layout that is none is refused with its column
exec printf '{"colonnes":{"CP":"codepostal"}}' >faux.json
exec gabare layout save maille faux.json --data data 2>&1; [ $? = 2 ] && echo refused
text colonne « CP » : aucun champ n’a ce nom : « codepostal »
text refused
exec gabare import places maille.csv --day 2199-01-01 --data data 2>&1; [ $? = 2 ] && echo refused
text --day is a day that has been
exec gabare layout forget maille --data data
exec gabare layout forget maille --data data 2>&1; [ $? = 1 ] && echo refused
text no layout is kept for maille

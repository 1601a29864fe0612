# Allocation by published rules: the command line, what the public reads, and a rule that two people put in force.
file ecoles.csv
	ecole;poids;minimum
	A;200;
	B;100;1
	C;10;
file dossiers.csv
	id;ecole;enfants;appareils
	1;A;2;aucun
	2;A;1;partage
	3;A;1;partage
	4;B;3;plusieurs
	5;B;0;
	6;C;1;aucun

test a wave is allocated, its record runs again to the same bytes, and a changed one is found out
exec gabare allocate dossiers.csv --schools ecoles.csv --quantity 3 --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff -o r.json
match ^1;A;50;1;propose;
match ^4;B;15;0;refuse;
match ^5;B;0;0;a_completer;
err 6 files, 2 proposed, 2 waiting, 1 to complete, 1 refused by rule, 1 devices unused
exec gabare allocate replay r.json
text the same
exec sed s/attente/propose/ r.json >forged.json; gabare allocate replay forged.json
exit 1
text NOT the same
exec gabare allocate dossiers.csv --schools ecoles.csv --quantity 3 --second-step --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
err 3 proposed, 1 waiting
exec gabare allocate dossiers.csv --schools ecoles.csv --quantity 3
exit 2
err --seed is the draw's
file nommes.csv
	id;ecole;nom
	1;A;Durand
exec gabare allocate nommes.csv --schools ecoles.csv --quantity 3 --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
exit 2
err Line 1: The column “nom” is unknown

test a draw is done again with the usual tools
exec gabare draw dossiers.csv --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff | head -1 | cut -f3 >ours; printf %s 6 | openssl dgst -sha256 -hmac 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff | sed 's/.*= //' >theirs; cmp ours theirs && echo alike
text alike
exec gabare draw verify $(printf %s 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff | sha256sum | cut -c1-64) --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
text the seed is the one
exec gabare draw verify 00 --seed 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
exit 1

test a rule is proposed by one person, approved by another, and published
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare user add claude@ville.example --data data --name "Claude Exemple" --role programme_officer --organisation "Ville" --new-organisation
keep one invitation/([A-Z2-9-]+)
exec gabare user add dominique@ville.example --data data --name "Dominique Exemple" --role programme_officer --organisation "Ville"
keep two invitation/([A-Z2-9-]+)
server
get /algorithmes
status 200
text Aucun appareil : 40 points
client claude
get /invitation/${one}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get /agent/attributions/regles
submit
	field geste=copier
status 303
follow
keep rule action="(/agent/attributions/regles/[0-9]+)"
submit
	field geste=enregistrer
	field nom=Familles 2026
	field reference=Délibération 12 du 4 février 2026
	field debut=2026-01-01
	field enfant=5
	field enfants_au_plus=20
	field aucun_appareil=40
	field appareil_partage=25
	field un_appareil=10
	field aucune_connexion=15
	field connexion_mobile=8
	field loin=5
	field loin_des=1000
	field cm=33
	field quartier_prioritaire=10
	field orientation=5
	field etudes=5
	field bourse=0
	field total_au_plus=100
	field minimum=10
	field plusieurs_exclus=1
status 303
get ${rule}
submit ${rule}
	field geste=proposer
status 303
client dominique
get /invitation/${two}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get ${rule}
text Proposée par le compte
submit
	field geste=approuver
status 303
client public
get /algorithmes
text Enfant en CM1 ou CM2 : 33 points
text Délibération 12 du 4 février 2026
get /algorithmes/parametres.json
text "cm":33
get ${rule}
status 303

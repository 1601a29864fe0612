# Places recorded twice, by two sources: found by the command line and by the server's own search, for who coordinates the network.
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare import places ${root}/tests/http/places.csv --source un --data data
exec gabare duplicates --data data
err 0 pairs
exec gabare import places ${root}/tests/http/places.csv --source deux --data data
exec gabare duplicates --data data
match ^[0-9]+	[0-9]*	essai-[0-9]+	.*	(deux--)?essai-[0-9]+	.*same-name same-address
exec gabare duplicates --csv --data data
match ^score,metres,id_1,nom_1
text Le Radeau d’essai
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role coordinator --organisation "Réseau" --new-organisation
keep code invitation/([A-Z2-9-]+)
server

test the server finds them by itself, and what is two places is left out everywhere
client coordination
get /invitation/${code}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
exec sleep 3
get /agent/doublons
text même nom, même adresse
keep pair name="deux" value="([0-9]+-[0-9]+)"
submit
	field deux=${pair}
status 303
get /agent/doublons
text Ceux qui sont deux lieux
absent name="deux" value="${pair}"

test one record is made of two: the other address leads to it, no import brings it back, and it can be undone
client coordination
get /agent/doublons
keep both href="(/agent/doublons/[0-9]+-[0-9]+)"
get ${both}
text Réunir deux fiches en une
keep first name="garder" value="un"[^>]*>/lieux/([^<]+)<
keep second name="garder" value="deux"[^>]*>/lieux/([^<]+)<
submit
	field garder=un
status 303
follow
text les deux fiches n’en font plus qu’une
absent ${both}
client public
get /lieux/${second}
status 301
header Location /lieux/${first}
get /api/v1/lieux/${second}
status 301
header Location /api/v1/lieux/${first}
get /en/lieux/${second}/fiche?langue=en
status 301
header Location /en/lieux/${first}/fiche?langue=en
exec gabare import places ${root}/tests/http/places.csv --source un --data data
exec gabare import places ${root}/tests/http/places.csv --source deux --data data
get /lieux/${second}
status 301
get /lieux/${first}
status 200
client coordination
get /agent/lieux/retires
text avec une autre fiche
submit
	field remettre=${second}
status 303
get /lieux/${second}
status 200
get ${both}
status 200

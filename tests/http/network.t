# The network from one end to the other, with a real mail server (Exim): groups are made, contacts are asked and say yes by their link, a
# mail to two groups reaches each of them once and nobody else, one leaves by the link and another by the button of a mail program, and
# the next mail does not reach them.
needs /usr/sbin/exim4

test a city with a relay, and somebody who runs the network
file inbox.sh
	# inbox.sh N: waits until N messages are there, a second more, and says how many
	for i in $(seq 300); do test $(find -L mail/inbox -type f | wc -l) -ge $1 && break; sleep 0.1; done
	sleep 1; find -L mail/inbox -type f | wc -l
file mails-of.sh
	# mails-of.sh ADDRESS [WORDS]: that person's messages, those whose header or text holds the words
	for f in $(grep -l "^Envelope-to: $1\$" mail/inbox/*); do if [ -z "${2:-}" ] || grep -q "$2" $f; then cat $f; fi; done
file links.sh
	# links.sh: the address by which each message's reader leaves, once each
	cat mail/inbox/* | grep -A9999 . | sed -n 's/^List-Unsubscribe: <\(.*\)>.*/\1/p' | sort | uniq -c
exec chmod 755 . && gabare init --data data && gabare keys init --key-file master.key --data data
exec shuf -i 20000-29999 -n 1
keep mail ([0-9]+)
exec ${root}/tests/mail-server start ${dir}/mail ${mail}
file more.ini
	[city]
	public_url = https://numerique.example.org
	[vault]
	key_file = ${dir}/master.key
	[mail]
	smtp_url = smtp://localhost:${mail}
	from = numerique@ville.example.org
	user = gabare
	password_file = ${dir}/mail/password
	ca_file = ${dir}/data/ca.pem
exec cat more.ini >>data/gabare.ini && cp mail/ca.pem data/ca.pem && gabare check --data data
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role coordinator --organisation "Ville Exemple" --new-organisation
keep code invitation/([A-Z2-9-]+)
server
client coordination
get /invitation/${code}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303

test two groups, and a structure in both
get /agent/reseau
text Aucun groupe pour l’instant
get /agent/reseau/nouveau-groupe
submit
	field nom=Groupe Bellevue
	field themes=entraide de quartier
status 303
follow
keep bellevue groupes/([0-9]+)/modifier
submit
	field nouvelle=La Bouée
status 303
follow
submit
	field nouvelle=Le Radeau
status 303
follow
text 2 structures
get /agent/reseau/nouveau-groupe
submit
	field nom=Reconditionnement
status 303
follow
keep reemploi groupes/([0-9]+)/modifier
submit
	field nouvelle=la bouee
status 303
follow
text La Bouée
get /agent/reseau/groupes/${reemploi}.csv
text "La Bouée"

test contacts are asked, and nothing else is sent to them
get /agent/reseau/nouveau-contact
submit
	field structure=La Bouée
	field nom=Zoé Exemple
	field courriel=zoe@example.org
	field langue=fr
status 303
get /agent/reseau/nouveau-contact
submit
	field structure=Le Radeau
	field nom=Malik Exemple
	field courriel=malik@example.org
	field langue=en
status 303
get /agent/reseau/nouveau-contact
submit
	field structure=Le Radeau
	field nom=Personne Muette
	field courriel=muette@example.org
	field langue=fr
status 303
get /agent/reseau/nouveau-contact
submit
	field structure=Ville Exemple
	field nom=Ailleurs Exemple
	field courriel=ailleurs@example.org
	field langue=fr
	field papier=1
status 303
exec sh inbox.sh 3
match ^3$
exec sh mails-of.sh zoe@example.org
text Ville Exemple nous a donn=C3=A9 votre adresse
match https://numerique.example.org/reseau/[A-Z2-9]{16}
keep zoe reseau/([A-Z2-9]{16})
exec sh mails-of.sh malik@example.org
text Say here
keep malik reseau/([A-Z2-9]{16})
exec sh mails-of.sh ailleurs@example.org | wc -c
match ^0$

test the first page does nothing; a button says yes
client zoe
get /reseau/${zoe}
header referrer-policy no-referrer
text Ville Exemple a donné votre adresse
absent zoe@example.org
client coordination
get /agent/reseau/contacts
count "n’a pas encore répondu" 3
client zoe
get /reseau/${zoe}
submit
	field geste=oui
status 303
follow
text Merci
client malik
get /en/reseau/${malik}
submit
	field geste=oui
status 303
client coordination
get /agent/reseau/contacts
count "a dit oui" 3

test a mail to both groups reaches each who agreed once, by a link of their own, and nobody else
get /agent/reseau/messages/nouveau
submit
	field a=groupes
	field groupe=${bellevue}
	field groupe=${reemploi}
	field sujet=Rencontre de décembre
	field texte=Jeudi 10 décembre, à 14 h.
	field sujet_en=December meeting
	field texte_en=Thursday 10 December, at 2 pm.
	field geste=relire
status 303
follow
text 2 personnes recevront ce message
text Personne Muette
keep draft messages/([0-9]+)/envoi
submit
	field geste=envoyer
status 303
follow
exec sh inbox.sh 5
match ^5$
exec sh mails-of.sh zoe@example.org 10.d=C3=A9cembre
text Jeudi 10 d=C3=A9cembre
text List-Unsubscribe: <https://numerique.example.org/reseau/${zoe}/stop>
text List-Unsubscribe-Post: List-Unsubscribe=One-Click
text https://numerique.example.org/reseau/${zoe}
absent ${malik}
exec sh mails-of.sh malik@example.org 10.December
text List-Unsubscribe: <https://numerique.example.org/reseau/${malik}/stop>
exec sh mails-of.sh muette@example.org List-Unsubscribe | wc -c
match ^0$
exec sh links.sh
count "      1 https" 2
get /agent/reseau/messages/${draft}
text Envoyé le
text partis : 2

test one leaves by the link, another by the button of a mail program; both are forgotten
client zoe
get /reseau/${zoe}
submit
	field geste=non
status 303
follow
text Votre adresse est oubliée
get /reseau/${zoe}
status 404
client mail-program
post /reseau/${malik}/stop
	field List-Unsubscribe=One-Click
status 200
exec gabare outbox list --recipients --data data
absent zoe@example.org
absent malik@example.org
text muette@example.org
client coordination
get /agent/reseau/contacts
absent Zoé Exemple
absent Malik Exemple
get /agent/reseau/nouveau-contact
submit
	field structure=La Bouée
	field nom=Zoé Exemple
	field courriel=ZOE@example.org
	field langue=fr
status 422
text a refusé les messages du réseau

test the next mail reaches those who are left
get /agent/reseau/messages/nouveau
submit
	field a=tous
	field sujet=Nouvelles
	field texte=Bonne année.
	field geste=relire
status 303
follow
text 1 personne recevra ce message
submit
	field geste=essai
status 303
follow
submit
	field geste=envoyer
status 303
exec sh inbox.sh 7
match ^7$
exec sh mails-of.sh ailleurs@example.org Bonne
text List-Unsubscribe
exec sh mails-of.sh camille@ville.example Bonne
text ici, le lien de chaque personne
exec sh mails-of.sh zoe@example.org Bonne | wc -c
match ^0$
get /agent/reseau/contacts.csv
header content-type text/csv
text ,ailleurs@example.org,
exec ${root}/tests/mail-server stop ${dir}/mail

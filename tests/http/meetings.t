# Presentation meetings from one end to the other: families are invited in their language through a real mail server and on paper, answer by
# telephone, are ticked at the door. The demonstration's city is served as if it were a real one, for a demonstration sends nothing.
needs /usr/sbin/exim4

test a city with a campaign, a key and a relay
file inbox.sh
	# inbox.sh N: waits until N messages are there, and shows them with their lines made whole (quoted-printable)
	for i in $(seq 300); do test $(find -L mail/inbox -type f | wc -l) -ge $1 && break; sleep 0.1; done
	find -L mail/inbox -type f | wc -l; find -L mail/inbox -type f -exec sed -e :a -e '/=$/{N;s/=\n//;ba' -e '}' {} +
exec chmod 755 . && gabare demo --data data && sed -i 's/^demo = yes/demo = no/' data/gabare.ini && mv data/demo.key master.key
exec shuf -i 20000-29999 -n 1
keep mail ([0-9]+)
exec ${root}/tests/mail-server start ${dir}/mail ${mail}
file relay.ini
	[mail]
	smtp_url = smtp://localhost:${mail}
	from = numerique@ville.example.org
	user = gabare
	password_file = ${dir}/mail/password
	ca_file = ${dir}/data/ca.pem
	[vault]
	key_file = ${dir}/master.key
exec cat relay.ini >>data/gabare.ini && cp mail/ca.pem data/ca.pem && gabare check --data data
exec date -d '+9 days' +%F
keep day ([0-9-]+)
exec TZ=Europe/Paris date +%F
keep today ([0-9-]+)
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role programme_officer --organisation "Ville de démonstration"
keep officer invitation/([A-Z2-9-]+)
exec gabare user add lou@ecole.example --data data --name "Lou Exemple" --role school_referent --organisation "École La Cale (inventée)"
keep referent invitation/([A-Z2-9-]+)
exec gabare user add sacha@ville.example --data data --name "Sacha Exemple" --role desk_agent --organisation "Ville de démonstration"
keep agent invitation/([A-Z2-9-]+)
server

test two families are named and reached: one reads Arabic and its mail, the other can only be called
client officer
get /invitation/${officer}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get /agent/campagnes
keep campaign /agent/campagnes/([0-9]+)
get /agent/campagnes/${campaign}/dossiers/nouveau
keep place value="([^"]+)"[^>]*>École élémentaire La Cale
submit nouveau
	field prenom=Samira
	field nom=Lhermine-Inventée
	field telephone=01 99 00 14 11
	field enfant=Yanis
	field classe=CM1
	field ou=${place}
status 303
follow
keep mailed action="[^"]*dossiers/([A-Z0-9-]+)"
keep home /agent/foyers/([A-Z0-9-]+)
submit dossiers
	field geste=jointe
status 303
get /agent/foyers/${home}
keep person /agent/foyers/${home}/personne/([A-Z0-9-]+)
get /agent/foyers/${home}/personne/${person}
submit personne
	field prenom=Samira
	field nom=Lhermine-Inventée
	field courriel=samira@example.org
	field langue=ar
	field joindre=mail
status 303
get /agent/campagnes/${campaign}/dossiers/nouveau
submit nouveau
	field prenom=Bakary
	field nom=Zoungrana-Inventé
	field telephone=01 99 00 14 12
	field enfant=Moriba
	field classe=CM2
	field ou=${place}
status 303
follow
keep called action="[^"]*dossiers/([A-Z0-9-]+)"
submit dossiers
	field geste=jointe
status 303

test a meeting is planned at their school
get /agent/campagnes/${campaign}/reunions
text Prévoir une réunion
get /agent/campagnes/${campaign}/reunions/nouvelle
submit nouvelle
	field jour=${day}
	field heure=18h30
	field ecoles=9990001X
	field salle=Bibliothèque
status 303
follow
keep meeting reunions/([0-9]+)/inviter
text Personne n’est encore invité
absent Zoungrana

test the messages are read, then leave: Arabic above French, once
get /agent/campagnes/${campaign}/reunions/${meeting}/inviter
text Samira Lhermine-Inventée
submit inviter
	field geste=voir
	field famille=${mailed}
	field famille=${called}
status 200
text Ce que les familles vont recevoir
text Une famille est à appeler
submit inviter
	field geste=inviter
status 303
exec sh inbox.sh 1
match ^1
text Envelope-to: samira@example.org
order =D9=85=D8=AA=D9=89 "Quand=C2=A0: "
exec gabare outbox list --data data | grep mail
count meeting-invitation 1
exec sleep 2
get /agent/campagnes/${campaign}/reunions/${meeting}
order "À appeler" "Bakary Zoungrana-Inventé"
match 01.{1,3}99.{1,3}00.{1,3}14.{1,3}12
text courriel : parti
get /agent/campagnes/${campaign}/dossiers/${mailed}
text Invitée

test the other is called, and the school reads a count alone
get /agent/campagnes/${campaign}/reunions/${meeting}
keep guest value="([0-9]+)" aria-label="Choisir Bakary
submit reunions
	field famille=${guest}
	field geste=vient
status 303
follow
text une vient
get /agent/campagnes/${campaign}/dossiers/${called}
text Invitée
text prévenue par téléphone ; vient
client school
get /invitation/${referent}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get /agent/ecole
text Réunion du
absent Zoungrana
get /agent/campagnes/${campaign}/reunions/${meeting}
status 404

test a meeting of today: who came is ticked, somebody else is added, two at once do not lose each other
client officer
get /agent/campagnes/${campaign}/reunions/${meeting}/modifier
submit modifier
	field jour=${today}
	field heure=18h30
	field ecoles=9990001X
status 303
exec sh inbox.sh 2
text a chang=C3=A9
get /agent/campagnes/${campaign}/reunions/${meeting}/presence
keep first value="([0-9]+)"[^>]*>[^<]*Bakary
keep second value="([0-9]+)"[^>]*>[^<]*Samira
keep stamp name="_s" value="([^"]+)"
client agent
get /invitation/${agent}
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
get /agent/campagnes/${campaign}/reunions/${meeting}/modifier
status 404
get /agent/campagnes/${campaign}/reunions/${meeting}/presence
submit presence
	field geste=noter
	field famille=${first}
status 303
client officer
post /agent/campagnes/${campaign}/reunions/${meeting}/presence
	field _s=${stamp}
	field deja=
	field geste=noter
	field famille=${second}
status 303
follow
text 2 familles sont venues
get /agent/campagnes/${campaign}/dossiers/${mailed}
text A assisté
get /agent/campagnes/${campaign}/reunions/${meeting}/feuille
text Signature
get /agent/campagnes/${campaign}/reunions/${meeting}.csv
text venues,2
client officer
get /agent/campagnes/${campaign}/reunions.ics
text BEGIN:VEVENT

test what is not there is not found
get /agent/campagnes/${campaign}/reunions/12
status 404
get /agent/campagnes/12/reunions/${meeting}
status 404
exec ${root}/tests/mail-server stop ${dir}/mail

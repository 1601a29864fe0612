# Messages from the queue to a mailbox: a real mail server (Exim), its certificate and password, refusals, its absence, and
# processes killed in the middle.
needs /usr/sbin/exim4
errors-logged

test a city with a key and a relay
file data.sh
	mkdir -p data && cat >>data/gabare.ini
file inbox.sh
	# inbox.sh N: waits until N messages are there, and shows them
	for i in $(seq 300); do test $(find -L mail/inbox -type f | wc -l) -ge $1 && break; sleep 0.1; done
	find -L mail/inbox -type f | wc -l; find -L mail/inbox -type f -exec cat {} +
file state.sh
	# state.sh ID STATE: waits until message ID is in that state, and shows its line
	for i in $(seq 300); do gabare outbox list --data data | grep -P "^$1\t.*\t$2\t" && exit; sleep 0.1; done; gabare outbox list --data data; exit 1
exec chmod 755 . && gabare init --data data && gabare keys init --key-file master.key --data data
exec shuf -i 20000-29999 -n 1
keep mail ([0-9]+)
exec ${root}/tests/mail-server start ${dir}/mail ${mail}
file relay.ini
	[city]
	help_phone = +33261914400
	[vault]
	key_file = ${dir}/master.key
	[mail]
	smtp_url = smtp://localhost:${mail}
	from = numerique@ville.example.org
	user = gabare
	password_file = ${dir}/mail/password
	ca_file = ${dir}/data/ca.pem
exec cat relay.ini >>data/gabare.ini && cp mail/ca.pem data/ca.pem && gabare check --data data
server

test a message arrives, over TLS and with the password, and is said to have left
exec gabare outbox test Zoe.Exemple@example.org --data data
err 1 queued
keep id ([0-9]+)
exec sh inbox.sh 1
match ^1
text Envelope-to: Zoe.Exemple@example.org
text From: <numerique@ville.example.org>
text Message-ID: <${id}@ville.example.org>
match Subject: =\?utf-8\?B\?RXNzYWkgZOKAmWVudm9p\?=
text Ce message est un essai
text 02=C2=A061=C2=A091=C2=A044=C2=A000
exec grep -c 'P=esmtpsa .*A=plain:gabare' mail/mainlog
text 1
exec sh state.sh ${id} sent
absent example.org
exec gabare outbox list --recipients --data data
text Zoe.Exemple@example.org
exec gabare outbox list --json --state sent --data data
json 0.id is ${id}
json 0.state is sent
no-json 0.recipient

test who is not known there is refused for good, and who is asked to come back is tried later
exec gabare outbox test inconnu@example.org --data data
keep lost ([0-9]+)
exec gabare outbox test plus-tard@example.org --data data
keep later ([0-9]+)
exec sh state.sh ${lost} failed
text refused 550 5.1.1
absent inconnu
exec for i in $(seq 100); do gabare outbox list --data data | grep -P '^${later}\t.*\twaiting\t1\tlater 451 4.2.1' && exit; sleep 0.1; done; exit 1
exec gabare outbox list --state failed --data data
count outbox-test 1
exec gabare outbox retry ${lost} --data data
err 1 to be tried again
exec sh state.sh ${lost} failed
exec gabare outbox cancel ${later} --data data
exec sh state.sh ${later} cancelled
exec gabare outbox cancel ${id} --data data
exit 1
err has left
exec gabare outbox retry 12 --data data
exit 1
err no message has the number 12
exec gabare outbox retry douze --data data
exit 2

test a relay that is away costs no attempt, and what waited leaves when it is back
exec ${root}/tests/mail-server stop ${dir}/mail
exec gabare outbox test retour@example.org --data data
keep back ([0-9]+)
exec for i in $(seq 100); do gabare outbox list --data data | grep -P '^${back}\t.*\twaiting\t0\tunreachable' && exit; sleep 0.1; done; exit 1
exec ${root}/tests/mail-server start ${dir}/mail ${mail}
exec sh state.sh ${back} sent
exec sh inbox.sh 2
match ^2
text retour@example.org

test a relay that refuses our password, or shows another's certificate, stops the channel and loses nothing
exec cp data/gabare.ini right.ini; echo faux >data/faux; sed -i 's#^password_file = .*#password_file = ${dir}/data/faux#' data/gabare.ini
server
exec gabare outbox test patience@example.org --data data
keep patient ([0-9]+)
exec for i in $(seq 100); do gabare outbox list --data data | grep -P '^${patient}\t.*\twaiting\t0\tlogin 535' && exit; sleep 0.1; done; exit 1
exec cp right.ini data/gabare.ini; sed -i '/^ca_file/d' data/gabare.ini
server
exec for i in $(seq 100); do gabare outbox list --data data | grep -P '^${patient}\t.*\twaiting\t0\tcertificate' && exit; sleep 0.1; done; exit 1
exec cp right.ini data/gabare.ini
server
exec sh state.sh ${patient} sent

test who asked for no more messages is not written to again
exec gabare outbox stop ZOE.exemple@example.org --data data
err never written to again
exec gabare outbox test Zoe.Exemple@example.org --data data
keep quiet ([0-9]+)
exec gabare outbox list --data data
match ${quiet}.*stopped
exec gabare outbox stop zoe.exemple@example.org --lift --data data
exec gabare outbox stop zoe.exemple@example.org --lift --data data
exit 1
err was not on the list

test the process that sends, killed again and again, loses nothing
file many.sh
	before=$(find -L mail/inbox -type f | wc -l)
	for i in $(seq 6); do gabare outbox test foule-$i@example.org --data data >>ids 2>>many.log; done &
	main=$(pgrep -of "serve --port ${port} ")
	for i in 1 2 3; do sleep 0.9; kill -9 $(pgrep -P $main -x outbox); done
	wait
	for i in $(seq 400); do test -s ids && test $(gabare outbox list --state sent --data data | grep -cFf ids) -ge 6 && break; sleep 0.1; done
	for i in $(seq 6); do grep -rl "Envelope-to: foule-$i@" mail/maildir/new/ | wc -l; done | grep -vc "^0"
	echo twice $(($(find -L mail/inbox -type f | wc -l) - before - 6))
exec sh many.sh
match ^6
match twice [0-3]$
exec ${root}/tests/mail-server stop ${dir}/mail

test a demonstration keeps its messages and sends none
exec gabare demo --data demo --db sqlite:${dir}/demo.db
exec printf '[mail]\nsmtp_url = smtp://localhost:1\n' >>demo/gabare.ini; gabare outbox test zoe@example.org --data demo --db sqlite:${dir}/demo.db
err a demonstration sends nothing
exec gabare outbox list --data demo --db sqlite:${dir}/demo.db
match outbox-test.*demo

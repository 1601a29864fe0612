# SMS through an HTTP gateway: a real HTTP server that keeps what it is asked.
needs /usr/bin/node

test a city with a key and a gateway
file state.sh
	# state.sh ID LINE: waits until message ID's line ends so
	for i in $(seq 200); do gabare outbox list --data data | grep -P "^$1\t.*\t$2" && exit; sleep 0.1; done; gabare outbox list --data data; exit 1
exec gabare init --data data && gabare keys init --key-file master.key --data data
exec shuf -i 30000-32000 -n 1
keep gateway ([0-9]+)
exec cp ${root}/tests/sms-gateway gateway.mjs; (node gateway.mjs ${dir}/gateway ${gateway} >/dev/null 2>&1 </dev/null &); for i in $(seq 100); do curl -s -o nothing http://127.0.0.1:${gateway}/ && break; sleep 0.1; done; rm -f gateway/asked; printf jeton >token
file gateway.ini
	[city]
	name = Nantes
	[vault]
	key_file = ${dir}/master.key
	[sms]
	url = http://127.0.0.1:${gateway}/messages/{id}
	headers = Authorization: Bearer {secret}
	body = {"from":"{from}","to":"{to}","text":"{text}"}
	success = "accepted":true
	from = NANTES
	secret_file = ${dir}/token
exec cat gateway.ini >>data/gabare.ini && gabare check --data data
server

test an SMS leaves in the alphabet of telephones
exec gabare outbox test "06 39 98 00 01" --data data
err 1 queued
keep id ([0-9]+)
exec sh state.sh ${id} sent
exec cat gateway/asked
text "method":"POST"
text "url":"/messages/${id}"
text "type":"application/json"
text Nantes : Ce message est un essai. S'il vous est arrivé, les envois fonctionnent.
text +33639980001
count method 1
exec gabare outbox list --json --data data
json 0.channel is sms
json 0.parts is 1

test what the gateway does not accept is kept with its reason
exec gabare outbox test "06 39 98 00 98" --data data
keep unaccepted ([0-9]+)
exec sh state.sh ${unaccepted} 'failed\t1\trefused 200'
exec gabare outbox test "06 39 98 00 97" --data data
keep refused ([0-9]+)
exec sh state.sh ${refused} 'failed\t1\trefused 422'
exec gabare outbox test "06 39 98 00 96" --data data
keep later ([0-9]+)
exec sh state.sh ${later} 'waiting\t1\tlater 503'

test a wrong token stops the channel and loses nothing
exec printf faux >token
server
exec gabare outbox test "06 39 98 00 02" --data data
keep patient ([0-9]+)
exec sh state.sh ${patient} 'waiting\t0\tlogin 401'
exec printf jeton >token
server
exec sh state.sh ${patient} sent

test by GET, in the address
exec sed -i 's#^url = .*#url = http://127.0.0.1:${gateway}/send?to={to}\&text={text}#; s#^from = NANTES#from = NANTES\nmethod = GET#' data/gabare.ini
server
exec gabare outbox test "06 39 98 00 03" --data data
keep got ([0-9]+)
exec sh state.sh ${got} sent
exec tail -n 1 gateway/asked
text "method":"GET"
text /send?to=%2B33639980003&text=Nantes%20%3A%20Ce%20message
text "body":""

test who asked for no more SMS gets none
exec gabare outbox stop 0639980003 --data data
exec gabare outbox test "+33 6 39 98 00 03" --data data
keep quiet ([0-9]+)
exec sh state.sh ${quiet} stopped

test the length of a text is said before it is sent
exec gabare outbox measure "Rendez-vous à l’hôtel de ville, 10 €"
err GSM-7, 37 of 160, 1 segment
text Rendez-vous à l'hotel de ville, 10 €
exec gabare outbox measure --json "موعد"
json alphabet is UCS-2
json segments is 1
json units is 4

test a gateway ill described is refused at once
exec GABARE_SMS_SUCCESS='(' gabare check --data data
exit 2
err regular expression
exec GABARE_SMS_URL=sms.example.org gabare check --data data
exit 2
err must begin with https

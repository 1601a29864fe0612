# Log-in by an OpenID Connect provider of the tests' own (tests/oidc/provider.c), which answers well or wrongly as it is told.

test a city with a key and a provider
file walk.sh
	# walk.sh MODE: a whole log-in while the provider is in that mode: status, what is read, why the answer was not taken
	site=http://127.0.0.1:$PORT; rm -f jar; echo "$1" >provider/mode
	stamp=$(curl -s -c jar $site/connexion | sed -n 's/.*name="_s" value="\([^"]*\)".*/\1/p' | head -n 1)
	curl -s -b jar -c jar -D head -o page --data-urlencode "_s=$stamp" -d geste=identite $site/connexion
	going=$(sed -n 's/^[Rr]efresh: 0;url=//p' head | tr -d '\r')
	test -n "$going" || { sed 's/<[^>]*>//g' page; tail -n 5 server.log; exit; }
	back=$(curl -s -o answer -w '%{redirect_url}' "$going")
	curl -s -b jar -c jar -o page -w 'status %{http_code} to %{redirect_url}\n' "$site${back#https://numerique.example.org}"
	sed 's/<[^>]*>//g' page | tr -s ' \n' ' '; echo
	grep -a 'provider.s answer is not taken' server.log | tail -n 1; : >>server.log
exec gabare init --data data && gabare keys init --key-file master.key --data data
exec shuf -i 10000-19999 -n 1
keep provider ([0-9]+)
exec mkdir provider; printf jeton >secret; (${root}/build/tests/oidc/oidc-provider ${dir}/provider ${provider} >/dev/null 2>&1 </dev/null &); for i in $(seq 100); do curl -s -o nothing http://127.0.0.1:${provider}/jwks && break; sleep 0.1; done
file provider.ini
	[city]
	name = Nantes
	public_url = https://numerique.example.org
	[vault]
	key_file = ${dir}/master.key
	[oidc]
	issuer = http://127.0.0.1:${provider}
	name = ProConnect
	client_id = gabare
	client_secret_file = ${dir}/secret
exec cat provider.ini >>data/gabare.ini && gabare check --data data
server

test an identity that is linked to no account enters nowhere, whatever its address
exec gabare user add zoe@ville.example --data data --name "Zoé Exemple" --role admin --organisation "Ville de Nantes" --new-organisation
keep code invitation/([A-Z2-9-]+)
client zoe
get /connexion
text Se connecter avec ProConnect
submit
	field geste=identite
status 200
header cache-control no-store
text Continuer vers ProConnect
keep-header going refresh
exec going='${going}'; curl -s -o nothing -w '%{redirect_url}' "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
client elsewhere
get ${back}
status 400
text ne sert plus, ou vient d’un autre navigateur
client zoe
get ${back}
status 403
text Aucun compte n’est relié à cette identité
absent zoe
get ${back}
status 400
text ne sert plus

test who holds an invitation may use the provider instead of a password
client zoe
get /invitation/${code}
text Utiliser ProConnect
submit
	field geste=identite
status 200
header referrer-policy no-referrer
keep-header going refresh
exec going='${going}'; curl -s -o nothing -w '%{redirect_url}' "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 303
header location /agent
follow
status 200
text Bonjour Zoé Exemple
get /invitation/${code}
status 404
get /compte
text Relié à ProConnect
absent Changer de mot de passe
get /compte/identite
text C’est votre seule façon d’entrer
exec gabare user list --data data
match zoe@ville.example.*active.*identity

test leaving ends the provider's session too, and the same identity enters again
client zoe
get /deconnexion
submit
status 200
header clear-site-data cookies
keep-header going refresh
match /end[?]id_token_hint=[^"]*
exec going='${going}'; curl -s -o nothing -w '%{redirect_url}' "${going#0;url=}"
text https://numerique.example.org/connexion?state=
get /agent
status 303
exec PORT=${port} sh walk.sh good
text status 303 to http://127.0.0.1:${port}/agent
exec gabare user sessions zoe@ville.example --data data
match T

test the address in English, and the page one was going to
client anglais
get /en/connexion?suite=/agent/comptes
submit
	field geste=identite
status 200
keep-header going refresh
exec going='${going}'; curl -s -o nothing -w '%{redirect_url}' "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 303
header location /en/agent/comptes

test an identity that is in other hands is cut off from the command line
exec gabare user add sacha@ville.example --data data --name "Sacha Exemple" --role mediator --organisation "Ville de Nantes"
keep code invitation/([A-Z2-9-]+)
exec echo sacha >provider/subject
client sacha
get /invitation/${code}
submit
	field geste=identite
keep-header going refresh
exec going='${going}'; curl -s -o nothing -w '%{redirect_url}' "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
follow
text Bonjour Sacha Exemple
exec PORT=${port} sh walk.sh good
text status 303
exec gabare user reset sacha@ville.example --without-identity --data data
text /invitation/
get /agent
status 303
exec PORT=${port} sh walk.sh good
text Aucun compte n’est relié
exec rm provider/subject

test what is well signed is taken, however
exec PORT=${port} sh walk.sh ps256
text status 303
exec PORT=${port} sh walk.sh es256
text status 303
exec PORT=${port} sh walk.sh nameless
text status 303
exec PORT=${port} sh walk.sh plain
text status 303
exec PORT=${port} sh walk.sh rotated
text status 303
exec PORT=${port} sh walk.sh good
text status 303

test a token that is not what it should be enters nowhere, and the log says why
exec PORT=${port} sh walk.sh unsigned
text status 403
text n’a pas pu être vérifiée
text reason="form"
exec PORT=${port} sh walk.sh shared
text status 403
text n’a pas pu être vérifiée
text reason="alg"
exec PORT=${port} sh walk.sh rs512
text status 403
text n’a pas pu être vérifiée
text reason="alg"
exec PORT=${port} sh walk.sh stranger
text status 403
text n’a pas pu être vérifiée
text reason="signature"
exec PORT=${port} sh walk.sh altered
text status 403
text n’a pas pu être vérifiée
text reason="signature"
exec PORT=${port} sh walk.sh unknown-key
text status 403
text n’a pas pu être vérifiée
text reason="key"
exec PORT=${port} sh walk.sh issuer
text status 403
text n’a pas pu être vérifiée
text reason="issuer"
exec PORT=${port} sh walk.sh audience
text status 403
text n’a pas pu être vérifiée
text reason="audience"
exec PORT=${port} sh walk.sh for-two
text status 403
text n’a pas pu être vérifiée
text reason="audience"
exec PORT=${port} sh walk.sh for-another
text status 403
text n’a pas pu être vérifiée
text reason="audience"
exec PORT=${port} sh walk.sh expired
text status 403
text n’a pas pu être vérifiée
text reason="expired"
exec PORT=${port} sh walk.sh early
text status 403
text n’a pas pu être vérifiée
text reason="early"
exec PORT=${port} sh walk.sh endless
text status 403
text n’a pas pu être vérifiée
text reason="times"
exec PORT=${port} sh walk.sh nonce
text status 403
text n’a pas pu être vérifiée
text reason="nonce"
exec PORT=${port} sh walk.sh at-hash
text status 403
text n’a pas pu être vérifiée
text reason="at_hash"
exec PORT=${port} sh walk.sh nobody
text status 403
text n’a pas pu être vérifiée
text reason="subject"

test nor one that comes with somebody else's facts
exec PORT=${port} sh walk.sh userinfo-other
text status 403
text reason="userinfo subject"
exec PORT=${port} sh walk.sh plain-other
text status 403
text reason="userinfo subject"
exec PORT=${port} sh walk.sh userinfo-stranger
text status 403
text reason="userinfo signature"
exec PORT=${port} sh walk.sh userinfo-altered
text status 403
text reason="userinfo signature"
exec PORT=${port} sh walk.sh userinfo-unsigned
text status 403
text reason="userinfo form"
exec PORT=${port} sh walk.sh userinfo-shared
text status 403
text reason="userinfo alg"
exec PORT=${port} sh walk.sh userinfo-audience
text status 403
text reason="userinfo audience"
exec PORT=${port} sh walk.sh userinfo-issuer
text status 403
text reason="userinfo issuer"

test a provider that is unwell is said to be away
exec PORT=${port} sh walk.sh broken
text status 503
text reason="token answered 500"
exec PORT=${port} sh walk.sh slow
text status 503
text reason="token too slow"
exec PORT=${port} sh walk.sh huge
text status 403
text reason="token too large"
exec PORT=${port} sh walk.sh words
text status 403
text reason="token form"
exec PORT=${port} sh walk.sh elsewhere
text status 403
text reason="token answered 302"
exec PORT=${port} sh walk.sh denied
text status 403
text ProConnect n’a pas confirmé qui vous êtes

test a wrong secret opens nothing; the secret may be shown the other way
exec printf faux >secret
server
exec PORT=${port} sh walk.sh good
text reason="token answered 401"
exec printf jeton >secret && printf 'auth = basic\n' >>data/gabare.ini && rm provider/asked
server
exec PORT=${port} sh walk.sh good
text status 303
exec grep /token provider/asked
text code_verifier=
absent client_secret
absent jeton

test what the configuration leads to is the provider's, or is not asked
server
exec echo config-issuer >provider/mode; PORT=${port} sh walk.sh config-issuer
text ProConnect
text reason="configuration issuer"
exec PORT=${port} sh walk.sh config-host
text reason="token host"
exec GABARE_OIDC_ISSUER=http://numerique.example.org gabare check --data data
exit 2
err must be an address that begins with https
exec GABARE_OIDC_ACR_VALUES="eidas2 eidas3" gabare config --data data
text acr_values = eidas2 eidas3

test a level of assurance that is demanded must be said
exec printf 'acr_values = eidas2 eidas3\n' >>data/gabare.ini
server
exec PORT=${port} sh walk.sh good
text reason="acr"
exec grep authorize provider/asked | tail -n 1
text &claims=%7B%22id_token%22%3A%7B%22acr%22%3A%7B%22essential%22%3Atrue%2C%22values%22%3A%5B%22eidas2%22%2C%22eidas3%22%5D%7D%7D%7D
exec sed -i 's/^acr_values = .*/acr_values = eidas1 eidas2/' data/gabare.ini
server
exec PORT=${port} sh walk.sh good
text status 303

test a provider that cannot show who it is is asked nothing
exec openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost
exec shuf -i 45000-49999 -n 1
keep tls ([0-9]+)
exec (timeout 20 openssl s_server -accept 127.0.0.1:${tls} -cert tls.pem -key tls.key -www >/dev/null 2>&1 </dev/null &); cp data/gabare.ini kept.ini; sed -i 's#^issuer = .*#issuer = https://localhost:${tls}#' data/gabare.ini
server
client wary
get /connexion
submit
	field geste=identite
status 503
text ProConnect ne répond pas
exec grep -a 'answer is not taken' server.log | tail -n 1
text configuration certificate
exec cp kept.ini data/gabare.ini

test the provider is gone, and passwords are still there
exec mv provider gone; sleep 2
server
client late
get /connexion
submit
	field geste=identite
status 503
text ProConnect ne répond pas
text Recommencer

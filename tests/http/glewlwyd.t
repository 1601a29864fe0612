# Log-in by a real identity provider: Debian's glewlwyd, on a database of its own (tests/oidc/glewlwyd). Somebody who was invited links
# the identity there, leaves, and enters again by it.
needs /usr/bin/glewlwyd

test a city with a key and a provider
exec gabare init --data data && gabare keys init --key-file master.key --data data
exec shuf -i 20000-31999 -n 1
keep provider ([0-9]+)
exec ${root}/tests/oidc/glewlwyd start ${dir}/glewlwyd ${provider} https://numerique.example.org/connexion/retour
file provider.ini
	[city]
	name = Nantes
	public_url = https://numerique.example.org
	[vault]
	key_file = ${dir}/master.key
	[oidc]
	issuer = http://localhost:${provider}/api/oidc
	name = Glewlwyd
	client_id = gabare
	client_secret_file = ${dir}/glewlwyd/secret
exec cat provider.ini >>data/gabare.ini && gabare check --data data
server

test who has an account there and none here does not enter
client zoe
get /connexion
submit
	field geste=identite
status 200
keep-header going refresh
exec going='${going}'; ${root}/tests/oidc/glewlwyd walk glewlwyd ${provider} "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 403
text Aucun compte n’est relié à cette identité

test an invitation is taken up with the identity there
exec gabare user add zoe@ville.example --data data --name "Zoé Exemple" --role admin --organisation "Ville de Nantes" --new-organisation
keep code invitation/([A-Z2-9-]+)
get /invitation/${code}
submit
	field geste=identite
status 200
keep-header going refresh
exec going='${going}'; ${root}/tests/oidc/glewlwyd walk glewlwyd ${provider} "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 303
follow
status 200
text Bonjour Zoé Exemple

test one leaves, here and there
get /deconnexion
submit
status 200
match href="http://localhost:${provider}/api/oidc/end_session[?]id_token_hint=ey[^"]*post_logout_redirect_uri=
get /agent
status 303

test and enters again
get /connexion
submit
	field geste=identite
status 200
keep-header going refresh
exec going='${going}'; ${root}/tests/oidc/glewlwyd walk glewlwyd ${provider} "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 303
follow
text Bonjour Zoé Exemple
exec gabare user list --data data
match zoe@ville.example.*active.*identity
get /deconnexion

test with the secret in a header
exec printf 'auth = basic\n' >>data/gabare.ini
server
client again
get /connexion
submit
	field geste=identite
keep-header going refresh
exec going='${going}'; ${root}/tests/oidc/glewlwyd walk glewlwyd ${provider} "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 303
header location /agent

test its other log-ins open nothing with a wrong secret
exec printf faux >glewlwyd/secret
server
client wrong
get /connexion
submit
	field geste=identite
keep-header going refresh
exec going='${going}'; ${root}/tests/oidc/glewlwyd walk glewlwyd ${provider} "${going#0;url=}"
keep back https://numerique.example.org(/connexion/retour[^ ]*)
get ${back}
status 403
exec grep 'answer is not taken' server.log
text token answered 40
exec ${root}/tests/oidc/glewlwyd stop glewlwyd

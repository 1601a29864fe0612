# Anybody may say that something on a page is wrong, without an account.
exec gabare demo --data data
exec gabare demo --data data
err 134 unchanged
server

test the form, and its thanks
get /lieux/demo-001/erreur
status 200
submit
	field erreur=Le samedi est fermé.
	field contact=02 61 91 44 99
status 303
follow
status 200
text Merci, c’est noté

test sent twice, noted once
get /lieux/demo-002/erreur
keep stamp name="_s" value="([^"]+)"
post /lieux/demo-002/erreur
	field _s=${stamp}
	field erreur=Le numéro a changé.
status 303
post /lieux/demo-002/erreur
	field _s=${stamp}
	field erreur=Le numéro a changé.
status 303

test an empty one comes back with what is missing, and what was typed
get /lieux/demo-001/erreur
submit
	field erreur=
	field contact=02 61 91 44 98
status 422
match <title>Erreur
text Écrivez en quelques mots ce qui n’est pas juste.
text 02 61 91 44 98

test without the page's stamp nothing is taken
post /lieux/demo-001/erreur
	field erreur=Sans tampon
status 403
post /lieux/demo-001/erreur
	field _s=abc
	field erreur=Faux tampon
status 403

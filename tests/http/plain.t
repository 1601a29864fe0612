# Plain HTTP on an address that is not this machine's: public pages only, and the operator is told how to do better.
test nothing set up and no TLS
exec gabare serve --listen 0.0.0.0 --port 0 --data fresh --db sqlite:${dir}/fresh.db
exit 2
err gabare init

test public pages, and no forms
exec gabare init --data data
server --listen 0.0.0.0
get /
status 200
get /lieux
status 200
post /lieux/essai-01/erreur
	field texte=faux
status 403
exec gabare serve --listen 0.0.0.0 --port ${port} --data data --tls-cert only.pem
exit 2
err go together

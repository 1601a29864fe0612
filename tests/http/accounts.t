# Who works with the city logs in: invented accounts on a demonstration, an invitation anywhere.
exec gabare demo --data data
exec gabare demo --data data
server

test without an account, agents' pages lead to the log-in page, and back
client nobody
get /agent
status 303
header location /connexion?suite=/agent
follow
status 200
text Connexion des agents
text quatre mots sur un ponton
no-header set-cookie

test agents' pages are in French and English only
get /ar/connexion
status 303
header location /connexion
get /en/connexion
status 200
text Staff log-in

test a wrong password and an unknown address get one answer
get /connexion
submit
	field courriel=admin@demo.example
	field passe=un autre mot de passe
status 422
match <title>Erreur
text Cette adresse et ce mot de passe ne vont pas ensemble
absent un autre mot de passe
no-header set-cookie
get /connexion
submit
	field courriel=personne@demo.example
	field passe=un autre mot de passe
status 422
text Cette adresse et ce mot de passe ne vont pas ensemble
get /connexion
submit
	field courriel=admin
	field passe=x
status 422
text Adresse électronique

test the right one opens a session, and leaving ends it
get /connexion?suite=/agent
submit
	field courriel=ADMIN@demo.example
	field passe=quatre mots sur un ponton
status 303
header location /agent
header set-cookie HttpOnly
follow
status 200
text Bonjour Camille Inventée
text Administration
get /connexion
status 303
get /deconnexion
submit
status 303
header clear-site-data cookies
get /agent
status 303

test another site cannot be where one goes after
get /connexion?suite=https://ailleurs.example/
match name="suite" value="/agent"
get /connexion?suite=//ailleurs.example/agent
match name="suite" value="/agent"
get /connexion?suite=/agent//ailleurs.example
match name="suite" value="/agent"

test an invitation lets one choose a password, once
client camille
exec gabare user add camille@ville.example --data data --name "Camille Exemple" --role admin --organisation "Ville de Gabare" --new-organisation
keep code invitation/([A-Z2-9-]+)
exec gabare user list --data data
text camille@ville.example
text invited
get /invitation/${code}
status 200
absent Camille
header referrer-policy no-referrer
submit
	field passe=court
	field encore=court
status 422
text au moins 12 signes
submit
	field passe=azertyuiopqsdf
	field encore=azertyuiopqsdf
status 422
text se devine
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Seine
status 422
text ne sont pas les mêmes
submit
	field passe=bateau plat sur la Loire
	field encore=bateau plat sur la Loire
status 303
follow
status 200
text Bonjour Camille Exemple
text Ville de Gabare
get /invitation/${code}
status 404
text Cette invitation ne sert plus
get /invitation/AAAA-AAAA-AAAA-AAAA-AAAA
status 404

test the code may be typed from the letter
exec gabare user reset camille@ville.example --data data
keep code invitation/([A-Z2-9-]+)
client lettre
get /invitation
submit
	field code=trop court
status 422
get /invitation
submit
	field code=${code}
status 303
follow
status 200
text Choisir un nouveau mot de passe

test a session listed by the command line is ended by it, and a closed account enters no more
client camille
exec gabare user sessions camille@ville.example --data data
exec gabare user sessions camille@ville.example --data data --end
get /agent
status 303
get /connexion
submit
	field courriel=camille@ville.example
	field passe=bateau plat sur la Loire
status 303
get /agent
status 200
exec gabare user disable camille@ville.example --data data
get /agent
status 303
get /connexion
submit
	field courriel=camille@ville.example
	field passe=bateau plat sur la Loire
status 422
exec gabare user enable camille@ville.example --data data
get /connexion
submit
	field courriel=camille@ville.example
	field passe=bateau plat sur la Loire
status 303

test who orders does not pay
exec gabare user role camille@ville.example --data data --role authorising_officer --organisation "Ville de Gabare"
exec gabare user role camille@ville.example --data data --role public_accountant --organisation "Ville de Gabare"
exit 1
err three people
exec gabare user role camille@ville.example --data data --role authorising_officer --organisation "Ville de Gabare" --remove
exec gabare user role camille@ville.example --data data --role public_accountant --organisation "Ville de Gabare"

test the command line says what it wants
exec gabare user add pas-une-adresse --data data --name X --role admin --organisation X
exit 2
exec gabare user add a@b.example --data data --name X --role maire --organisation "Ville de Gabare"
exit 2
exec gabare user add a@b.example --data data --name X --role admin --organisation "Ville de Gabarre"
exit 2
err --new-organisation
exec gabare user disable personne@b.example --data data
exit 2

test wrong passwords make that account wait, from there only, and no other
client essais
get /connexion
submit
	field courriel=dpo@demo.example
	field passe=faux 1
status 422
submit
	field courriel=dpo@demo.example
	field passe=faux 2
status 422
submit
	field courriel=dpo@demo.example
	field passe=faux 3
status 422
submit
	field courriel=dpo@demo.example
	field passe=faux 4
status 422
submit
	field courriel=dpo@demo.example
	field passe=faux 5
status 422
submit
	field courriel=dpo@demo.example
	field passe=faux 6
status 429
header retry-after
text Trop d’essais
submit
	field courriel=reseau@demo.example
	field passe=quatre mots sur un ponton
status 303

test an administrator invites somebody of their organisation, who enters by the letter's code
client chef
get /connexion
submit
	field courriel=admin@demo.example
	field passe=quatre mots sur un ponton
status 303
get /agent/comptes
status 303
follow
status 200
text Sacha Inventé
absent Noor
keep organisation href="/agent/comptes/([0-9]+)/inviter"
get /agent/comptes/${organisation}/inviter
submit
	field courriel=nouvelle@demo.example
	field nom=Nouvelle Inventée
	field role=mediator
status 303
follow
status 200
text Invitation envoyée
keep compte href="/agent/comptes/[0-9]+/([0-9]+)/lettre"
get /en/agent/comptes/${organisation}/${compte}/lettre
status 200
text Your code
keep code <code>([A-Z2-9-]+)</code>
client nouvelle
get /invitation/${code}
submit
	field passe=ligne d’eau et de mots
	field encore=ligne d’eau et de mots
status 303
get /agent/comptes
status 404
get /agent/comptes/${organisation}
status 404
get /compte
status 200
text Nouvelle Inventée

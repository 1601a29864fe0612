# The same pages in French, simple French, English and Arabic; nobody is sent to a language by a guess.
exec gabare init --data data
exec gabare import places ${root}/tests/http/places.csv --data data
server

test each in its own words
get /lieux
match <html lang="fr"
get /simple/lieux
match <html lang="fr"
get /en/lieux
match <html lang="en"
get /ar/lieux
match <html lang="ar" dir="rtl"

test links stay in the language
get /en/lieux
match href="/en/lieux/essai-
absent href="/lieux/essai-
get /ar/lieux/essai-01
match href="/ar/lieux"

test the language links lead to the same page
get /lieux?q=radeau
match href="/en/lieux\?q=radeau"
match href="/ar/lieux\?q=radeau"

test no redirect by guess
get /lieux
	Accept-Language: ar
status 200
match <html lang="fr"

test a number is not turned round in Arabic
get /ar/lieux/essai-01
match <bdi dir="ltr">02

test what is not there, in every language
get /en/nothing
status 404
match <html lang="en"
get /ar/lieux/nothing
status 404
match <html lang="ar" dir="rtl"

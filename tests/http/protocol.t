# HTTP as it should be spoken.
exec gabare init --data data
exec gabare import places ${root}/tests/http/places.csv --data data
server

test HEAD is GET without the body
get /lieux
keep-header length content-length
head /lieux
status 200
header content-type text/html
empty

test a method that a page does not have
post /lieux
status 405
header allow GET
delete /lieux
status 405

test OPTIONS says what may be asked
options /lieux
header allow GET

test a page that is not there
get /nothing-here
status 404
get /en/api/v1/lieux.json
status 404

test one page has one address
get /lieux/?q=radeau
status 308
header location /lieux?q=radeau
empty
get //lieux//essai-01
status 308
header location /lieux/essai-01
get /en
status 308
header location /en/

test a path that climbs is refused
get /../etc/passwd
refused

test the same page twice costs no body
get /lieux/essai-01
header etag
keep-header etag etag
get /lieux/essai-01
	If-None-Match: ${etag}
status 304
empty

test a changed place shows at the next request
exec sed 's/Le Radeau d’essai/Le Radeau changé/' ${root}/tests/http/places.csv > places.csv && gabare import places places.csv --data data
get /lieux/essai-01
	If-None-Match: ${etag}
status 200
text Le Radeau changé
get /lieux?q=radeau
text Le Radeau changé

test compressed when it is wanted
get /lieux
	Accept-Encoding: br
header content-encoding br
header vary Accept-Encoding
text 25 lieux d’aide
at-most 8000
get /lieux
	Accept-Encoding: gzip
header content-encoding gzip
text 25 lieux d’aide
get /lieux
no-header content-encoding

test every answer carries its security headers
get /
header content-security-policy "default-src 'none'"
header x-content-type-options nosniff
header referrer-policy
no-header set-cookie
no-header server

test malformed requests are refused, and the server goes on
raw
	GET / HTTP/1.1
	Host: x
	Content-Length: 5
	Transfer-Encoding: chunked
	
	0
	
refused
raw
	GET /lieux?q=%FF%FE HTTP/1.1
	Host: x
	Connection: close
	
status 400
raw
	NONSENSE
	
refused
get /healthz
status 200

test assets never change under their name
get /
keep css href="(/a/[^"]+\.css)"
get ${css}
status 200
header content-type text/css
header cache-control immutable

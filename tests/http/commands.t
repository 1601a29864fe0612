# The command line: helps, refuses with words, and keeps its exit codes.
test help
exec gabare help
text serve
text import places
exec gabare help import places
text --dry-run
exec gabare serve --help
text --port
exec gabare version

test what is not understood
exec gabare srve
exit 2
err did you mean
exec gabare
exit 2
exec gabare serve --prot 1
exit 2
err did you mean

test a city set up without a terminal, from a file
file city.ini
	[city]
	name = Essai-sur-Loire
	help_phone = +33261914455
exec gabare init --city city.ini --data data
exec gabare config --data data
text Essai-sur-Loire
exec gabare check --data data
exit 0
server
get /
text Essai-sur-Loire
text 02 61 91 44 55

test a copy while it serves, and back
exec gabare import places ${root}/tests/http/places.csv --data data
exec gabare backup copy --data data
exec gabare backup copy --data data
exit 1
exec gabare export places -o before.csv --data data
exec gabare restore copy --data again --db sqlite:${dir}/again.db; test "${engine}" = postgresql || gabare export places -o after.csv --data again --db sqlite:${dir}/again.db; test "${engine}" = postgresql || cmp before.csv after.csv
get /healthz
status 200

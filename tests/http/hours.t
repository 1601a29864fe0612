# Opening hours on the command line: what an expression says of a moment, and French prose as an expression.
test a moment
exec gabare hours "Mo-Fr 09:00-12:00; PH off" --at 2026-05-01T10:00
text "closed\t\t2026-05-04T09:00"
exec gabare hours "Mo-Fr 09:00-12:00 \"sur rendez-vous\"" --at 2026-05-04T10:00
text "open\tsur rendez-vous\t2026-05-04T12:00"
exec gabare hours 24/7 --at 2026-05-04T10:00
text "open\t\t-"
exec gabare hours "SH We 10:00-12:00" --at 2027-09-01T10:30 --json
json state is unknown
json next is 2027-09-01T12:00
exec gabare hours 24/7
text "open\t\t-"

test what is not understood has a column
exec gabare hours "Mo-Xx 09:00-12:00"
exit 2
err "column 3"
exec gabare hours "Mo 09:00-12:00" --at demain
exit 2
err 2026-05-01T10:00
exec gabare hours
exit 2

test French prose
exec gabare hours --from-french "du lundi au vendredi 9h-12h sauf mercredi"
text "Mo,Tu,Th,Fr 09:00-12:00"
exec gabare hours --from-french "fermé le samedi"
text "Sa off"
exec gabare hours --from-french "lundi, mardi : 14h à 17h30" --json
json expression is "Mo,Tu 14:00-17:30"
exec gabare hours --from-french "lundi 9h-12h (jusqu'en juin)"
exit 2
err "column 15"
err jusqu'en

test places open at a moment
exec gabare demo --data data
server
get /lieux?ouvert=2026-05-07T14:30
status 200
text "ouvert le"
absent "Aucun lieu"
get /lieux?ouvert=2026-05-07T03:00
status 200
text "Aucun lieu"
get /en/lieux?ouvert=tomorrow
status 400
text 2026-05-04T14:00
get /api/v1/lieux.json?ouvert=2026-05-07T14:30&limit=5
status 200
json . count 5
get /api/v1/lieux.json?ouvert=2026-05-07T03:00
status 200
json . count 0
get /api/v1/lieux.json?ouvert=soon
status 400

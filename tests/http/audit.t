# The audit log: what was done is written, sealed within the second by the server, and verified by a command.
test what an operator did is sealed and found
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare audit --json --data data
json rows is 0
json sealed is 0
no-json head
exec gabare outbox stop zoe@example.org --data data
exec gabare audit --json --data data
json pending is 1
json sealed is 0
server
exec for i in $(seq 50); do gabare audit --json --data data | grep '"pending":0' && exit; sleep 0.1; done; exit 1
json rows is 1
json sealed is 1
keep head "head":"([0-9]+:[0-9a-f]+)"
exec gabare outbox stop zoe@example.org --lift --data data
exec gabare audit --head ${head} --data data
match ^[12]:[0-9a-f]+
exec gabare audit --head 1:00${head} --data data
exit 2
err not a head
exec gabare audit --head $(echo ${head} | cut -d: -f1):$(echo ${head} | cut -d: -f2 | tr 0-9a-f 1-9a-f0) --data data
exit 1
err noted earlier

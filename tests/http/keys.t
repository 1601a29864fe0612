# The master key: made once, kept apart from the data, asked for by what would be useless without it.
test a key is made outside the data, once
exec gabare init --data data
err gabare keys init
exec gabare keys init --data data
exit 2
exec gabare keys init --key-file data/master.key --data data
exit 2
err data folder
exec gabare keys init --key-file master.key --data data
exec gabare keys init --key-file master.key --data data
exit 1
err never replaced
exec stat -c %a master.key
text 600

test a configuration that keeps the key among the data is refused
exec cp master.key data/master.key && GABARE_VAULT_KEY_FILE=data/master.key gabare serve --data data --port 0
exit 2
err lies in the data folder

test a key that others may read, or that lost a digit, is told by the check
exec chmod 644 master.key; GABARE_VAULT_KEY_FILE=master.key gabare check --data data
exit 1
err chmod 600
exec chmod 600 master.key; GABARE_VAULT_KEY_FILE=master.key gabare check --data data
exec sed 's/[0-9a-f]$/x/' master.key >bad.key; chmod 600 bad.key; GABARE_VAULT_KEY_FILE=bad.key gabare check --data data
exit 1
err not a key file

test a copy names its key, and is not put back without it
exec GABARE_VAULT_KEY_FILE=master.key gabare backup copy --data data
exec grep -cE '^[0-9a-f]{16}$' copy.key-id
text 1
exec gabare restore copy --data again --db sqlite:${dir}/again.db
exit 1
err needs key
exec gabare keys init --key-file other.key --data data && GABARE_VAULT_KEY_FILE=other.key gabare restore copy --data again --db sqlite:${dir}/again.db
exit 1
err needs key

# Letters: those that wait go into one PDF for window envelopes, once.
needs /usr/bin/pdftotext

test letters are printed together, once
exec gabare init --data data && gabare keys init --key-file master.key --data data && printf '[vault]\nkey_file = ${dir}/master.key\n' >>data/gabare.ini
exec gabare outbox letters -o none.pdf --data data
exit 1
err no letter waits
exec gabare outbox test "$(printf 'Zoé Exemple\n  3 rue des Essais\n44000 Nantes')" --data data
keep one ([0-9]+)
exec gabare outbox test "$(printf 'Association Exemple\nBâtiment B\n5 quai des Essais\n44100 Nantes')" --data data
exec gabare outbox letters -o batch.pdf --data data
err 2 printed, 0 not printed
exec pdftotext -layout batch.pdf -
text Zoé Exemple
text 3 rue des Essais
text Association Exemple
text Ce message est un essai
match Nantes, le [0-9]+(er)? [a-zéû]+ 20[0-9][0-9]
exec pdfinfo batch.pdf
match Pages: +2
match Page size: +595.2[0-9]* x 841.8[0-9]* pts \(A4\)
exec qpdf --check batch.pdf
exec gabare outbox letters -o again.pdf --data data
exit 1
exec gabare outbox list --state sent --data data
count letter 2

test the address stands in the window of the envelope
exec pdftotext -bbox batch.pdf box.html && grep -m 1 '>Zoé<' box.html | sed 's/.*xMin="\([0-9]*\).*yMin="\([0-9]*\).*/\1 \2/'
match ^31[0-9] 14[0-9]$

test a letter is printed again when it is asked for, and never onto another file
exec gabare outbox retry ${one} --data data
exec gabare outbox letters -o batch.pdf --data data
exit 1
err cannot write
exec gabare outbox letters -o third.pdf --data data
err 1 printed

test who asked for no more letters gets none, and an address too long for the window is refused
exec gabare outbox test "$(printf 'Zoé Exemple\n3 rue des Essais\n44000 Nantes')" --data data
exec gabare outbox stop "$(printf 'Zoé Exemple\n3 rue des Essais\n44000 Nantes')" --data data
exec gabare outbox letters -o fourth.pdf --data data
exit 1
exec gabare outbox test "$(printf 'Zoé\n3 rue dont le nom est beaucoup trop long pour une enveloppe\n44000 Nantes')" --data data
exit 2

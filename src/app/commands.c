/* The table of commands: what `gabare help`, docs/cli.md and the command line itself are made from. */
#include "app/cli.h"

#define END { NULL, NULL, NULL }

static const struct option serve_options[] = {
	{ "listen", "ADDR", "Address to listen on (default 127.0.0.1)." },
	{ "port", "N", "Port (default 8080; 0 takes any)." },
	{ "workers", "N", "Web processes (default 16)." },
	{ "metrics-port", "N", "Port of /metrics on this machine (default: none)." },
	{ "tls-cert", "FILE", "TLS certificate chain, PEM." },
	{ "tls-key", "FILE", "TLS private key, PEM." },
	END,
};
static const struct option init_options[] = {
	{ "city", "FILE", "INI file with the city's settings (see gabare config); nothing is asked." },
	END,
};
static const struct option migrate_options[] = {
	{ "dry-run", NULL, "Say what would be done, and do nothing." },
	END,
};
static const struct option import_options[] = {
	{ "format", "FORMAT", "csv or json (default: by the file's name, then its first bytes)." },
	{ "source", "NAME", "Name of this import, for matching and for \"vanished\" (default: the file's name)." },
	{ "layout", "FILE", "How its columns are read (default: the layout kept for the source, else the national columns)." },
	{ "day", "YYYY-MM-DD", "With a layout: the day of records that have none (default: today)." },
	{ "dry-run", NULL, "Read and compare everything, store nothing." },
	{ "rejects", "FILE", "Where rejected rows go (default: the file's name with .rejets.csv, in the data folder)." },
	END,
};
static const struct option layout_options[] = {
	{ "output", "FILE", "Where to write (also -o FILE; default: stdout)." },
	{ "format", "FORMAT", "csv or json (default: by the file's name, then its first bytes)." },
	END,
};
static const struct option gazetteer_options[] = {
	{ "dry-run", NULL, "Read and compare everything, store nothing." },
	END,
};
static const struct option schools_options[] = {
	{ "commune", "CODE", "Which schools: INSEE codes separated by commas, or a department's number (default: the department of the city)." },
	{ "dry-run", NULL, "Read and compare everything, store nothing." },
	END,
};
static const struct option areas_options[] = {
	{ "kind", "KIND", "district, priority_area, or water (rivers and lakes, for maps)." },
	{ "from", "DATE", "The day from which these are the areas of this kind, as 2026-01-31." },
	{ "dry-run", NULL, "Read and compare everything, store nothing." },
	END,
};
static const struct option export_options[] = {
	{ "format", "FORMAT", "csv, json, geojson or data-inclusion (default csv)." },
	{ "full", NULL, "With json: our additions to the national schema too." },
	{ "output", "FILE", "Where to write (also -o FILE; default: stdout)." },
	END,
};
static const struct option guide_options[] = {
	{ "output", "FILE", "Where to write (also -o FILE)." },
	{ "edition", "NAME", "Of a closed edition of the census (see gabare census list), not of today's directory: the same in all years." },
	{ "title", "TEXT", "What the cover calls it (default: Guide, and the edition or the year)." },
	{ "district", "CODE", "Only this district (its code), or this commune (INSEE code): a leaflet." },
	{ "lang", "LANG", "fr, simple, en or ar (default fr)." },
	{ "impose", NULL, "For the printer: two pages on each side of A4 sheets, to print on both sides (short edge) and fold." },
	{ "publish", NULL, "Put it on the site instead, at /guide: whole and one leaflet an area, in all languages." },
	{ "without-qr", NULL, "Without the codes that open each place's page." },
	END,
};
static const struct option content_import_options[] = {
	{ "dry-run", NULL, "Read and compare everything, store nothing." },
	END,
};
static const struct option withdraw_options[] = {
	{ "reason", "WHY", "asked (the person asks, the default), left (works there no more) or personal (should not have been published)." },
	END,
};
static const struct option hours_options[] = {
	{ "at", "TIME", "Local minute, as 2026-05-01T10:00 (default: now)." },
	{ "from-french", "TEXT", "French prose instead of EXPR: prints the expression that says the same." },
	END,
};
static const struct option duplicates_options[] = {
	{ "csv", NULL, "As CSV, with the names of its columns." },
	END,
};
static const struct option allocate_options[] = {
	{ "schools", "FILE", "CSV of the schools' figures: ecole, poids, and perhaps minimum, maximum." },
	{ "quantity", "N", "Devices of the wave." },
	{ "seed", "SEED", "Of the draw: 64 hexadecimal digits." },
	{ "parameters", "FILE", "Points, as the JSON of /algorithmes (default: those the program comes with)." },
	{ "against", "FILE", "Another set of parameters: both results side by side." },
	{ "second-step", NULL, "Give the places that a school's list does not fill to those that wait elsewhere." },
	{ "output", "FILE", "Where the record of inputs and results goes, as JSON (also -o FILE)." },
	END,
};
static const struct option draw_options[] = {
	{ "seed", "SEED", "64 hexadecimal digits." },
	END,
};
static const struct option audit_options[] = {
	{ "head", "POSITION:HASH", "A head that was noted apart: the chain must still hold it." },
	END,
};
static const struct option outbox_list_options[] = {
	{ "state", "STATE", "Only waiting, sending, sent, failed, cancelled, stopped or demo." },
	{ "recipients", NULL, "To whom, in clear: needs the master key." },
	END,
};
static const struct option outbox_letters_options[] = {
	{ "output", "FILE", "Where the PDF goes (also -o FILE); it must not exist." },
	END,
};
static const struct option outbox_stop_options[] = {
	{ "lift", NULL, "They want messages again." },
	END,
};
static const struct option keys_options[] = {
	{ "key-file", "FILE", "Where the master key goes, outside the data folder." },
	END,
};
static const struct option user_add_options[] = {
	{ "name", "NAME", "First and last name." },
	{ "organisation", "NAME", "Name or SIRET of the organisation where the role is held." },
	{ "new-organisation", NULL, "Make the organisation when there is none of that name." },
	{ "role", "ROLE", "mediator, structure_manager, desk_agent, school_referent, landlord, technician, programme_officer, "
	  "authorising_officer, public_accountant, cashier, coordinator, dpo or admin." },
	END,
};
static const struct option user_role_options[] = {
	{ "organisation", "NAME", "Name or SIRET of the organisation where the role is held." },
	{ "new-organisation", NULL, "Make the organisation when there is none of that name." },
	{ "role", "ROLE", "The role to give (see gabare help user add)." },
	{ "remove", NULL, "Take the role away instead." },
	END,
};
static const struct option user_reset_options[] = {
	{ "without-code", NULL, "Forget the authenticator application and the recovery codes too." },
	{ "without-identity", NULL, "Unlink the identity at the provider ([oidc]) too, and end the sessions." },
	END,
};
static const struct option user_sessions_options[] = {
	{ "end", NULL, "End them all." },
	END,
};
static const struct option help_options[] = {
	{ "markdown", NULL, "The whole reference, as docs/cli.md." },
	{ "man", NULL, "The whole reference, as a man page." },
	END,
};

const struct command commands[] = {
	{ "serve", "", 0, 0, "Serve the city's pages.",
	  "On a machine without data or configuration, makes a demonstration city and serves it to this machine alone.\n"
	  "On an address other than this machine's, give TLS (--tls-cert, --tls-key) or a trusted proxy (web.trusted_proxies):\n"
	  "without them only public pages are served. SIGTERM stops after the requests under way; SIGHUP reads the configuration\n"
	  "again, process by process.",
	  serve_options, cmd_serve },
	{ "init", "", 0, 0, "Set a city up.",
	  "Asks the city's name, public address, help line, hours and desk; without a terminal, takes the defaults or --city FILE.\n"
	  "Makes the database and gabare.ini in the data folder. Makes no key: gabare keys init does.",
	  init_options, cmd_init },
	{ "migrate", "", 0, 0, "Bring the data to this program's version.",
	  "Saves the database beside itself first, then applies each migration in one transaction.", migrate_options, cmd_migrate },
	{ "demo", "", 0, 0, "Fill the database with an invented city.",
	  "Places and people are invented and marked as such; nothing is ever sent.", NULL, cmd_demo },
	{ "import places", "FILE", 1, 1, "Take in places of the national schema.",
	  "Reads the national schema of digital mediation places, v1.0.2, v0.1.1 and the layouts between, tolerantly; what cannot be\n"
	  "stored goes to the rejects file with its reasons. The same file twice changes nothing. CSV, JSON or GeoJSON; other columns\n"
	  "are read with a layout (gabare layout propose).",
	  import_options, cmd_import_places },
	{ "import undo", "SOURCE", 1, 1, "Take back the last import of a source, whole.",
	  "What it changed is as before, what it brought is gone; what somebody has changed by hand since stays. The same file may be\n"
	  "imported again.", NULL, cmd_import_undo },
	{ "layout propose", "FILE", 1, 1, "Propose how a file with columns of its own is read.",
	  "Looks through the file and writes a layout as JSON, to be looked at and corrected: what each column is, what the written values\n"
	  "mean. What it could not tell is left empty, and is not read.",
	  layout_options, cmd_layout_propose },
	{ "layout save", "SOURCE FILE", 2, 2, "Keep a layout for the files of a source.",
	  "From then on, gabare import places --source SOURCE reads its files so.", NULL, cmd_layout_save },
	{ "layout list", "", 0, 0, "List the layouts that are kept.",
	  "One a line: its source, the day, and who kept it.", NULL, cmd_layout_list },
	{ "layout show", "SOURCE", 1, 1, "Write a layout that is kept.",
	  "As JSON, as gabare layout save takes it.", NULL, cmd_layout_show },
	{ "layout forget", "SOURCE", 1, 1, "Keep a layout no longer.", "What was imported with it stays.", NULL, cmd_layout_forget },
	{ "import communes", "FILE", 1, 1, "Take in communes and their postal codes.",
	  "Reads the national file of postal codes (CSV, with centres) and lists of communes (JSON: code, nom, codesPostaux, centre).\n"
	  "What one file does not say, another adds: the accents of names, a centre.",
	  gazetteer_options, cmd_import_communes },
	{ "import streets", "FILE", 1, 1, "Take in the streets of an address file.",
	  "Reads a Base Adresse Locale (CSV, 1.4 or 1.5): one street for all its numbers, at their middle. Communes come first.",
	  gazetteer_options, cmd_import_streets },
	{ "import areas", "FILE", 1, 1, "Take in the outlines of districts or priority areas.",
	  "Reads GeoJSON polygons in WGS84. The file is the whole of its kind from a day on: areas that it does not have end then.",
	  areas_options, cmd_import_areas },
	{ "import wifi", "FILE", 1, 1, "Take in the sites of free public wifi.",
	  "Reads CSV or GeoJSON, under the column names that cities use. The file is the whole: sites that it does not have end, and\n"
	  "the same file twice changes nothing.",
	  gazetteer_options, cmd_import_wifi },
	{ "import schools", "FILE", 1, 1, "Take in what a file says of schools.",
	  "Reads the list of schools with their social index (JSON), the State's directory (CSV with a UAI and a name), points (GeoJSON: for\n"
	  "schools that have none), priority networks (CSV uai,rep), or the names a city gives to its schools (CSV with a name and no UAI, for\n"
	  "one --commune): those are matched on /agent/ecoles/orthographes. A file changes only what it says; twice changes nothing. Districts and\n"
	  "priority areas are those of the day of the import: take the areas in first.",
	  schools_options, cmd_import_schools },
	{ "export places", "", 0, 0, "Write the places in the national schema.",
	  "Export, import and export again give the same bytes. With data-inclusion: one object with structures and services, by that\n"
	  "schema's version 1.",
	  export_options, cmd_export_places },
	{ "guide", "", 0, 0, "Make the paper guide of the places.",
	  "An A5 booklet, as a tagged PDF: districts and communes with their places, advice, and what is where. Each place has a code for\n"
	  "telephones when the city has a public address.",
	  guide_options, cmd_guide },
	{ "content export", "DIR", 1, 1, "Write the procedures and the advice as files.",
	  "DIR/demarches/NAME.fr.md, .simple.md, .en.md, .ar.md, and DIR/conseils: what the public reads today, to be kept in git. Files that\n"
	  "say the same already are left as they are; drafts and withdrawn pages are left out.",
	  NULL, cmd_content_export },
	{ "content import", "DIR", 1, 1, "Publish the procedures and the advice from files.",
	  "As gabare content export writes them. A file that says what the public reads already changes nothing; one that cannot be\n"
	  "published is told by its line, and the others are taken. Drafts stay beside.",
	  content_import_options, cmd_content_import },
	{ "census list", "", 0, 0, "The editions of the census.",
	  "Name, state, day until which one answers, when it was closed, places and SHA-256 of its frozen file, separated by tabs. Editions\n"
	  "are opened and closed on /agent/recensement.",
	  NULL, cmd_census_list },
	{ "census export", "NAME", 1, 1, "Print the file of an edition.",
	  "The directory of the moment when it was closed, as CSV, without the contacts that were withdrawn since.", NULL, cmd_census_export },
	{ "census check", "NAME", 1, 1, "Is the frozen file of an edition what was frozen?",
	  "Computes the SHA-256 of its CSV and of its whole records again. Exit 1 when one differs.", NULL,
	  cmd_census_check },
	{ "census withdraw", "NAME PLACE CONTACT", 3, 3, "Withdraw a contact of a place from a closed edition.",
	  "Exports and guides of the edition leave it out from now on; the frozen record stays, and its digest. CONTACT is telephone, courriels,\n"
	  "site_web, prise_rdv, complement_adresse or presentation. It is taken back on /agent/recensement.",
	  withdraw_options, cmd_census_withdraw },
	{ "hours", "[EXPR]", 0, 1, "What opening hours say of a moment.",
	  "Prints open, closed or unknown, the comment, and when that changes next (or -), separated by tabs, for Nantes and the French\n"
	  "calendar. With --from-french, prose becomes an expression when that loses nothing. What is not understood is refused with its\n"
	  "column (exit 2).",
	  hours_options, cmd_hours },
	{ "config", "", 0, 0, "Show the configuration in force, with its help.",
	  "Settings come from the defaults, then gabare.ini, then the environment (GABARE_SECTION_NAME).", NULL, cmd_config },
	{ "check", "", 0, 0, "Check configuration, schema and integrity.", "Reads only.", NULL, cmd_check },
	{ "allocate match", "DEVICES NEEDS", 2, 2, "Match devices to needs at the least cost.",
	  "Both CSV: id, genre (portable, fixe, tablette), memoire (GB), ecran (inches), note (A, B, C); of needs, an empty cell does not\n"
	  "matter. Writes CSV: dossier, appareil, cout. Exit 3 when somebody is left without a device.", NULL, cmd_allocate_match },
	{ "allocate replay", "RECORD", 1, 1, "Run a recorded allocation again.",
	  "Exit 0 when it gives the same bytes, 1 when it does not.", NULL, cmd_allocate_replay },
	{ "allocate verify", "", 0, 0, "Run every allocation that the database keeps again.",
	  "Exit 0 when each gives the bytes that are kept, and they bear their digest; 1 when one does not, which is named.", NULL, cmd_allocate_verify },
	{ "allocate", "FILE", 1, 1, "Propose who gets a device, by published rules.",
	  "Reads pseudonymous files (CSV: id, ecole, and facts; empty is unknown), shares the quantity between schools, ranks each school's\n"
	  "files by points, breaks ties by the draw, and writes the result as CSV. Needs no database; the same input gives the same bytes.",
	  allocate_options, cmd_allocate },
	{ "draw commit", "", 0, 0, "Make a draw's seed and its commitment.",
	  "The commitment, SHA-256 of the seed's text, is published before the list closes; the seed afterwards.", draw_options, cmd_draw_commit },
	{ "draw verify", "COMMITMENT", 1, 1, "Check a published seed against its commitment.",
	  "Exit 0 when it is the one that was committed to, 1 when it is not. As printf %s SEED | sha256sum does.", draw_options, cmd_draw_verify },
	{ "draw", "FILE", 1, 1, "Do a published draw again.",
	  "Reads ids, one a line (or the column id of a CSV), and writes them in the draw's order: place, id, key. A key is what\n"
	  "printf %s ID | openssl dgst -sha256 -hmac SEED prints.", draw_options, cmd_draw },
	{ "duplicates", "", 0, 0, "The places that are perhaps recorded twice.",
	  "The likeliest first, at most 500: score of 100, metres between them, then id, name, address and commune of each, and why, separated\n"
	  "by tabs. Pairs that somebody has said to be two places are left out. Reads only.",
	  duplicates_options, cmd_duplicates },
	{ "registry", "", 0, 0, "The registry of personal data.",
	  "What is held on people, why, by what right, for whom and how long, in French, as Markdown: what docs/aipd.md holds.", NULL, cmd_registry },
	{ "audit", "", 0, 0, "Is the audit log what was written?",
	  "Computes the chain of its seals again and prints its head. Exit 1 and the first bad row when a row or a seal was changed, taken\n"
	  "out or slipped in. Note the head apart from the data: who rewrites the whole log is found by --head only.",
	  audit_options, cmd_audit },
	{ "backup", "FILE", 1, 1, "Copy the database to a file, while serving.",
	  "The file must not exist. Keys are not in it: it names the key's identifier in FILE.key-id.", NULL, cmd_backup },
	{ "restore", "FILE", 1, 1, "Put a backup in place of an empty or missing database.",
	  "Refuses a database that holds something. Run it with the server stopped.", NULL, cmd_restore },
	{ "outbox list", "", 0, 0, "The messages: which went, which wait, which failed and why.",
	  "The last thousand: number, time, channel, template, state, attempts, reason, separated by tabs. Reasons: refused (for good),\n"
	  "later (the relay will take it another time), both with its codes; address, unreadable: ours cannot be written or opened;\n"
	  "unreachable, login, certificate, relay, vault: nothing leaves by this channel now, and it is tried again by itself.",
	  outbox_list_options, cmd_outbox_list },
	{ "outbox retry", "ID|all", 1, 1, "Try a message again now, or all that failed.", "What a message said is forgotten after 30 days.", NULL,
	  cmd_outbox_retry },
	{ "outbox cancel", "ID", 1, 1, "Give a message up that has not left.", "", NULL, cmd_outbox_cancel },
	{ "outbox test", "ADDRESS", 1, 1, "Send a first message, to see whether it arrives.",
	  "ADDRESS is an e-mail address, a telephone number, or a postal address of several lines. Prints the message's number, for\n"
	  "gabare outbox list.",
	  NULL, cmd_outbox_test },
	{ "outbox measure", "TEXT", 1, 1, "How long a text is as an SMS.",
	  "Prints it as it would be sent, in the alphabet of telephones when it fits, with its length and the segments that are paid for.",
	  NULL, cmd_outbox_measure },
	{ "outbox letters", "", 0, 0, "Print the letters that wait, in one PDF.",
	  "A4, a letter a page, for window envelopes; fold at the marks. Once the file is on the disk, its letters count as sent; gabare\n"
	  "outbox retry puts one back for the next time.",
	  outbox_letters_options, cmd_outbox_letters },
	{ "outbox stop", "ADDRESS", 1, 1, "Never write to an address again.",
	  "For who asked for no more messages: what waits for them does not leave, and what is queued later does not either. Only a keyed\n"
	  "hash of the address is kept.",
	  outbox_stop_options, cmd_outbox_stop },
	{ "keys init", "", 0, 0, "Make the master key that encrypts people's data.",
	  "Writes it to --key-file, readable by its owner alone, and prints its identifier. Keep a copy apart from the backups:\n"
	  "without it, encrypted columns are lost.",
	  keys_options, cmd_keys_init },
	{ "keys rotate", "", 0, 0, "Replace the master key while serving.",
	  "Puts a new master key into the key file, which keeps the one before. Then reload the service (SIGHUP): what is sealed is sealed again\n"
	  "under the new key, little by little, while pages are served. gabare keys status says how far it is; gabare keys retire ends it.",
	  NULL, cmd_keys_rotate },
	{ "keys status", "", 0, 0, "Which master key is in use, and how far its replacement is.",
	  "How many values were sealed again, in which pass, and how many neither key opens.", NULL, cmd_keys_status },
	{ "keys retire", "", 0, 0, "Take the key before out of the key file, once nothing is sealed under it.",
	  "Then reload the service. Backups made before the rotation need that key: keep it, apart from them, as long as they live.", NULL, cmd_keys_retire },
	{ "user add", "EMAIL", 1, 1, "Give somebody an account, with a role in an organisation.",
	  "Prints an invitation, good for two weeks, with which the person chooses a password. The first administrator is made here:\n"
	  "gabare user add EMAIL --name NAME --role admin --organisation CITY --new-organisation.",
	  user_add_options, cmd_user_add },
	{ "user list", "", 0, 0, "List the accounts and their roles.",
	  "Opens names and addresses with the city's key. After the state: code where an application's code is asked, identity where one at the\n"
	  "provider ([oidc]) is linked, - for neither.", NULL, cmd_user_list },
	{ "user disable", "EMAIL", 1, 1, "Close an account and its sessions.", "Nothing is deleted; gabare user enable opens it again.", NULL, cmd_user_disable },
	{ "user enable", "EMAIL", 1, 1, "Open an account that was closed.", "", NULL, cmd_user_enable },
	{ "user role", "EMAIL", 1, 1, "Give a role in an organisation, or take it away.",
	  "authorising_officer, public_accountant and cashier are never held by one person.", user_role_options, cmd_user_role },
	{ "user reset", "EMAIL", 1, 1, "Print a new invitation, to choose another password.",
	  "The password in force stays good until then. With --without-code, for who has lost telephone and recovery codes;\n"
	  "with --without-identity, for whose identity at the provider is in other hands.",
	  user_reset_options, cmd_user_reset },
	{ "user sessions", "EMAIL", 1, 1, "List somebody's open sessions, or end them.", "", user_sessions_options, cmd_user_sessions },
	{ "help", "[COMMAND]", 0, 2, "This list, or one command's help.", "", help_options, cmd_help },
	{ "version", "", 0, 0, "The program's version.", "", NULL, cmd_version },
};
const size_t commands_count = lengthof(commands);

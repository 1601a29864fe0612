/* The table of personal data; see registry.h. Adding a sealed column: its line here, then gabare registry > docs/aipd.md. */
#include "people/registry.h"

#include "html/i18n.h"

#define OWNER N_("L’organisation qui a ouvert le dossier")
#define CITY N_("La ville")
#define CAMPAIGN N_("L’organisation qui conduit la campagne")
#define EMPLOYER N_("La ville, et l’organisation où la personne travaille")
#define MISSION N_("Mission d’intérêt public (RGPD, art. 6.1.e)")
#define LAW N_("Obligation légale (RGPD, art. 6.1.c)")
#define CONSENT N_("Consentement (RGPD, art. 6.1.a)")
#define AGENTS N_("Les agents de cette organisation qui suivent les familles ; une autre, si le dossier est partagé avec elle")
#define THE_AGENT N_("La personne elle-même, et qui gère les comptes de son organisation")
#define NOBODY N_("Personne : un calcul que la base ne sait pas lire")
#define FILE_TIME N_("2 ans ; 3 mois pour une famille nommée et jamais rencontrée")
#define LIST_SEEN N_("Qui a envoyé la liste ; les agents de l’organisation qui suit les familles, une fois que l’école l’a confirmée")
#define LIST_TIME N_("Jusqu’à ce qu’elle soit prise ou abandonnée, 7 jours au plus")
#define OFFICERS N_("Les agents de cette organisation qui conduisent la campagne")
#define LOAN_TIME N_("Comme le dossier du foyer, que le prêt tient 5 ans après sa fin")
#define LOAN_END N_("La fin du prêt")
#define FILE_EVENT N_("Le dernier contact ; sinon l’ouverture du dossier")

/* Each text is marked where it stands in the defines above, or here. */
const struct registry_line registry[] = {
	{ "household", "key_enc", N_("Clé du dossier d’un foyer"), N_("Sceller l’adresse et les notes du foyer ; la détruire, c’est les effacer"), OWNER,
		MISSION, NOBODY, FILE_TIME, FILE_EVENT,
		"purge-people" },
	{ "household", "address_enc", N_("Adresse du foyer"),
		N_("Trouver l’aide la plus proche, écrire, savoir si une action du quartier concerne le foyer"), OWNER, MISSION, AGENTS, FILE_TIME,
		FILE_EVENT, "purge-people" },
	{ "household", "district_code district priority_area_code priority_area areas_on", N_("Quartier et quartier prioritaire, à la date de l’adresse"),
		N_("Appliquer les règles d’une action par quartier, compter sans nommer"), OWNER, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "household", "ground_school ground_rights origin", N_("Motif du suivi, et par qui la famille a été nommée"),
		N_("Suivre la continuité scolaire ou l’accès aux droits ; dire à la famille d’où vient son nom"),
		OWNER, MISSION, AGENTS, N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "household", "card_index", N_("Empreinte du code de la carte du foyer"), N_("Retrouver le dossier par la carte, sans nom ni papier d’identité"),
		OWNER, MISSION, NOBODY, FILE_TIME, FILE_EVENT,
		"purge-people" },
	{ "household_visit", "id_hash", N_("Visite d’une famille sur sa page, par sa carte"), N_("Lui montrer son dossier sans compte ni mot de passe"),
		OWNER, MISSION, NOBODY,
		N_("30 minutes au plus"), N_("L’ouverture de la page"), "purge-people" },
	{ "household", "contact_at notice_at", N_("Dates du dernier contact et de l’information donnée"),
		N_("Savoir quand le dossier doit être effacé, prouver que la famille a été informée"), OWNER, LAW, AGENTS,
		FILE_TIME, FILE_EVENT, "" },
	{ "person", "key_enc", N_("Clé d’une personne"), N_("Sceller ce qui la nomme ; la détruire, c’est l’effacer"), OWNER, MISSION, NOBODY, FILE_TIME,
		FILE_EVENT, "purge-people" },
	{ "person", "given_enc family_enc", N_("Prénom et nom d’un adulte ; prénom seul d’un enfant"), N_("S’adresser à la bonne personne"), OWNER, MISSION,
		AGENTS, FILE_TIME, FILE_EVENT, "purge-people" },
	{ "person", "birth_year_enc", N_("Année de naissance, facultative"), N_("Distinguer deux personnes du même nom ; ouvrir sa page sans mot de passe"),
		OWNER, MISSION, AGENTS, FILE_TIME, FILE_EVENT,
		"purge-people" },
	{ "person", "phone_enc mail_enc", N_("Téléphone et courriel d’un adulte, facultatifs"), N_("Joindre la famille"), OWNER, MISSION, AGENTS, FILE_TIME,
		FILE_EVENT, "purge-people" },
	{ "person", "school_enc class", N_("École et classe d’un enfant"), N_("Savoir si une action scolaire concerne le foyer"), OWNER, MISSION, AGENTS,
		FILE_TIME, FILE_EVENT, "purge-people" },
	{ "person", "language channel", N_("Langue et façon d’être joint"),
		N_("Écrire et parler de façon à être compris ; les rappels par SMS demandent l’accord de la personne"), OWNER, CONSENT, AGENTS,
		FILE_TIME, FILE_EVENT, "" },
	{ "household_past", "address_enc ground_school ground_rights origin", N_("Ce que le dossier disait avant son dernier changement"), N_("Réparer une erreur"),
		OWNER, MISSION, AGENTS, N_("Jusqu’au changement suivant, et pas plus que le dossier"), N_("Le changement"), "purge-people" },
	{ "person_past", "given_enc family_enc birth_year_enc phone_enc mail_enc school_enc class language channel",
		N_("Ce qui était noté d’une personne avant le dernier changement"), N_("Réparer une erreur"), OWNER, MISSION, AGENTS,
		N_("Jusqu’au changement suivant, et pas plus que le dossier"), N_("Le changement"), "purge-people" },
	{ "person_token", "hash", N_("Empreintes des mots des noms et des téléphones"), N_("Retrouver un dossier malgré les façons d’écrire un nom"), OWNER,
		MISSION, NOBODY, FILE_TIME, FILE_EVENT, "purge-people" },
	{ "household_note", "text_enc", N_("Notes sur le suivi"),
		N_("Ne pas faire répéter la famille ; elles font partie de ce qui lui est remis si elle le demande"), OWNER, MISSION, AGENTS, FILE_TIME,
		FILE_EVENT, "purge-people" },
	{ "family_file_child", "named_enc", N_("Noms d’un parent et d’un enfant, comme une école ou un service les a donnés"),
		N_("Montrer à l’école la famille qu’elle a nommée, et rien d’autre"), CAMPAIGN, MISSION,
		N_("L’école qui a nommé la famille ; les agents de l’organisation qui la suivent"), FILE_TIME, FILE_EVENT, "purge-people" },
	{ "family_file_child", "class by_school", N_("Classe et école pour lesquelles une famille a été nommée"),
		N_("Appliquer les règles d’une campagne d’équipement"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "family_file", "public_id state since_day reason school_id", N_("Où en est une famille dans une campagne d’équipement, et la raison d’un refus"),
		N_("L’équiper, lui répondre si elle conteste"), CAMPAIGN, MISSION,
		N_("Les agents de cette organisation qui suivent les familles ; un mot à l’école qui l’a nommée"),
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "family_file_event", "before after day reason user_id", N_("Ce qui s’est passé dans le dossier d’équipement d’une famille"),
		N_("Savoir qui a décidé quoi, et pourquoi"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "household_access_part", "content_enc", N_("Document de tout ce qui est gardé sur un foyer, qu’il a demandé"), N_("Le lui remettre"), OWNER, LAW, AGENTS,
		N_("1 jour"), N_("La demande"), "purge-people" },
	{ "household_triage", "answers_enc", N_("Réponses données à l’accueil : appareil, connexion, ce que la personne sait faire"),
		N_("Préparer l’aide la prochaine fois"), OWNER, CONSENT, AGENTS, N_("1 an, et pas plus que le dossier ; remplacées par les suivantes"),
		N_("Les réponses"), "purge-triage" },
	{ "family_list", "key_enc head_enc schools_enc", N_("Clé d’une liste de familles, noms de ses colonnes et d’écoles"),
		N_("Sceller ce qu’une école ou un service envoie ; la détruire, c’est l’effacer"), CAMPAIGN, MISSION, LIST_SEEN, LIST_TIME, N_("L’envoi de la liste"),
		"purge-lists" },
	{ "family_list_piece", "piece_enc", N_("Fichier d’une liste de familles, tel qu’il est envoyé"), N_("Le lire"), CAMPAIGN, MISSION, NOBODY,
		N_("Jusqu’à ce qu’il soit lu : quelques secondes"), N_("L’envoi de la liste"), "purge-lists" },
	{ "family_list_row", "cells_enc", N_("Lignes d’une liste de familles, sans les colonnes qui ne sont jamais reprises"),
		N_("Y trouver les familles à appeler ; dire quelles lignes ne peuvent pas être prises"), CAMPAIGN, MISSION, LIST_SEEN, LIST_TIME, N_("L’envoi de la liste"),
		"purge-lists" },
	{ "award_answer", "value day user_id", N_("Ce qu’une famille dit de son équipement, de sa connexion et de ses études, pour l’attribution"),
		N_("Compter ses points par la règle publiée, lui dire pourquoi elle a ce rang"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "award_line", "rank points facts", N_("Points, rang et réponses d’un dossier dans un calcul d’attribution, par numéros"),
		N_("Pouvoir refaire le calcul, expliquer un rang, répondre à un recours"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "award_decision", "act reason day user_id", N_("Ce qui a été décidé d’une demande d’ordinateur, par qui et pourquoi"),
		N_("Dire à la famille qui a décidé, répondre à un recours"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "match_wish", "kind memory_gb large_screen day user_id", N_("L’appareil qu’une famille demande, sans la raison"),
		N_("Lui garder un appareil qui lui convient"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "match_line", "device_id need cost", N_("L’appareil proposé pour un dossier, et ce qu’il demandait, par numéros"),
		N_("Pouvoir refaire le calcul, dire pourquoi cet appareil"), CAMPAIGN, MISSION, OFFICERS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "match_change", "device_id reason user_id", N_("Ce qu’un agent a changé à l’appareil proposé pour un dossier"),
		N_("Savoir qui a décidé, et pourquoi"), CAMPAIGN, MISSION, OFFICERS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "match_kept", "device_id result", N_("L’appareil gardé pour un dossier, et ce qu’il en est"),
		N_("Préparer les remises"), CAMPAIGN, MISSION, OFFICERS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "charter_act", "filled_enc", N_("Charte d’engagement : ce qui remplit ses blancs (noms des adultes, école, association, numéro du dossier)"),
		N_("Imprimer à nouveau exactement ce qui a été signé"), CAMPAIGN, MISSION, OFFICERS, LOAN_TIME, LOAN_END, "purge-people" },
	{ "charter_signature", "name_enc quality order_number order_day day", N_("Charte d’engagement : qui a signé, en quelle qualité, quel jour"),
		N_("Prouver ce à quoi la famille, la ville, l’école et l’association se sont engagées"), CAMPAIGN, MISSION, OFFICERS, LOAN_TIME, LOAN_END,
		"purge-people" },
	{ "charter_part", "content_enc", N_("Charte d’engagement : copies de ce qui est signé sur papier, et document à imprimer"),
		N_("Prouver ce qui a été signé"), CAMPAIGN, MISSION, OFFICERS, N_("5 ans après la fin du prêt ; 1 an quand aucun prêt n’a suivi"), LOAN_END,
		"purge-charters" },
	{ "charter_bundle", "key_enc", N_("Clé du document qui réunit les chartes d’une école"), N_("Le sceller ; la détruire, c’est l’effacer"), CAMPAIGN, MISSION,
		OFFICERS, N_("1 jour"), N_("La demande"), "purge-piles" },
	{ "charter_bundle_part", "content_enc", N_("Document qui réunit les chartes d’une école, avec sa feuille d’émargement"),
		N_("Les faire signer en une fois"), CAMPAIGN, MISSION, OFFICERS, N_("1 jour"), N_("La demande"), "purge-piles" },
	{ "handover", "receipt_enc", N_("Reçu d’un ordinateur remis à une famille : noms, poste, accessoires, premier atelier"),
		N_("Prouver ce qui a été remis, à qui, et le réimprimer pareil"), CAMPAIGN, MISSION,
		N_("La famille ; qui conduit la campagne"), N_("Comme le dossier, tenu pendant le prêt et 5 ans après"), FILE_EVENT, "purge-people" },
	{ "handover_pdf", "pdf_enc", N_("Le même reçu, en PDF"), N_("Prouver ce qui a été remis, à qui, et le réimprimer pareil"), CAMPAIGN, MISSION,
		N_("La famille ; qui conduit la campagne"), N_("Comme le dossier, tenu pendant le prêt et 5 ans après"), FILE_EVENT, "purge-people" },
	{ "handover", "gift accessories seen workshop_place workshop_day workshop_hour", N_("Ce qui est parti avec l’ordinateur, et le premier atelier"),
		N_("Accompagner la famille après la remise"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "handover_booking", "day_id slot", N_("Jour et heure où une famille vient chercher son ordinateur"), N_("L’attendre, l’appeler"), CAMPAIGN, MISSION,
		AGENTS, N_("60 jours"), N_("Ce jour"), "purge-handover" },
	{ "handover_notice", "told channel user_id", N_("Ce qu’une famille sait de ce jour, et par quel moyen elle l’a su"),
		N_("Ne pas la prévenir deux fois, appeler celles qui ne savent pas"), CAMPAIGN, MISSION, AGENTS, N_("60 jours"), N_("Ce jour"), "purge-handover" },
	{ "device_loan", "title from_day ended_day ended_why", N_("Quel ordinateur une famille a eu, et jusqu’à quand"),
		N_("Savoir où sont les ordinateurs prêtés, les reprendre, les réparer"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "care_ticket", "said_enc", N_("Ce qu’une famille dit de la panne de son ordinateur"), N_("Réparer sans la faire répéter"), CAMPAIGN, MISSION, AGENTS,
		N_("1 an, et pas plus que le dossier"), N_("La fin du suivi de la panne"), "purge-breakdown-words" },
	{ "care_ticket", "symptom finding state since_day opened_day", N_("Pannes de l’ordinateur d’une famille, et où elles en sont"),
		N_("Le réparer ou le remplacer, en prêter un autre pendant ce temps"), CAMPAIGN, MISSION, AGENTS,
		N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "care_event", "before after day reason user_id", N_("Ce qui s’est passé dans le suivi d’une panne"), N_("Savoir qui a fait quoi"), CAMPAIGN, MISSION,
		AGENTS, N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "care_end", "report_enc", N_("Déclaration de vol d’un ordinateur : son numéro, son jour, où elle a été déposée"),
		N_("Prouver à qui possède l’ordinateur qu’il a été volé"), CAMPAIGN, MISSION, N_("Qui conduit les programmes dans cette organisation"), FILE_TIME, FILE_EVENT,
		"purge-people" },
	{ "care_end", "kind reason day user_id", N_("Ordinateur rendu, perdu ou volé"), N_("Savoir où est chaque ordinateur, finir un prêt"), CAMPAIGN, MISSION,
		AGENTS, N_("Comme le dossier ; ensuite pour compter, sans rien qui nomme"), FILE_EVENT, "" },
	{ "meeting_guest", "channel reply came user_id", N_("Réunions de présentation où une famille a été invitée, sa réponse, et si elle est venue"),
		N_("L’inviter une seule fois, savoir qui appeler, savoir qui a entendu ce à quoi le prêt engage"), CAMPAIGN, MISSION, AGENTS,
		N_("2 ans pour la réponse ; ensuite la présence, pour compter, sans rien qui nomme"), N_("La réunion"), "purge-meetings" },
	{ "household_share", "reason until", N_("Partages d’un dossier avec une autre organisation"),
		N_("Accompagner à plusieurs, pour une raison et un temps dits d’avance"), OWNER, CONSENT, AGENTS,
		FILE_TIME, FILE_EVENT, "" },
	{ "audit", "user_id object_id", N_("Journal : qui a vu ou changé quel dossier, par numéros"), N_("Rendre compte des accès, trouver un abus"), CITY, LAW,
		N_("La protection des données, l’administration ; pour un dossier, les agents qui le suivent"), N_("1 an"), N_("L’écriture de la ligne"), "purge-audit" },
	{ "user_account", "email_index email_enc name_enc", N_("Nom et courriel professionnels d’un agent"),
		N_("Ouvrir son compte, être nommé auprès de ses collègues"), EMPLOYER, MISSION, THE_AGENT,
		N_("Tant que le compte sert"), N_("La fermeture du compte"), "" },
	{ "user_account", "totp_enc totp_new_enc password_hash", N_("Secrets de connexion d’un agent"), N_("Vérifier que c’est bien lui"), EMPLOYER, LAW,
		NOBODY, N_("Tant que le compte sert"),
		N_("Leur changement, ou la fermeture du compte"), "" },
	{ "user_identity", "subject_index issuer", N_("Empreinte de l’identité d’un agent chez un fournisseur (ProConnect)"),
		N_("Ouvrir son compte par cette identité"),
		EMPLOYER, MISSION, NOBODY, N_("Tant que le lien tient"), N_("La fin du lien, ou la fermeture du compte"), "" },
	{ "identity_session", "token_enc session_hash", N_("Jetons d’une connexion par un fournisseur d’identité"),
		N_("Revenir du fournisseur, et y finir la session en partant"), EMPLOYER, MISSION, NOBODY, N_("12 heures au plus"), N_("L’ouverture de la session"),
		"purge-accounts" },
	{ "session", "id_hash device", N_("Sessions ouvertes et sorte de navigateur"), N_("Voir ses sessions, les fermer"), EMPLOYER, LAW, THE_AGENT,
		N_("12 heures au plus"), N_("L’ouverture de la session"),
		"purge-sessions" },
	{ "login_failure", "key", N_("Empreinte d’un compte et d’un réseau après un mot de passe faux"), N_("Ralentir qui devine des mots de passe"), CITY,
		LAW, NOBODY, N_("1 jour"), N_("Le dernier essai"),
		"purge-accounts" },
	{ "outbox", "recipient_enc recipient_index subject_enc body_enc leave_enc", N_("Messages : à qui, et ce qu’ils disent"),
		N_("Les envoyer, voir ceux qui n’arrivent pas"), CITY, MISSION,
		N_("La coordination et l’administration ; le relais de courriel ou de SMS"), N_("30 jours ; qu’un message est parti, 1 an"), N_("L’envoi"), "purge-bodies" },
	{ "msg_stop", "recipient_index", N_("Empreinte d’une adresse à qui l’on n’écrit plus"), N_("Respecter ce refus"), CITY, LAW, NOBODY,
		N_("Tant que le refus tient"), N_("La demande contraire"), "" },
	{ "place_report", "contact_enc", N_("Adresse ou téléphone laissé en signalant une erreur"), N_("Répondre à qui a signalé"), CITY, MISSION,
		N_("La coordination"), N_("3 mois"), N_("Le signalement"),
		"purge-contacts" },
	{ "print_delivery", "received_enc", N_("Qui a reçu une livraison de guides"), N_("Répondre à une structure qui dit n’avoir rien reçu"), CITY, MISSION,
		N_("La coordination, la structure livrée"), N_("1 an"), N_("La livraison"), "purge-delivery-names" },
	{ "network_contact", "email_index code_index email_enc name_enc job_enc phone_enc", N_("Contact d’une structure qui accepte que le réseau lui écrive"),
		N_("Écrire à qui l’a accepté, et pouvoir le prouver"), CITY, CONSENT, N_("La coordination, la structure du contact"),
		N_("Tant que l’accord tient, redemandé après 3 ans ; 3 mois sans réponse"), N_("La demande d’accord"), "purge-network" },
	{ "network_refusal", "email_index", N_("Empreinte d’une adresse qui a refusé le réseau"), N_("Respecter ce refus"), CITY, LAW, NOBODY,
		N_("Tant que le refus tient"),
		N_("La demande contraire"), "" },
	{ "census_ask", "code_index", N_("Empreinte du lien personnel d’une structure au recensement"),
		N_("Laisser la structure corriger sa fiche sans compte"), CITY, MISSION, NOBODY, N_("Le temps de l’édition"),
		N_("La clôture de l’édition"), "" },
};
const size_t registry_count = lengthof(registry);

const char *const registry_never[] = {
	N_("Numéro de sécurité sociale"), N_("rien n’en a besoin ici"),
	N_("Numéro fiscal, avis d’imposition"), N_("l’agent note qu’il l’a vu, le jour et par qui"),
	N_("Copie d’une pièce d’identité"), N_("le code de la carte, ou une question, suffit"),
	N_("Mot de passe d’une personne"), N_("l’agent l’aide à le changer, et ne le connaît pas"),
	N_("Nationalité, titre de séjour"), N_("aucune règle ne s’en sert"),
	N_("Santé, handicap"), N_("ce qu’il faut prévoir se dit sans dire pourquoi"),
	N_("Numéro de carte bancaire"), N_("rien ne se paie ici"),
	NULL,
};

/* ---- docs/aipd.md ---- */

static void put_field(struct buf *b, const char *label, const char *text)
{
	buf_printf(b, "- %s : %s\n", label, text);
}

static void put_line(struct buf *b, const struct registry_line *l)
{
	buf_printf(b, "### %s\n\n", l->what);
	put_field(b, "Pourquoi", l->why);
	put_field(b, "Responsable", l->controller);
	put_field(b, "Base légale", l->basis);
	put_field(b, "Qui le voit", l->recipients);
	buf_printf(b, "- Gardé : %s (à partir de : %s)%s%s\n", l->kept, l->until, *l->job ? " ; effacé par la tâche " : "", l->job);
	buf_printf(b, "- Colonnes : `%s` (%s)\n\n", l->table, l->columns);
}

static const char *const chapters[] = {
	"# Données personnelles : registre et analyse d’impact\n\n"
	"Ce document est fait par `gabare registry` à partir de la table que le programme lui-même emploie (`src/people/registry.c`) : un test\n"
	"vérifie qu’il est à jour, et que chaque colonne scellée de la base y figure. La même table se lit dans `/agent/registre`.\n\n"
	"## Ce que l’on fait, et pour qui\n\n"
	"Un plan numérique de ville suit des foyers pour deux motifs : la continuité scolaire et l’accès aux droits. Chaque dossier appartient à une\n"
	"organisation, qui en est responsable ; les autres ne le voient que s’il est partagé avec elles, pour une raison et un temps dits d’avance.\n\n",
	"## Nécessité et proportion\n\n"
	"Un adulte : prénom, nom, et s’il le veut bien une année de naissance, un téléphone, un courriel, une langue. Un enfant : un prénom, une année de\n"
	"naissance, une classe, une école. Une adresse. Rien d’autre. Les preuves se regardent et ne se gardent pas. La famille est informée au premier\n"
	"contact, par un texte lu ou remis, et la date en est notée : l’école peut nommer une famille avant qu’elle le sache.\n\n",
	"## Risques, et ce qui les tient\n\n"
	"- **Une copie de la base est volée** : noms, adresses, téléphones et notes y sont scellés (XChaCha20-Poly1305), la clé n’y est pas. Les\n"
	"  empreintes qui servent à chercher sont calculées avec une clé ; leur fréquence trahit seulement que des noms sont courants. Restent lisibles :\n"
	"  quartier, motif, classe, langue, dates.\n"
	"- **Un agent regarde sans raison** : on cherche, on ne feuillette pas (20 réponses au plus, jamais de liste complète) ; chaque dossier vu est écrit\n"
	"  dans un journal scellé, que l’on lit depuis le dossier.\n"
	"- **Une note dit trop** : avant d’enregistrer, le programme signale un numéro de sécurité sociale, une carte, un IBAN, un mot de passe, un mot de\n"
	"  santé, d’origine ou d’impôt. Le texte signalé n’est écrit nulle part.\n"
	"- **Un dossier reste trop longtemps** : une tâche de chaque jour efface ce dont le temps est fini, et en laisse la trace sans le nom.\n"
	"- **Une personne demande l’effacement** : la clé qui scelle ce qui la nomme est détruite. Les copies de sauvegarde antérieures gardent l’ancienne\n"
	"  clé jusqu’à leur propre fin : leur durée est à fixer par la ville.\n"
	"- **Un processus du serveur est compromis** : il n’a pas les clés ; le coffre ouvre au plus un nombre de valeurs par minute, et l’écrit.\n\n",
};

void registry_markdown(struct buf *b)
{
	for (size_t i = 0; i < lengthof(chapters); i++)
		buf_put(b, str_c(chapters[i]));
	buf_put(b, S("## Ce qui n’est jamais gardé\n\n"));
	for (const char *const *n = registry_never; *n; n += 2)
		buf_printf(b, "- %s : %s.\n", n[0], n[1]);
	buf_put(b, S("\n## Registre\n\n"));
	for (size_t i = 0; i < registry_count; i++)
		put_line(b, &registry[i]);
	b->n -= b->n > 1;                        /* one line feed at the end */
}

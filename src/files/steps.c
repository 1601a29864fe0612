/* The table of the path of a file; see steps.h. */
#include "files/steps.h"

#include "html/i18n.h"

const struct file_state_words file_states[FS_COUNT] = {
	[FS_IDENTIFIED] = { "identified", N_("Identifiée"), N_("Appeler"), N_("nommée, pas encore appelée") },
	[FS_CONTACTED] = { "contacted", N_("Contactée"), N_("Inviter à la présentation"), N_("contactée") },
	[FS_INVITED] = { "invited", N_("Invitée"), N_("Noter sa présence"), N_("contactée") },
	[FS_ATTENDED] = { "attended", N_("A assisté"), N_("Décider"), N_("contactée") },
	[FS_ELIGIBLE] = { "eligible", N_("Éligible"), N_("Faire signer la charte"), N_("retenue") },
	[FS_NOT_ELIGIBLE] = { "not_eligible", N_("Non éligible"), N_("Répondre si elle conteste"), N_("non retenue") },
	[FS_SIGNED] = { "signed", N_("Charte signée"), N_("Attribuer un ordinateur"), N_("retenue") },
	[FS_ALLOCATED] = { "allocated", N_("Ordinateur attribué"), N_("Le remettre"), N_("retenue") },
	[FS_HANDED_OVER] = { "handed_over", N_("Ordinateur remis"), N_("Prendre des nouvelles"), N_("équipée") },
	[FS_FOLLOWED] = { "followed", N_("Suivie"), N_("Faire le point"), N_("équipée") },
	[FS_KEPT] = { "kept", N_("Ordinateur gardé"), "", N_("équipée") },
	[FS_REPLACED] = { "replaced", N_("Ordinateur remplacé"), N_("Prendre des nouvelles"), N_("équipée") },
	[FS_RETURNED] = { "returned", N_("Ordinateur rendu"), "", N_("dossier fini") },
	[FS_LOST] = { "lost", N_("Ordinateur perdu ou volé"), "", N_("dossier fini") },
	[FS_UNREACHABLE] = { "unreachable", N_("Injoignable"), "", N_("pas jointe") },
	[FS_WITHDRAWN] = { "withdrawn", N_("S’est retirée"), "", N_("dossier fini") },
	[FS_JOINED] = { "joined", N_("Réuni à un autre dossier"), "", N_("dossier fini") },
};

const struct file_reason file_reasons[] = {
	{ FR_REFUSED, "class", N_("aucun enfant n’est dans une classe concernée") },
	{ FR_REFUSED, "school", N_("l’école n’est pas dans la campagne") },
	{ FR_REFUSED, "equipped", N_("la famille a déjà un ordinateur qui suffit") },
	{ FR_REFUSED, "helped", N_("la famille en a déjà reçu un par le plan") },
	{ FR_APPEAL, "appeal", N_("la famille a contesté, et elle avait raison") },
	{ FR_UNREACHABLE, "calls", N_("appelée trois fois sans réponse") },
	{ FR_UNREACHABLE, "number", N_("le numéro n’est plus le sien") },
	{ FR_UNREACHABLE, "moved", N_("elle a déménagé") },
	{ FR_WITHDRAWN, "unwanted", N_("elle n’en veut pas") },
	{ FR_WITHDRAWN, "unneeded", N_("elle n’en a plus besoin") },
	{ FR_FAULT, "fault", N_("panne") },
	{ FR_FAULT, "unfit", N_("il ne convenait pas") },
	{ FR_RETURN, "finished", N_("elle n’en a plus l’usage") },
	{ FR_RETURN, "left", N_("elle quitte la ville") },
	{ FR_RETURN, "broken", N_("il n’est pas réparable, et n’est pas remplacé") },
	{ FR_LOST, "lost", N_("perdu") },
	{ FR_LOST, "stolen", N_("volé") },
	{ FR_REOPEN, "found", N_("la famille a repris contact") },
	{ FR_REOPEN, "recovered", N_("l’ordinateur a été retrouvé") },
	{ FR_REOPEN, "wrong-end", N_("ce dossier a été fini par erreur") },
	{ FR_BACK, "mistake", N_("étape notée par erreur") },
	{ FR_BACK, "changed", N_("la situation a changé") },
	{ FR_NAMED, "list", N_("la liste qui l’avait nommée a été annulée") },       /* no steps: src/lists, and what a school takes back */
	{ FR_NAMED, "school", N_("l’école l’avait nommée par erreur") },
	{ FR_NONE, NULL, NULL },
};

const struct file_step file_steps[] = {
	{ FS_IDENTIFIED, FS_CONTACTED, FW_SERVICE, FR_NONE, NULL },
	{ FS_CONTACTED, FS_INVITED, FW_SERVICE, FR_NONE, NULL },
	{ FS_INVITED, FS_ATTENDED, FW_SERVICE, FR_NONE, NULL },
	{ FS_ATTENDED, FS_ELIGIBLE, FW_OFFICER, FR_NONE, NULL },
	{ FS_ATTENDED, FS_NOT_ELIGIBLE, FW_OFFICER, FR_REFUSED, NULL },
	{ FS_NOT_ELIGIBLE, FS_ELIGIBLE, FW_OFFICER, FR_APPEAL, NULL },
	{ FS_ELIGIBLE, FS_SIGNED, FW_OFFICER, FR_NONE, N_("la charte") },
	{ FS_SIGNED, FS_ALLOCATED, FW_OFFICER, FR_NONE, N_("l’attribution") },
	{ FS_ALLOCATED, FS_HANDED_OVER, FW_OFFICER, FR_NONE, N_("la remise") },
	{ FS_HANDED_OVER, FS_FOLLOWED, FW_SERVICE, FR_NONE, NULL },
	{ FS_FOLLOWED, FS_KEPT, FW_OFFICER, FR_NONE, NULL },
	{ FS_FOLLOWED, FS_REPLACED, FW_OFFICER, FR_FAULT, N_("l’après-vente") },
	{ FS_HANDED_OVER, FS_REPLACED, FW_OFFICER, FR_FAULT, N_("l’après-vente") },
	{ FS_HANDED_OVER, FS_RETURNED, FW_OFFICER, FR_RETURN, N_("l’après-vente") },
	{ FS_HANDED_OVER, FS_LOST, FW_OFFICER, FR_LOST, N_("l’après-vente") },
	{ FS_REPLACED, FS_REPLACED, FW_OFFICER, FR_FAULT, N_("l’après-vente") },
	{ FS_REPLACED, FS_RETURNED, FW_OFFICER, FR_RETURN, N_("l’après-vente") },
	{ FS_REPLACED, FS_LOST, FW_OFFICER, FR_LOST, N_("l’après-vente") },
	{ FS_REPLACED, FS_FOLLOWED, FW_SERVICE, FR_NONE, NULL },
	{ FS_FOLLOWED, FS_RETURNED, FW_OFFICER, FR_RETURN, N_("l’après-vente") },
	{ FS_FOLLOWED, FS_LOST, FW_OFFICER, FR_LOST, N_("l’après-vente") },
	{ FS_IDENTIFIED, FS_UNREACHABLE, FW_SERVICE, FR_UNREACHABLE, NULL },
	{ FS_CONTACTED, FS_UNREACHABLE, FW_SERVICE, FR_UNREACHABLE, NULL },
	{ FS_INVITED, FS_UNREACHABLE, FW_SERVICE, FR_UNREACHABLE, NULL },
	{ FS_IDENTIFIED, FS_WITHDRAWN, FW_SERVICE, FR_WITHDRAWN, NULL },
	{ FS_CONTACTED, FS_WITHDRAWN, FW_SERVICE, FR_WITHDRAWN, NULL },
	{ FS_INVITED, FS_WITHDRAWN, FW_SERVICE, FR_WITHDRAWN, NULL },
	{ FS_ATTENDED, FS_WITHDRAWN, FW_SERVICE, FR_WITHDRAWN, NULL },
	{ FS_ELIGIBLE, FS_WITHDRAWN, FW_OFFICER, FR_WITHDRAWN, NULL },
	{ FS_SIGNED, FS_WITHDRAWN, FW_OFFICER, FR_WITHDRAWN, NULL },
	{ FS_ALLOCATED, FS_WITHDRAWN, FW_OFFICER, FR_WITHDRAWN, NULL },
	{ FS_UNREACHABLE, FS_CONTACTED, FW_OFFICER, FR_REOPEN, NULL },
	{ FS_WITHDRAWN, FS_CONTACTED, FW_OFFICER, FR_REOPEN, NULL },
	{ FS_KEPT, FS_FOLLOWED, FW_OFFICER, FR_REOPEN, NULL },
	{ FS_RETURNED, FS_FOLLOWED, FW_OFFICER, FR_REOPEN, N_("l’après-vente") },
	{ FS_LOST, FS_FOLLOWED, FW_OFFICER, FR_REOPEN, N_("l’après-vente") },
};
const size_t file_steps_count = lengthof(file_steps);

bool file_state_of(str code, enum file_state *ret)
{
	for (enum file_state s = 0; s < FS_COUNT; s++)
		if (str_eq(code, str_c(file_states[s].code))) {
			*ret = s;
			return true;
		}
	return false;
}

const char *file_reason_label(str code)
{
	for (const struct file_reason *r = file_reasons; r->code; r++)
		if (str_eq(code, str_c(r->code)))
			return r->label;
	return "";
}

bool file_reason_fits(enum file_reason_kind kind, str code)
{
	if (kind == FR_NONE)
		return code.n == 0;
	for (const struct file_reason *r = file_reasons; r->code; r++)
		if (r->kind == kind && str_eq(code, str_c(r->code)))
			return true;
	return false;
}

const struct file_step *file_step_of(enum file_state from, enum file_state to)
{
	for (size_t i = 0; i < file_steps_count; i++)
		if (file_steps[i].from == from && file_steps[i].to == to)
			return &file_steps[i];
	return NULL;
}

enum file_refusal file_step_check(enum file_state from, enum file_state to, enum file_who who, str reason)
{
	const struct file_step *s = file_step_of(from, to);
	if (!s)
		return FN_NO_STEP;
	if (s->who > who)
		return FN_NOT_YOU;
	return file_reason_fits(s->reason, reason) ? FN_ALLOWED : FN_NO_REASON;
}

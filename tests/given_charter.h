/* Charters, for page tests. */
#ifndef GABARE_GIVEN_CHARTER_H
#define GABARE_GIVEN_CHARTER_H

#include "given_files.h"

struct given_charter { i64 version_id, draft_id, act_id, copy_id, batch_id, bundle_id; };
/* In the campaign of that organisation: a text in force, a draft, an act of its file (given_file) with a copy and a document, a batch, a document of
 * all the charters that was asked for. */
struct given_charter given_charter_of(i64 organisation);
/* A text in force in that campaign since long: French, and Arabic when it is not NULL. Its version's id. */
i64 given_charter_text(i64 campaign_id, const char *french, const char *arabic);
/* Takes the last step of a file back, as the module that made it would. */
void given_file_undo(i64 file_id, const char *made);
/* Straight to the database, as nothing of ours does: what the triggers say to it. */
enum err given_charter_text_changed(i64 version_id);

#endif

/* What the crash test's processes share: the test itself (crash.c), the people who write while it kills (writer.c), and what
 * is looked at afterwards (after.c). */
#ifndef GABARE_TESTS_CRASH_SCENE_H
#define GABARE_TESTS_CRASH_SCENE_H

#include <stdatomic.h>
#include <sys/types.h>

#include "base/base.h"

#define WRITERS 6
#define MESSAGES_MAX 200000

/* One message a writer has sent: its text is "crash SEED WRITER SERIAL". */
enum sent { SENT_NOT, SENT_ASKED, SENT_ACKNOWLEDGED };

struct scene {
	/* how to run the program */
	const char *gabare, *data, *db_url, *scratch;
	int port;
	u64 seed;
	/* what writers leave */
	_Atomic bool stop;
	_Atomic int paused;                      /* 1: writers hold still once their message is settled */
	_Atomic int holding[WRITERS];
	_Atomic i64 serial[WRITERS];             /* messages begun by each */
	_Atomic i64 acknowledged, replays, refused;
	_Atomic unsigned char sent[WRITERS][MESSAGES_MAX];
	char place[128];                         /* the public id of the place they write about */
};

/* The life of writer number `me`: asks for the form, sends it, sends it again with the same stamp until it is acknowledged. */
_Noreturn void writer_live(struct scene *s, int me);
/* The first place listed at /lieux, into s->place. False when there is no answer. */
bool find_place(struct scene *s);
/* Whether a page answers 200 within `ms`. */
bool serves(struct scene *s, const char *path, int ms);

/* A command of the program, to its end; its standard output goes to `out_path` (NULL: nowhere). Returns its exit code, 128
 * and more when a signal ended it. */
int command(struct scene *s, const char *out_path, char *const argv[]);
/* The same, not waited for. */
pid_t command_start(struct scene *s, const char *out_path, char *const argv[]);

/* Every acknowledged message is in the database exactly once, no message is there twice. Says what is wrong; returns the
 * number of things wrong. */
int messages_wrong(struct scene *s);
/* A file of `rows` places of edition `edition`, to be imported from the source "crash". */
bool edition_write(const char *path, int rows, int edition);
/* The one edition that the directory now shows, whole; -1 (and says why) when it is mixed or partial; 0: none. */
int edition_shown(struct scene *s, int rows);

#endif

/* Passwords: hashed and compared in the parser process, never here (argon2id takes 100 ms and 64 MiB). */
#ifndef GABARE_ACCOUNTS_PASSWORD_H
#define GABARE_ACCOUNTS_PASSWORD_H

#include "http/wait.h"

#define PASSWORD_LEAST 12                        /* signs */

/* Both return WAITING; `done` runs with req->wait: the hash in its answer, or a result of OK (it is the one) or INVALID (it is
 * not). Without a hash (absent: no such account, or no password yet) the same time is spent, and the result is INVALID. */
must_use enum err password_hash(struct req *req, str password, handler_fn *done);
must_use enum err password_check(struct req *req, str hash, str password, handler_fn *done);

/* Why this password is easily guessed, as a msgid; NULL when it is not. What has leaked, words, dates, neighbours on the keyboard, repetitions
 * and what the account is called count for little (zxcvbn). */
const char *password_weak(struct arena *a, str password, str email, str name);

#endif

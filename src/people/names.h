/* Names as they sound: "Khadija" and "Khadidja", "Dupont" and "Dupond", "Youssef" and "Yusuf" are found by each other. What is stored of them
 * is a keyed hash only (find.c). */
#ifndef GABARE_PEOPLE_NAMES_H
#define GABARE_PEOPLE_NAMES_H

#include "base/arena.h"

#define NAME_WORDS 8                             /* of a name, joined ones included; what is beyond is not indexed */
#define NAME_PREFIX 3                            /* letters */
#define SOUND_MAX 8

/* A word of a name: `plain` folded and without signs ("le goff" is "goff" and, joined, "legoff"), `sound` in the code below. */
struct name_word { str plain, sound; bool joined; };
struct name_words { struct name_word v[NAME_WORDS]; size_t n; };

/* The words of a name, in order, each once. A particle ("le", "el", "ben", "de", a lone letter) is no word by itself: it is joined to the
 * one that follows, which is there alone too. */
struct name_words name_read(struct arena *a, str name);

/* How a folded word sounds: its consonants, h silent, as French reads them and as Arabic and West African names are written here; the first
 * vowel as A or O (o, u, ou, au), the others dropped but a last one that is heard, "_". "mohamed", "muhammad", "mouhamed": "mOmd". */
str name_sound(struct arena *a, str plain);

#endif

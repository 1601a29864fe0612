/* Calls that have hurt C programs for fifty years become compile errors (after git's banned.h). tools/lint.c checks the rest. */
#ifndef GABARE_BANNED_H
#define GABARE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#undef alloca                                     /* glibc has it as a macro; poison wants a plain name */

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok strtok_r
#pragma GCC poison atoi atol atoll gmtime localtime ctime asctime

#endif

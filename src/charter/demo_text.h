/* The charter of the demonstration, in three languages: a text of ours, that a city may begin from. */
#ifndef GABARE_CHARTER_DEMO_TEXT_H
#define GABARE_CHARTER_DEMO_TEXT_H

extern const char charter_demo_fr[], charter_demo_en[], charter_demo_ar[];

#endif

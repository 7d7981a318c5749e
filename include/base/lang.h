#ifndef BASE_LANG_H
#define BASE_LANG_H

/* The two languages in which every text that a person reads exists. Vietnamese comes first. */
enum lang { LANG_VI, LANG_EN, LANG__MAX };

/* One text in both languages. A member may be NULL only where the owner of the text says so. */
struct words {
    const char *in[LANG__MAX];
};

/* "vi" or "en", as files and the command line spell it. */
const char *lang_code(enum lang lang);

/* Finds the language of a code; returns 0, or -1 if the code is neither "vi" nor "en". */
int lang_parse(const char *code, enum lang *lang);

#endif

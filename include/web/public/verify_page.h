#ifndef WEB_PUBLIC_VERIFY_PAGE_H
#define WEB_PUBLIC_VERIFY_PAGE_H

#include "web/kit/pages.h"

/* Whether a report was signed: what the template is given, and programs are told. */
struct verify_page {
    const char *token;
    const char *finding; /* code of app/output/verify.h; NULL: nothing was checked yet */
    bool is_file;        /* a file was checked, not only the code of a page */
    const char *why;     /* NULL where it holds */
    const char *key;     /* that is named; NULL: none */
    /* What was signed; NULL where nothing is known to be. */
    const char *name, *tax_code, *questionnaire, *level, *points, *max, *on, *reference;
};

#endif

#ifndef WEB_OFFICER_HELP_PAGE_H
#define WEB_OFFICER_HELP_PAGE_H

#include "web/officer/pages.h"

/* A new code for an enterprise: asked for, or (secret) shown once. */
struct help_page {
    const char *token;
    int64_t id; /* of the case */
    const struct form_faults *faults;
    const char *name, *form, *tax_code;
    const char *reference; /* "": it came from a file */
    const char *how;
    bool is_taken;
    const char *secret; /* NULL: none was given yet */
};

#endif

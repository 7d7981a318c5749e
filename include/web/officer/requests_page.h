#ifndef WEB_OFFICER_REQUESTS_PAGE_H
#define WEB_OFFICER_REQUESTS_PAGE_H

#include "web/officer/pages.h"

/* What enterprises ask for about their own data. */
struct request_line {
    int64_t id;
    const char *name, *form;
    struct path path; /* of the case; no text: there is none any more */
    const char *kind, *text, *asked_at, *due, *due_tone;
    const char *answered_at, *answer;
    bool is_open, is_erasure, is_refused;
};

struct requests_page {
    const char *token;
    const struct form_faults *faults;
    const struct request_line *lines;
    size_t count;
    int64_t typed_at; /* the request that `typed` was written for */
    const char *typed;
    const char *done; /* what was just done; NULL */
    bool may_answer;
};

#endif

#ifndef WEB_PUBLIC_POLICY_PAGES_H
#define WEB_PUBLIC_POLICY_PAGES_H

#include "web/kit/list_view.h"

/* What the templates of the support policies are given, and programs are told. */

struct policy_item {
    const char *id, *name, *benefit, *citation;
    const char *from; /* "01/01/2026" */
};

struct policies_page {
    size_t total, page, pages;
    const struct policy_item *policies;
    size_t count;
    const struct list_view *list;
};

/* Texts that a policy may lack are NULL. */
struct policy_page {
    const char *id, *name, *summary, *benefit, *funding, *citation;
    const char *from, *to;
    const char *apply_at;
    const char *open;      /* whether it takes applications, where that is not certain */
    const char *certainty; /* what has to be known of its source, where it was not read */
    int answer_days;       /* working days; 0: not stated */
    const char *const *conditions, *const *documents;
    size_t condition_count, document_count;
};

#endif

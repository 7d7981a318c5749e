#ifndef WEB_OFFICER_AUDIT_PAGE_H
#define WEB_OFFICER_AUDIT_PAGE_H

#include "web/officer/pages.h"

/* The audit as people read it. */
struct audit_line {
    int64_t id;
    const char *at, *who, *what, *object, *before, *after, *reason; /* "": nothing to say */
    const char *act; /* its code, for programs */
    struct path of_who, of_object; /* the same list, of that alone */
};

struct audit_page {
    const char *token;
    const struct audit_line *lines;
    size_t count;
    struct path plain, newest, older; /* no text: there are none */
    const struct choice_view *acts, *kinds;
    size_t act_count, kind_count;
    const char *who, *day, *object, *object_words; /* that are looked for; "" */
    bool is_filtered, may_check;
    const char *entries, *head; /* of the last entry; NULL: not for this account */
    const char *checked;        /* what looking at all of it has shown; NULL: not looked */
    bool is_broken;
};

#endif

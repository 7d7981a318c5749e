#ifndef WEB_OFFICER_KEYS_PAGE_H
#define WEB_OFFICER_KEYS_PAGE_H

#include "web/officer/pages.h"

/* Keys that verified reports are signed with, as the administrator sees them. */
struct key_line {
    const char *id, *since, *retired_on; /* days; "–": in use */
    bool is_in_use;
};

struct keys_page {
    const char *token;
    const struct key_line *keys; /* the one in use first */
    size_t count;
    bool is_made; /* one was made just now */
};

#endif

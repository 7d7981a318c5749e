#ifndef WEB_OFFICER_STATISTICS_PAGE_H
#define WEB_OFFICER_STATISTICS_PAGE_H

#include "web/officer/review_plan_pages.h"

/* How long reviews take, and what waits. */
struct step_row {
    const char *name, *count, *median, *slow; /* "–": none yet */
};

struct backlog_row {
    const char *name, *sum;
    const char *const *counts; /* by age */
    struct path path;
};

struct desk_statistics_page {
    const char *finding; /* in a sentence */
    const struct step_row *steps;
    size_t step_count;
    const char *const *ages;
    size_t age_count;
    const struct backlog_row *backlog; /* the last one: all */
    size_t backlog_count;
    const struct plan_bar *sums; /* name and text alone */
    size_t sum_count;
    struct path overdue, objected;
};

#endif

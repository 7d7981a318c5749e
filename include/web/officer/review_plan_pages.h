#ifndef WEB_OFFICER_REVIEW_PLAN_PAGES_H
#define WEB_OFFICER_REVIEW_PLAN_PAGES_H

#include "web/officer/pages.h"

/* The review plan of a round. */

/* How much of a part was looked at, and what the part may speak for. */
struct plan_bar {
    const char *name, *note, *text; /* "212/498" */
    size_t percent;
};

struct plan_risk_row {
    size_t place;
    struct path path;
    const char *name, *form, *area, *state, *state_tone;
    const char *why; /* a sentence */
    const char *chance, *stake, *expected;
};

/* A share with its interval on an axis from 0 to 100. */
struct plan_section_row {
    const char *name, *files, *seen, *wrong, *rate; /* rate "–": too little was looked at */
    bool has_rate;
    int64_t low, width, middle;
};

struct plan_check_row {
    const char *name;
    int64_t count;
    struct path path;
};

struct review_plan_page {
    const char *token, *round;
    const char *sentence, *lead;
    const struct form_faults *faults;
    const struct choice_view *rounds;
    size_t round_count;
    bool has_plan, may_make, may_export;
    const struct plan_bar *bars;
    size_t bar_count;
    const char *sample_hours, *risk_hours, *hours, *minutes; /* left; a sentence on the minutes */
    const struct plan_risk_row *risks;
    size_t risk_count;
    struct path risk_list, sample_list, csv;
    const struct plan_section_row *sections;
    size_t section_count;
    const struct plan_check_row *checks;
    size_t check_count;
    const char *drawn; /* how: seed, formula */
    const struct plan_risk_row *blind; /* files that wait for a second, blind review */
    size_t blind_count;
    const char *half_width, *expected, *hours_wanted, *blind_percent; /* as typed */
};

#endif

#ifndef APP_PAGE_METRICS_H
#define APP_PAGE_METRICS_H

#include "app/context.h"
#include "base/json_write.h"
#include "store/dossiers.h"

/*
 * How often the pages of the site were shown, saved, and sent with faults, summed up over days: at
 * which of them people stop, and which they do not understand. Counts are of nobody (they are taken
 * without a name, see src/web/measures.h); but where a page was shown only now and then they may be
 * of one enterprise that somebody knows to have answered. Such pages are hidden.
 */
#define PAGE_COUNT_MIN 10

struct page_count {
    const struct loaded_questionnaire *survey; /* NULL: that questionnaire is not here (any more) */
    const char *questionnaire;   /* "id@version" */
    bool is_facts;               /* about the business; else of questions */
    int64_t number;              /* as in its address, from 1 */
    int64_t shown, saved, faults;
    bool is_hidden; /* shown fewer than PAGE_COUNT_MIN times */
};

struct page_metrics {
    const struct loaded_data *loaded;
    const struct page_count *items; /* by questionnaire; facts first, then by number */
    size_t count;
    const char *first_on, *last_on; /* days, "2026-11-24"; "" where there is nothing */
    bool is_internal;               /* nothing is hidden */
};

struct page_count_options {
    const char *from;          /* "2026-11-24" on; "": all */
    const char *questionnaire; /* "id@version"; NULL: all */
    bool is_internal;
};

/* BAD_USAGE: no such questionnaire, neither here nor among what was counted. */
MUST_USE enum status page_metrics_load(const struct app_context *app, struct arena *arena,
                                       const struct page_count_options *options,
                                       struct page_metrics *out, struct err *err);

/* Adds what was counted, in a transaction of its own. */
MUST_USE enum status page_metrics_add(const struct app_context *app, const struct measure *list,
                                      size_t count, struct err *err);

/* How many went on from it, in percent: saved of shown. More than 100 where people went back
 * without loading it again. RATIO_NONE if it was never shown. */
struct ratio page_count_went_on(const struct page_count *page);
/* How much of what was sent had faults, in percent; RATIO_NONE if nothing was sent. */
struct ratio page_count_faulty(const struct page_count *page);

/* What is asked on it: "1.1–1.3 Khách hàng", "Tên đơn vị, Mã số thuế"; "" if that is not known. */
const char *page_count_subject(const struct page_metrics *counts, const struct page_count *page,
                               enum lang lang, struct arena *arena);

/* The document of pages --json; what is hidden is null. */
void page_metrics_write(struct json_writer *w, const struct page_metrics *counts,
                        struct arena *arena);

#endif

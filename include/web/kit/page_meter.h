#ifndef WEB_KIT_PAGE_METER_H
#define WEB_KIT_PAGE_METER_H

#include "web/kit/request.h"

/*
 * How often pages are shown, saved, and sent with faults: sums of a day, to find out which
 * questions people stop at or do not understand. Nothing tells whose visit it was (what a person
 * did on line is sensitive personal data, Decree 356/2025/NĐ-CP). Counted in memory, by any thread,
 * and written about once a minute: a crash loses a minute of counts and no answer.
 */
enum measure_kind { MEASURE_SHOWN, MEASURE_SAVED, MEASURE_FAULTS, MEASURE_KIND__MAX };

struct page_meter;

struct page_meter *page_meter_new(const struct loaded_data *loaded, struct arena *arena);
void page_meter_free(struct page_meter *meter); /* its memory is the arena's; NULL is fine */
/* `page` is an index of the survey's pages; those of facts follow. NULL notes nothing. */
void page_meter_note(struct page_meter *meter, const struct loaded_questionnaire *survey,
                     size_t page, enum measure_kind kind);
/* Writes what was counted, in a transaction of its own, and begins anew; what could not be written
 * is counted on. In one thread at a time. */
MUST_USE enum status page_meter_write(struct page_meter *meter, const struct app_context *app,
                                      struct err *err);

#endif

/* How long drafts are kept, as pages and programs are told. */
#include "web/kit/request.h"

#define SOON_DAYS 14

static day ends_on(const struct request *rq)
{
    return draft_ends_on(&rq->opened.dossier, rq->site->options.keep_drafts);
}

const char *request_keep_days(const struct request *rq)
{
    int days = rq->site->options.keep_drafts;

    return days > 0 ? arena_printf(rq->arena, "%d", days) : NULL;
}

struct retention request_retention(const struct request *rq)
{
    day end = ends_on(rq);
    struct retention retention = {.days = request_keep_days(rq)};
    char *iso = arena_alloc(rq->arena, 1, DAY_ISO_CHARS + 1);
    struct buf text;

    if (end == DAY_NONE)
        return retention;
    buf_init(&text, 20);
    day_print(&text, end);
    retention.ends_on = arena_strdup(rq->arena, buf_text(&text));
    day_write_iso(iso, end);
    retention.ends_iso = iso;
    retention.is_soon = end - today() <= SOON_DAYS;
    buf_free(&text);
    return retention;
}

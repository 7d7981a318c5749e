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
    struct buf text;

    if (end == DAY_NONE)
        return retention;
    buf_init(&text, 20);
    day_print(&text, end);
    retention.ends_on = arena_strdup(rq->arena, buf_text(&text));
    retention.is_soon = end - today() <= SOON_DAYS;
    buf_free(&text);
    return retention;
}

void request_write_retention(struct json_writer *w, const struct request *rq)
{
    day end = ends_on(rq);
    char iso[DAY_ISO_CHARS + 1];

    if (end != DAY_NONE)
        day_write_iso(iso, end);
    json_member_string(w, "draft_ends_on", end != DAY_NONE ? iso : NULL);
}


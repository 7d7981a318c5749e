/* How long drafts are kept, as pages and programs are told. */
#include "web/kit/visit.h"

#define SOON_DAYS 14

static day ends_on(const struct visit *v)
{
    return draft_ends_on(&v->filled.dossier, v->site->options.keep_drafts);
}

const char *visit_keep_days(const struct visit *v)
{
    int days = v->site->options.keep_drafts;

    return days > 0 ? arena_printf(v->arena, "%d", days) : NULL;
}

struct keeping visit_keeping(const struct visit *v)
{
    day end = ends_on(v);
    struct keeping keeping = {.days = visit_keep_days(v)};
    struct buf text;

    if (end == DAY_NONE)
        return keeping;
    buf_init(&text, 20);
    day_print(&text, end);
    keeping.ends_on = arena_strdup(v->arena, buf_text(&text));
    keeping.is_soon = end - today() <= SOON_DAYS;
    buf_free(&text);
    return keeping;
}

void visit_write_keeping(struct json_writer *w, const struct visit *v)
{
    day end = ends_on(v);
    char iso[DAY_ISO_CHARS + 1];

    if (end != DAY_NONE)
        day_write_iso(iso, end);
    json_member_string(w, "draft_ends_on", end != DAY_NONE ? iso : NULL);
}

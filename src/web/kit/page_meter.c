#include "web/kit/page_meter.h"

#include "app/page_metrics.h"

static const char *const kinds[MEASURE_KIND__MAX] = {
    [MEASURE_SHOWN] = "shown", [MEASURE_SAVED] = "saved", [MEASURE_FAULTS] = "faults"};

typedef int64_t page_counts[MEASURE_KIND__MAX];

struct page_meter {
    const struct loaded_data *loaded;
    page_counts **counts; /* by survey and page */
    bool has_counts;
};

static size_t page_count(const struct loaded_data *loaded,
                         const struct loaded_questionnaire *survey)
{
    return survey->pages.count + loaded->fact_page_count;
}

struct page_meter *page_meter_new(const struct loaded_data *loaded, struct arena *arena)
{
    struct page_meter *meter = ARENA_NEW(arena, struct page_meter);

    meter->loaded = loaded;
    meter->counts = ARENA_ARRAY(arena, page_counts *, loaded->count + 1);
    for (size_t i = 0; i < loaded->count; i++)
        meter->counts[i] = ARENA_ARRAY(arena, page_counts, page_count(loaded, &loaded->items[i]));
    return meter;
}

void page_meter_note(struct page_meter *meter, const struct loaded_questionnaire *survey,
                     size_t page, enum measure_kind kind)
{
    if (!meter || page >= page_count(meter->loaded, survey))
        return;
    meter->counts[survey - meter->loaded->items][page][kind]++;
    meter->has_counts = true;
}

/* What was counted of a page, one measure for each kind. */
static size_t list_page(const struct page_meter *meter, size_t survey, size_t page, const char *on,
                        struct arena *arena, struct measure *list)
{
    const struct loaded_questionnaire *of = &meter->loaded->items[survey];
    bool is_facts = page >= of->pages.count;
    const char *name =
        arena_printf(arena, "%s/%s/%zu", of->q->ref, is_facts ? "thong-tin" : "trang",
                     (is_facts ? page - of->pages.count : page) + 1);
    size_t at = 0;

    for (size_t k = 0; k < MEASURE_KIND__MAX; k++) {
        if (meter->counts[survey][page][k])
            list[at++] = (struct measure){on, name, kinds[k], meter->counts[survey][page][k]};
    }
    return at;
}

static size_t list_all(const struct page_meter *meter, day on, struct arena *arena,
                       struct measure **out)
{
    char *iso = arena_alloc(arena, 1, DAY_ISO_CHARS + 1);
    struct measure *list;
    size_t pages = 0, at = 0;

    day_write_iso(iso, on);
    for (size_t i = 0; i < meter->loaded->count; i++)
        pages += page_count(meter->loaded, &meter->loaded->items[i]);
    list = ARENA_ARRAY(arena, struct measure, pages * MEASURE_KIND__MAX + 1);
    for (size_t i = 0; i < meter->loaded->count; i++) {
        pages = page_count(meter->loaded, &meter->loaded->items[i]);
        for (size_t p = 0; p < pages; p++)
            at += list_page(meter, i, p, iso, arena, list + at);
    }
    *out = list;
    return at;
}

static void forget(struct page_meter *meter)
{
    meter->has_counts = false;
    for (size_t i = 0; i < meter->loaded->count; i++) {
        size_t pages = page_count(meter->loaded, &meter->loaded->items[i]);

        for (size_t p = 0; p < pages; p++) {
            for (size_t k = 0; k < MEASURE_KIND__MAX; k++)
                meter->counts[i][p][k] = 0;
        }
    }
}

enum status page_meter_write(struct page_meter *meter, const struct app_context *app,
                             struct err *err)
{
    struct arena arena;
    struct measure *list;
    size_t count;
    enum status status;

    if (!meter->has_counts)
        return OK;
    arena_init(&arena);
    count = list_all(meter, app->today, &arena, &list);
    status = page_metrics_add(app, list, count, err);
    arena_free(&arena);
    if (status == OK)
        forget(meter);
    return status;
}

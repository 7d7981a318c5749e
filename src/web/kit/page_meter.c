#include "web/kit/page_meter.h"

#include <pthread.h>
#include <string.h>

#include "app/page_metrics.h"

static const char *const kinds[MEASURE_KIND__MAX] = {
    [MEASURE_SHOWN] = "shown", [MEASURE_SAVED] = "saved", [MEASURE_FAULTS] = "faults"};

typedef int64_t page_counts[MEASURE_KIND__MAX];

/* Pages of all surveys, one behind the other. */
struct page_meter {
    const struct loaded_data *loaded;
    size_t pages;
    pthread_mutex_t lock; /* of what follows */
    page_counts *counts;
    bool has_counts;
};

static size_t page_count(const struct loaded_data *loaded,
                         const struct loaded_questionnaire *survey)
{
    return survey->pages.count + loaded->fact_page_count;
}

/* Where the pages of a survey begin. */
static size_t first_page(const struct loaded_data *loaded,
                         const struct loaded_questionnaire *survey)
{
    size_t first = 0;

    for (const struct loaded_questionnaire *item = loaded->items; item < survey; item++)
        first += page_count(loaded, item);
    return first;
}

struct page_meter *page_meter_new(const struct loaded_data *loaded, struct arena *arena)
{
    struct page_meter *meter = ARENA_NEW(arena, struct page_meter);

    pthread_mutex_init(&meter->lock, NULL);
    meter->loaded = loaded;
    meter->pages = first_page(loaded, loaded->items + loaded->count);
    meter->counts = ARENA_ARRAY(arena, page_counts, meter->pages + 1);
    return meter;
}

void page_meter_free(struct page_meter *meter)
{
    if (meter)
        pthread_mutex_destroy(&meter->lock);
}

void page_meter_note(struct page_meter *meter, const struct loaded_questionnaire *survey,
                     size_t page, enum measure_kind kind)
{
    if (!meter || page >= page_count(meter->loaded, survey))
        return;
    page += first_page(meter->loaded, survey);
    pthread_mutex_lock(&meter->lock);
    meter->counts[page][kind]++;
    meter->has_counts = true;
    pthread_mutex_unlock(&meter->lock);
}

/* What was counted since the last time; false if nothing was. */
static bool take_counts(struct page_meter *meter, page_counts *counts)
{
    bool has_counts;

    pthread_mutex_lock(&meter->lock);
    has_counts = meter->has_counts;
    memcpy(counts, meter->counts, meter->pages * sizeof(*counts));
    memset(meter->counts, 0, meter->pages * sizeof(*counts));
    meter->has_counts = false;
    pthread_mutex_unlock(&meter->lock);
    return has_counts;
}

static void give_back(struct page_meter *meter, const page_counts *counts)
{
    pthread_mutex_lock(&meter->lock);
    for (size_t page = 0; page < meter->pages; page++) {
        for (size_t k = 0; k < MEASURE_KIND__MAX; k++)
            meter->counts[page][k] += counts[page][k];
    }
    meter->has_counts = true;
    pthread_mutex_unlock(&meter->lock);
}

/* What was counted of a page, one measure for each kind. */
static size_t list_page(const struct loaded_questionnaire *of, size_t page,
                        const page_counts *counts, const char *on, struct arena *arena,
                        struct measure *list)
{
    bool is_facts = page >= of->pages.count;
    const char *name =
        arena_printf(arena, "%s/%s/%zu", of->q->ref, is_facts ? "thong-tin" : "trang",
                     (is_facts ? page - of->pages.count : page) + 1);
    size_t at = 0;

    for (size_t k = 0; k < MEASURE_KIND__MAX; k++) {
        if ((*counts)[k])
            list[at++] = (struct measure){on, name, kinds[k], (*counts)[k]};
    }
    return at;
}

static size_t list_all(const struct page_meter *meter, const page_counts *counts, day on,
                       struct arena *arena, struct measure **out)
{
    const struct loaded_data *loaded = meter->loaded;
    struct measure *list = ARENA_ARRAY(arena, struct measure, meter->pages * MEASURE_KIND__MAX + 1);
    char *iso = arena_alloc(arena, 1, DAY_ISO_CHARS + 1);
    size_t at = 0;

    day_write_iso(iso, on);
    for (size_t i = 0; i < loaded->count; i++) {
        size_t pages = page_count(loaded, &loaded->items[i]);

        for (size_t p = 0; p < pages; p++)
            at += list_page(&loaded->items[i], p, counts++, iso, arena, list + at);
    }
    *out = list;
    return at;
}

enum status page_meter_write(struct page_meter *meter, const struct app_context *app,
                             struct err *err)
{
    struct arena arena;
    page_counts *counts;
    struct measure *list;
    enum status status = OK;

    arena_init(&arena);
    counts = ARENA_ARRAY(&arena, page_counts, meter->pages + 1);
    if (take_counts(meter, counts)) {
        size_t count = list_all(meter, counts, app->today, &arena, &list);

        status = page_metrics_add(app, list, count, err);
        if (status != OK)
            give_back(meter, counts);
    }
    arena_free(&arena);
    return status;
}

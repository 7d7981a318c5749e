#include "web/kit/page_meter.h"

static const char *const kinds[MEASURE_KIND__MAX] = {
    [MEASURE_SHOWN] = "shown", [MEASURE_SAVED] = "saved", [MEASURE_FAULTS] = "faults"};

typedef int64_t page_metrics[MEASURE_KIND__MAX];

struct page_meter {
    const struct surveys *surveys;
    page_metrics **counts; /* by survey and page */
    bool has_counts;
};

static size_t page_count(const struct surveys *surveys, const struct survey *survey)
{
    return survey->pages.count + surveys->fact_page_count;
}

struct page_meter *page_meter_new(const struct surveys *surveys, struct arena *arena)
{
    struct page_meter *meter = ARENA_NEW(arena, struct page_meter);

    meter->surveys = surveys;
    meter->counts = ARENA_ARRAY(arena, page_metrics *, surveys->count + 1);
    for (size_t i = 0; i < surveys->count; i++)
        meter->counts[i] =
            ARENA_ARRAY(arena, page_metrics, page_count(surveys, &surveys->items[i]));
    return meter;
}

void page_meter_note(struct page_meter *meter, const struct survey *survey, size_t page,
                   enum measure_kind kind)
{
    if (!meter || page >= page_count(meter->surveys, survey))
        return;
    meter->counts[survey - meter->surveys->items][page][kind]++;
    meter->has_counts = true;
}

static enum status write_page(struct page_meter *meter, struct store *store, size_t survey,
                              size_t page, const char *on, struct arena *arena, struct err *err)
{
    const struct survey *of = &meter->surveys->items[survey];
    bool is_facts = page >= of->pages.count;
    const char *name =
        arena_printf(arena, "%s/%s/%zu", of->q->ref, is_facts ? "thong-tin" : "trang",
                     (is_facts ? page - of->pages.count : page) + 1);
    enum status status = OK;

    for (size_t k = 0; k < MEASURE_KIND__MAX && status == OK; k++) {
        int64_t count = meter->counts[survey][page][k];

        if (count)
            status = measure_add(store, on, name, kinds[k], count, err);
    }
    return status;
}

static enum status write_all(struct page_meter *meter, struct store *store, day on,
                             struct arena *arena, struct err *err)
{
    char iso[DAY_ISO_CHARS + 1];
    enum status status = OK;

    day_write_iso(iso, on);
    for (size_t i = 0; i < meter->surveys->count; i++) {
        size_t pages = page_count(meter->surveys, &meter->surveys->items[i]);

        for (size_t p = 0; p < pages && status == OK; p++)
            status = write_page(meter, store, i, p, iso, arena, err);
    }
    return status;
}

static void forget(struct page_meter *meter)
{
    meter->has_counts = false;
    for (size_t i = 0; i < meter->surveys->count; i++) {
        size_t pages = page_count(meter->surveys, &meter->surveys->items[i]);

        for (size_t p = 0; p < pages; p++) {
            for (size_t k = 0; k < MEASURE_KIND__MAX; k++)
                meter->counts[i][p][k] = 0;
        }
    }
}

enum status page_meter_write(struct page_meter *meter, struct store *store, day on, struct err *err)
{
    struct arena arena;
    enum status status;

    if (!meter->has_counts)
        return OK;
    status = store_begin(store, err);
    if (status != OK)
        return status;
    arena_init(&arena);
    status = write_all(meter, store, on, &arena, err);
    arena_free(&arena);
    if (status == OK)
        status = store_commit(store, err);
    if (status != OK) {
        store_rollback(store);
        return status;
    }
    forget(meter);
    return OK;
}

#include "web/kit/measures.h"

static const char *const kinds[MEASURE_KIND__MAX] = {
    [MEASURE_SHOWN] = "shown", [MEASURE_SAVED] = "saved", [MEASURE_FAULTS] = "faults"};

typedef int64_t page_counts[MEASURE_KIND__MAX];

struct measures {
    const struct surveys *surveys;
    page_counts **counts; /* by survey and page */
    bool has_counts;
};

static size_t page_count(const struct surveys *surveys, const struct survey *survey)
{
    return survey->pages.count + surveys->fact_page_count;
}

struct measures *measures_new(const struct surveys *surveys, struct arena *arena)
{
    struct measures *measures = ARENA_NEW(arena, struct measures);

    measures->surveys = surveys;
    measures->counts = ARENA_ARRAY(arena, page_counts *, surveys->count + 1);
    for (size_t i = 0; i < surveys->count; i++)
        measures->counts[i] =
            ARENA_ARRAY(arena, page_counts, page_count(surveys, &surveys->items[i]));
    return measures;
}

void measures_note(struct measures *measures, const struct survey *survey, size_t page,
                   enum measure_kind kind)
{
    if (!measures || page >= page_count(measures->surveys, survey))
        return;
    measures->counts[survey - measures->surveys->items][page][kind]++;
    measures->has_counts = true;
}

static enum status write_page(struct measures *measures, struct store *store, size_t survey,
                              size_t page, const char *on, struct arena *arena, struct err *err)
{
    const struct survey *of = &measures->surveys->items[survey];
    bool is_facts = page >= of->pages.count;
    const char *name =
        arena_printf(arena, "%s/%s/%zu", of->q->ref, is_facts ? "thong-tin" : "trang",
                     (is_facts ? page - of->pages.count : page) + 1);
    enum status status = OK;

    for (size_t k = 0; k < MEASURE_KIND__MAX && status == OK; k++) {
        int64_t count = measures->counts[survey][page][k];

        if (count)
            status = measure_add(store, on, name, kinds[k], count, err);
    }
    return status;
}

static enum status write_all(struct measures *measures, struct store *store, day on,
                             struct arena *arena, struct err *err)
{
    char iso[DAY_ISO_CHARS + 1];
    enum status status = OK;

    day_write_iso(iso, on);
    for (size_t i = 0; i < measures->surveys->count; i++) {
        size_t pages = page_count(measures->surveys, &measures->surveys->items[i]);

        for (size_t p = 0; p < pages && status == OK; p++)
            status = write_page(measures, store, i, p, iso, arena, err);
    }
    return status;
}

static void forget(struct measures *measures)
{
    measures->has_counts = false;
    for (size_t i = 0; i < measures->surveys->count; i++) {
        size_t pages = page_count(measures->surveys, &measures->surveys->items[i]);

        for (size_t p = 0; p < pages; p++) {
            for (size_t k = 0; k < MEASURE_KIND__MAX; k++)
                measures->counts[i][p][k] = 0;
        }
    }
}

enum status measures_write(struct measures *measures, struct store *store, day on, struct err *err)
{
    struct arena arena;
    enum status status;

    if (!measures->has_counts)
        return OK;
    status = store_begin(store, err);
    if (status != OK)
        return status;
    arena_init(&arena);
    status = write_all(measures, store, on, &arena, err);
    arena_free(&arena);
    if (status == OK)
        status = store_commit(store, err);
    if (status != OK) {
        store_rollback(store);
        return status;
    }
    forget(measures);
    return OK;
}

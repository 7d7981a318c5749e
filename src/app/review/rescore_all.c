#include "app/review/rescore_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define SOURCE_BYTES_MAX 300
#define CHANGE_DECIMALS 4
#define CHANGE_UNIT 10000
/* Nobody notices a wait of this. */
#define TRANSACTION_US 20000

struct rescorer {
    struct arena *arena;
    struct workspace *ws;
    struct database *db;
    const struct rescore_all_options *options;
    const struct scorer *to;
    const struct questionnaire *q; /* of `to` */
    rescored_callback *take;
    void *context;
    struct rescore_summary sum;
    struct rescore_item *items;
    size_t item_cap;
    struct map known; /* question id -> item */
    struct arena one; /* of the assessment that is looked at */
    int64_t *ids;     /* of the assessments, in the order of the list */
    size_t id_count, id_cap;
    struct store_extra extra;
    int64_t begun_us; /* the open transaction */
    char now[TIME_BYTES], source[SOURCE_BYTES_MAX];
    bool was_kept;
};

/* ---- which assessments ---- */

/* The store cannot be written while it is read, so they are listed first. */
static bool list_row(void *context, const struct store_row *row)
{
    struct rescorer *r = context;
    size_t len = strlen(r->q->id);

    if (strncmp(row->questionnaire, r->q->id, len) != 0 || row->questionnaire[len] != '@' ||
        strcmp(row->questionnaire, r->q->ref) == 0)
        return true;
    if (r->id_count == r->id_cap) {
        r->id_cap = r->id_cap ? 2 * r->id_cap : 1024;
        r->ids = xrealloc(r->ids, r->id_cap * sizeof(*r->ids));
    }
    r->ids[r->id_count++] = row->assessment;
    return true;
}

/* ---- the summary ---- */

static struct rescore_item *item_of(struct rescorer *r, const struct question *question)
{
    size_t at = map_find(&r->known, question->id);

    if (at != MAP_NONE)
        return &r->items[at];
    if (r->sum.item_count == r->item_cap) {
        r->item_cap = r->item_cap ? 2 * r->item_cap : 128;
        r->items = xrealloc(r->items, r->item_cap * sizeof(*r->items));
    }
    map_put(&r->known, question->id, strlen(question->id), r->sum.item_count);
    r->items[r->sum.item_count] = (struct rescore_item){.question = question};
    return &r->items[r->sum.item_count++];
}

static void count_item(struct rescorer *r, const struct compared_answer *answer,
                       bool has_moved_level)
{
    struct ratio scaled =
        ratio_mul(ratio_round(answer->change, CHANGE_DECIMALS), ratio_of(CHANGE_UNIT));
    struct rescore_item *item;
    int64_t change = 0;

    if (!answer->change.num)
        return;
    (void)ratio_to_int64(scaled, &change);
    item = item_of(r, answer->after ? answer->after : answer->before);
    item->moved++;
    item->moved_levels += has_moved_level;
    item->change += change;
    item->magnitude += change < 0 ? -change : change;
}

static void count_rescoring(struct rescorer *r, const struct rescoring *rescoring)
{
    const struct comparison *c = rescoring->comparison;
    int before = c->total.level_before, after = c->total.level_after;
    bool is_rated = before >= 0 && after >= 0;

    r->sum.not_rated += !is_rated;
    r->sum.level_up += is_rated && after > before;
    r->sum.level_down += is_rated && after < before;
    r->sum.level_same += is_rated && after == before;
    r->sum.percent_up += c->total.change.num > 0;
    r->sum.percent_down += c->total.change.num < 0;
    r->sum.dropped += rescoring->conversion.dropped;
    r->sum.with_dropped += rescoring->conversion.dropped > 0;
    for (size_t i = 0; i < c->answer_count; i++)
        count_item(r, &c->answers[i], is_rated && after != before);
}

static int by_magnitude(const void *a, const void *b)
{
    const struct rescore_item *x = a, *y = b;

    if (x->magnitude != y->magnitude)
        return x->magnitude < y->magnitude ? 1 : -1;
    return strcmp(x->question->id, y->question->id);
}

static void finish_items(struct rescorer *r)
{
    struct rescore_item *items = ARENA_ARRAY(r->arena, struct rescore_item, r->sum.item_count + 1);

    if (r->sum.item_count) {
        memcpy(items, r->items, r->sum.item_count * sizeof(*items));
        qsort(items, r->sum.item_count, sizeof(*items), by_magnitude);
    }
    r->sum.items = items;
}

/* ---- storing ---- */

static bool take_source(void *context, const struct store_row *row)
{
    struct rescorer *r = context;

    r->was_kept = strcmp(row->source, r->source) != 0; /* the last one decides */
    return true;
}

/* Only what an earlier run computed from the same version. */
static bool may_revise(void *context, int64_t assessment)
{
    struct rescorer *r = context;
    struct err ignored;

    r->was_kept = true;
    if (store_revisions(database_store(r->db), assessment, take_source, r, &ignored) != OK)
        r->was_kept = true;
    return !r->was_kept;
}

/* Others write between two transactions, who is short first. */
static enum status begin(struct rescorer *r, struct err *err)
{
    struct store *store = database_store(r->db);
    enum status status;

    if (store_is_open(store))
        return OK;
    status = store_begin(store, err);
    r->begun_us = clock_us();
    return status;
}

static enum status give_way(struct rescorer *r, bool is_end, struct err *err)
{
    struct store *store = database_store(r->db);

    if (!store_is_open(store) || (!is_end && clock_us() - r->begun_us < TRANSACTION_US))
        return OK;
    return store_commit(store, err);
}

static enum status put(struct rescorer *r, const struct store_row *row,
                       const struct rescoring *rescoring, enum rescore_fate *fate, struct err *err)
{
    static const enum rescore_fate fates[] = {[STORE_INSERTED] = RESCORE_INSERTED,
                                              [STORE_REVISED] = RESCORE_REVISED,
                                              [STORE_UNCHANGED] = RESCORE_UNCHANGED};
    struct store_put done;
    enum status status;

    snprintf(r->source, sizeof(r->source), "rescore:%s", row->questionnaire);
    r->extra.size_class = row->size_class ? row->size_class : "unknown";
    r->was_kept = false;
    status = store_put_response(database_store(r->db), rescoring->conversion.response,
                                &rescoring->after.score, &r->extra, &done, err);
    if (status == BAD_INPUT && r->was_kept) {
        *fate = RESCORE_KEPT;
        return OK;
    }
    if (status == OK)
        *fate = fates[done.outcome];
    return status;
}

/* ---- one assessment ---- */

/* Why the response may not be stored as one to the version, as import would see it too. */
static bool is_refused(const struct rescorer *r, const struct response *converted,
                       enum rescore_refusal *why, struct err *refusal)
{
    struct faults faults;
    struct arena arena;
    bool is_early;

    arena_init(&arena);
    faults_init(&faults, &arena);
    is_early = !response_check_exists(converted, r->q, (struct place){r->q->ref, 0, ""}, &faults);
    if (is_early)
        (void)faults_to_err(&faults, refusal);
    arena_free(&arena);
    *why = is_early ? REFUSED_DAY : REFUSED_EMPTY;
    if (is_early || response_has_answers(converted))
        return is_early;
    (void)err_set(refusal, BAD_INPUT,
                  "không câu trả lời nào dùng được theo phiên bản này nên không thành một đánh giá",
                  "none of the answers goes along to this version, so this is no assessment");
    return true;
}

static enum status rescore_item(struct rescorer *r, const struct store_item *item,
                                struct rescored *one, struct rescoring *rescoring,
                                struct err *refusal, struct err *err)
{
    const struct response *response = item->response;
    const struct scorer *from = database_scorer(r->db, response->questionnaire, err);
    day on = response->submitted_on == DAY_NONE ? today() : response->submitted_on;
    enum rescore_refusal why;
    enum status status;

    if (!from)
        return err->status;
    status = rescore_with(r->ws, &r->one, response, from, r->to, on, rescoring, err);
    if (status != OK)
        return status;
    one->rescoring = rescoring;
    count_rescoring(r, rescoring);
    if (is_refused(r, rescoring->conversion.response, &why, refusal)) {
        r->sum.refused[why]++;
        one->refusal = refusal;
        one->fate = r->options->stores ? RESCORE_REFUSED : RESCORE_SEEN;
        return OK;
    }
    return r->options->stores ? put(r, &item->row, rescoring, &one->fate, err) : OK;
}

static enum status look_at(struct rescorer *r, int64_t id, struct err *err)
{
    struct rescoring *rescoring = ARENA_NEW(&r->one, struct rescoring);
    struct err refusal = {0};
    struct store_item item;
    struct rescored one = {.row = &item.row, .fate = RESCORE_SEEN};
    enum status status = store_load(database_store(r->db), id, 0, NULL, &r->one, &item, err);

    if (status == NOT_FOUND || (status == OK && item.row.is_withdrawn))
        return OK; /* since they were listed */
    if (status != OK)
        return status;
    if (rescore_check(item.response, r->q, &refusal) != OK) {
        one.fate = RESCORE_REFUSED;
        one.refusal = &refusal;
        r->sum.refused[REFUSED_FORM]++;
    } else {
        status = rescore_item(r, &item, &one, rescoring, &refusal, err);
    }
    if (status != OK)
        return status;
    r->sum.count++;
    r->sum.fates[one.fate]++;
    if (r->take && !r->take(r->context, &one))
        return err_set(err, LIMIT,
                       "kết quả quá dài để in (điều đã lưu vẫn còn); hãy lọc bớt đánh giá",
                       "the result is too long to print (what was stored stays); filter the "
                       "assessments");
    return OK;
}

/* In the transaction in which it is stored: nothing can change between. */
static enum status look_at_next(struct rescorer *r, int64_t id, struct err *err)
{
    enum status status = r->options->stores ? begin(r, err) : OK;

    arena_reset(&r->one);
    if (status == OK)
        status = look_at(r, id, err);
    return status == OK ? give_way(r, false, err) : status;
}

static enum status run(struct rescorer *r, struct err *err)
{
    const struct store_page all = {.sort = STORE_BY_NAME};
    struct store *store = database_store(r->db);
    enum status status;

    db_set_long(store_db(store), r->options->stores);
    status = store_list(store, &r->options->filter, &all, list_row, r, err);
    for (size_t i = 0; i < r->id_count && status == OK; i++)
        status = look_at_next(r, r->ids[i], err);
    if (status == OK || status == LIMIT) {
        struct err ignored;
        enum status end = give_way(r, true, status == OK ? err : &ignored);

        return status == OK ? end : status;
    }
    store_rollback(store);
    return status;
}

enum status rescore_all(struct arena *arena, struct workspace *ws, struct database *db,
                        const struct rescore_all_options *options, rescored_callback *take,
                        void *context, struct rescore_summary *summary, struct err *err)
{
    struct rescorer *r = ARENA_NEW(arena, struct rescorer);
    enum status status;

    *r = (struct rescorer){.arena = arena,
                           .ws = ws,
                           .db = db,
                           .options = options,
                           .to = workspace_scorer(ws, options->to, err),
                           .take = take,
                           .context = context};
    if (!r->to)
        return err->status;
    r->q = scorer_questionnaire(r->to);
    r->sum = (struct rescore_summary){.to = r->q, .is_stored = options->stores};
    now_utc(r->now);
    r->extra = (struct store_extra){.catalogue_hash = "",
                                    .imported_at = r->now,
                                    .source = r->source,
                                    .may_revise = may_revise,
                                    .context = r};
    map_init(&r->known, arena);
    arena_init(&r->one);
    status = run(r, err);
    if (status == OK) {
        finish_items(r);
        *summary = r->sum;
    }
    arena_free(&r->one);
    free(r->items);
    free(r->ids);
    return status;
}

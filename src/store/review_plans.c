/* Review plans: written once, counted as the cases go on. */
#include "store/review_plans.h"

#include <string.h>

#include "statement.h"
#include "store/dossiers.h"

/* ---- what a plan may choose from ---- */

static void read_candidate(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct plan_candidate *)item = (struct plan_candidate){
        .id = db_int(stmt, 0),
        .section = statement_text(stmt, 1, arena),
        .size_class = statement_text(stmt, 2, arena),
        .flags = (unsigned)db_int(stmt, 3),
        .files = (int)db_int(stmt, 4),
        .margin = (int)db_int(stmt, 5),
        .support_vnd = db_int(stmt, 6),
        .is_open = db_int(stmt, 7) != 0,
    };
}

enum status review_plan_candidates(struct store *store, const char *areas, const char *round,
                                   struct arena *arena, struct plan_candidate **list,
                                   size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_candidate), read_candidate};
    void *items = NULL;
    enum status status =
        statement_list(store, SQL_REVIEW_PLAN_CANDIDATES, PARAMS(TEXT(areas), INT(0), TEXT(round)),
                       &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

/* ---- written ---- */

static enum status add_plan(struct store *store, struct review_plan *plan, struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_REVIEW_PLAN_ADD,
                         PARAMS(TEXT(plan->round), TEXT(plan->areas), INT(plan->seed),
                                INT(plan->half_width), INT(plan->expected), INT(plan->risk_hours),
                                INT(plan->blind_percent), INT(plan->minutes), INT(plan->files),
                                TEXT(plan->made_at), INT(plan->account)),
                         &plan->id, &has_row, err);
}

static enum status add_stratum(struct store *store, int64_t plan, size_t number,
                               const struct plan_stratum *s, struct err *err)
{
    return statement_write(store, SQL_REVIEW_PLAN_ADD_STRATUM,
                           PARAMS(INT(plan), INT((int64_t)number), TEXT(s->section),
                                  TEXT(s->size_class), INT(s->files), INT(s->taken)),
                           NULL, err);
}

static enum status add_case(struct store *store, int64_t plan, const struct plan_case *c,
                            struct err *err)
{
    return statement_write(store, SQL_REVIEW_PLAN_ADD_CASE,
                           PARAMS(INT(plan), INT(c->id), TEXT(c->is_risk ? "risk" : "sample"),
                                  INT((int64_t)c->stratum), INT(c->position), INT(c->is_blind),
                                  INT(c->chance), INT(c->expected_vnd)),
                           NULL, err);
}

enum status review_plan_add(struct store *store, struct review_plan *plan,
                            const struct plan_stratum *strata, size_t stratum_count,
                            const struct plan_case *cases, size_t case_count, struct err *err)
{
    bool has_own, has_written;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = add_plan(store, plan, err);
    has_written = status == OK;
    for (size_t i = 0; status == OK && i < stratum_count; i++)
        status = add_stratum(store, plan->id, i, &strata[i], err);
    for (size_t i = 0; status == OK && i < case_count; i++)
        status = add_case(store, plan->id, &cases[i], err);
    return store_leave(store, has_own, has_written, status, err);
}

/* ---- read ---- */

static void read_plan(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct review_plan *)item = (struct review_plan){
        .id = db_int(stmt, 0),
        .round = statement_text(stmt, 1, arena),
        .areas = statement_text(stmt, 2, arena),
        .seed = db_int(stmt, 3),
        .half_width = (int)db_int(stmt, 4),
        .expected = (int)db_int(stmt, 5),
        .risk_hours = (int)db_int(stmt, 6),
        .blind_percent = (int)db_int(stmt, 7),
        .minutes = (int)db_int(stmt, 8),
        .files = db_int(stmt, 9),
        .made_at = statement_text(stmt, 10, arena),
        .account = db_int(stmt, 11),
    };
}

enum status review_plan_newest(struct store *store, const char *areas, const char *round,
                               struct arena *arena, struct review_plan *out, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct review_plan), read_plan};
    void *items = NULL;
    size_t count = 0;
    enum status status = statement_list(store, SQL_REVIEW_PLAN_NEWEST,
                                        PARAMS(TEXT(areas), TEXT(round)), &kind, arena, &items,
                                        &count, err);

    if (status == OK && !count)
        return err_set(err, NOT_FOUND, "chưa có kế hoạch xem xét nào cho đợt này",
                       "there is no review plan for this round yet");
    if (status == OK)
        *out = *(struct review_plan *)items;
    return status;
}

static void read_stratum(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct plan_stratum *)item = (struct plan_stratum){
        .section = statement_text(stmt, 0, arena),
        .size_class = statement_text(stmt, 1, arena),
        .files = db_int(stmt, 2),
        .taken = db_int(stmt, 3),
        .seen = db_int(stmt, 4),
        .wrong = db_int(stmt, 5),
        .out = db_int(stmt, 6),
    };
}

enum status review_plan_strata(struct store *store, int64_t plan, struct arena *arena,
                               struct plan_stratum **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_stratum), read_stratum};
    void *items = NULL;
    enum status status = statement_list(store, SQL_REVIEW_PLAN_STRATA, PARAMS(INT(plan)), &kind,
                                        arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static void read_plan_case(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_case *)item = (struct plan_case){
        .id = db_int(stmt, 0),
        .is_risk = strcmp(db_text(stmt, 1), "risk") == 0,
        .stratum = (size_t)db_int(stmt, 2),
        .position = db_int(stmt, 3),
        .is_blind = db_int(stmt, 4) != 0,
        .chance = db_int(stmt, 5),
        .expected_vnd = db_int(stmt, 6),
    };
}

enum status review_plan_cases(struct store *store, int64_t plan, bool is_risk, struct arena *arena,
                              struct plan_case **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_case), read_plan_case};
    void *items = NULL;
    enum status status =
        statement_list(store, SQL_REVIEW_PLAN_CASES,
                       PARAMS(INT(plan), TEXT(is_risk ? "risk" : "sample")), &kind, arena, &items,
                       count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status review_plan_progress(struct store *store, int64_t plan, const char *areas,
                                 struct plan_progress *sample, struct plan_progress *risk,
                                 struct err *err)
{
    int64_t n[4] = {0};
    bool has_row;
    enum status status = statement_ints(store, SQL_REVIEW_PLAN_PROGRESS,
                                        PARAMS(TEXT(areas), INT(0), INT(plan)), n, 4, &has_row,
                                        err);

    *sample = (struct plan_progress){n[0], n[1]};
    *risk = (struct plan_progress){n[2], n[3]};
    return status;
}

/* ---- what was learned ---- */

static void read_learned(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_learned *)item = (struct plan_learned){
        .flags = (unsigned)db_int(stmt, 0),
        .has_files = db_int(stmt, 1) != 0,
        .is_near = db_int(stmt, 2) != 0,
        .seen = db_int(stmt, 3),
        .wrong = db_int(stmt, 4),
    };
}

enum status review_plan_learned(struct store *store, struct arena *arena,
                                struct plan_learned **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_learned), read_learned};
    void *items = NULL;
    enum status status = statement_list(store, SQL_REVIEW_PLAN_LEARNED,
                                        PARAMS(INT(PLAN_NEAR_POINTS)), &kind, arena, &items, count,
                                        err);

    if (status == OK)
        *list = items;
    return status;
}

/* Seconds between two times; below 0 where one cannot be read. */
static void read_effort(struct db_stmt *stmt, struct arena *arena, void *item)
{
    int64_t from, to;
    struct err ignored;

    *(int64_t *)item = -1;
    if (time_read(statement_text(stmt, 0, arena), &from, &ignored) == OK &&
        time_read(statement_text(stmt, 1, arena), &to, &ignored) == OK)
        *(int64_t *)item = to - from;
}

enum status review_plan_efforts(struct store *store, struct arena *arena, int64_t **list,
                                size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(int64_t), read_effort};
    void *items = NULL;
    enum status status = statement_list(store, SQL_REVIEW_PLAN_EFFORTS, PARAMS_NONE, &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static void read_round(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct plan_round *)item =
        (struct plan_round){statement_text(stmt, 0, arena), db_int(stmt, 1)};
}

enum status review_plan_rounds(struct store *store, const char *areas, struct arena *arena,
                               struct plan_round **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_round), read_round};
    void *items = NULL;
    enum status status = statement_list(store, SQL_REVIEW_PLAN_ROUNDS, PARAMS(TEXT(areas), INT(0)),
                                        &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static void read_flags(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_flags *)item =
        (struct plan_flags){(unsigned)db_int(stmt, 0), db_int(stmt, 1)};
}

enum status review_plan_flags(struct store *store, const char *areas, const char *round,
                              struct arena *arena, struct plan_flags **list, size_t *count,
                              struct err *err)
{
    static const struct list_kind kind = {sizeof(struct plan_flags), read_flags};
    void *items = NULL;
    enum status status =
        statement_list(store, SQL_REVIEW_PLAN_FLAGS, PARAMS(TEXT(areas), INT(0), TEXT(round)),
                       &kind, arena, &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

/* Review plans: made. */
#include "app/review/review_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "case_parts.h"
#include "insight/sample.h"
#include "store/audit.h"

/* What is odd about a case, as P(wrong) counts it. */
static size_t plan_signals(unsigned flags, bool has_files, int margin)
{
    size_t signals = !has_files;

    for (; flags; flags &= flags - 1)
        signals++;
    return signals + (margin != 0 && abs(margin) <= PLAN_NEAR_POINTS);
}

/* ---- what is known ---- */

static enum status load_learned(const struct app_context *app, struct arena *arena,
                                struct risk_learned *out, struct err *err)
{
    struct plan_learned *list;
    size_t count;
    enum status status = review_plan_learned(app->store, arena, &list, &count, err);

    *out = (struct risk_learned){.seen = {0}};
    for (size_t i = 0; status == OK && i < count; i++) {
        size_t k = risk_class(
            plan_signals(list[i].flags, list[i].has_files, list[i].is_near ? 1 : 0));

        out->seen[k] += (size_t)list[i].seen;
        out->wrong[k] += (size_t)list[i].wrong;
    }
    return status;
}

/* The median of looks, in whole minutes, up. */
static enum status load_minutes(const struct app_context *app, struct arena *arena, int *minutes,
                                bool *is_measured, struct err *err)
{
    int64_t *list;
    size_t count, kept = 0;
    enum status status = review_plan_efforts(app->store, arena, &list, &count, err);

    *minutes = PLAN_MINUTES;
    *is_measured = false;
    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (list[i] > 0 && list[i] <= PLAN_MINUTES_MAX * 60)
            list[kept++] = list[i];
    }
    if (kept < PLAN_EFFORTS_MIN)
        return OK;
    qsort(list, kept, sizeof(*list), by_int64);
    *minutes = (int)((list[kept / 2] + 59) / 60);
    *is_measured = true;
    return OK;
}

/* ---- chosen ---- */

struct making {
    struct review_plan plan;
    struct plan_candidate *files;
    size_t file_count;
    struct plan_stratum *strata;
    size_t stratum_count;
    struct sample_file *drawn; /* beside `files` */
    struct plan_case *cases;
    size_t case_count;
    struct risk_learned learned;
};

/* Files stand sorted by section and size class. */
static void find_strata(struct making *m, struct arena *arena)
{
    m->strata = ARENA_ARRAY(arena, struct plan_stratum, m->file_count + 1);
    m->drawn = ARENA_ARRAY(arena, struct sample_file, m->file_count + 1);
    for (size_t i = 0; i < m->file_count; i++) {
        const struct plan_candidate *file = &m->files[i];
        struct plan_stratum *last = m->stratum_count ? &m->strata[m->stratum_count - 1] : NULL;

        if (!last || strcmp(last->section, file->section) != 0 ||
            strcmp(last->size_class, file->size_class) != 0) {
            last = &m->strata[m->stratum_count++];
            *last = (struct plan_stratum){.section = file->section,
                                          .size_class = file->size_class};
        }
        last->files++;
        m->drawn[i] = (struct sample_file){.id = file->id, .stratum = m->stratum_count - 1};
    }
}

static void draw_sample(struct making *m, struct arena *arena)
{
    size_t *files = ARENA_ARRAY(arena, size_t, m->stratum_count + 1);
    size_t *taken = ARENA_ARRAY(arena, size_t, m->stratum_count + 1);
    size_t wanted = sample_size(m->file_count, ratio_make(m->plan.half_width, 10000),
                                ratio_make(m->plan.expected, 10000));

    for (size_t i = 0; i < m->stratum_count; i++)
        files[i] = (size_t)m->strata[i].files;
    sample_allocate(files, m->stratum_count, wanted, taken);
    sample_draw((uint64_t)m->plan.seed, m->drawn, m->file_count, taken, m->stratum_count);
    for (size_t i = 0; i < m->stratum_count; i++)
        m->strata[i].taken = (int64_t)taken[i];
}

static void keep_sample(struct making *m)
{
    for (size_t i = 0; i < m->file_count; i++) {
        const struct sample_file *file = &m->drawn[i];

        if (file->position)
            m->cases[m->case_count++] = (struct plan_case){.id = file->id,
                                                           .stratum = file->stratum,
                                                           .position = (int64_t)file->position};
    }
}

static int by_expected(const void *a, const void *b)
{
    const struct plan_case *x = a, *y = b;

    if (x->expected_vnd != y->expected_vnd)
        return x->expected_vnd > y->expected_vnd ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static struct plan_case risk_of(const struct making *m, size_t file)
{
    const struct plan_candidate *c = &m->files[file];
    struct ratio chance = risk_chance(&m->learned,
                                      plan_signals(c->flags, c->files > 0, c->margin));
    struct plan_case risk = {.id = c->id, .is_risk = true, .stratum = m->drawn[file].stratum};

    ratio_to_int64(ratio_round(ratio_mul(chance, ratio_of(1000000)), 0), &risk.chance);
    risk.expected_vnd =
        risk_expected(chance, risk_stake(c->support_vnd, c->margin, CASE_MARGIN_MAX));
    return risk;
}

/* What was not drawn and still waits, as far as the hours reach. */
static void keep_risks(struct making *m)
{
    struct plan_case *risks = m->cases + m->case_count;
    size_t count = 0, most = (size_t)(m->plan.risk_hours * 60 / m->plan.minutes);

    for (size_t i = 0; i < m->file_count; i++) {
        if (!m->drawn[i].position && m->files[i].is_open)
            risks[count++] = risk_of(m, i);
    }
    qsort(risks, count, sizeof(*risks), by_expected);
    most = most < PLAN_RISK_MAX ? most : PLAN_RISK_MAX;
    count = count < most ? count : most;
    while (count && !risks[count - 1].expected_vnd)
        count--; /* nothing would change by them */
    for (size_t i = 0; i < count; i++)
        risks[i].position = (int64_t)i + 1;
    m->case_count += count;
}

/* ---- kept ---- */

static enum status check_between(const char *vi, const char *en, int number, int least, int most,
                                 int unit, struct err *err)
{
    if (number >= least && number <= most)
        return OK;
    return err_set(err, BAD_INPUT, "%1$s phải từ %3$d đến %4$d.%2$.0s",
                   "%2$s has to be between %3$d and %4$d.%1$.0s", vi, en, least / unit,
                   most / unit);
}

static enum status check_wish(const struct plan_wish *wish, struct err *err)
{
    enum status status = check_between("Sai số (điểm phần trăm)", "The half-width (points)",
                                       wish->half_width, 100, 2000, 100, err);

    if (status == OK)
        status = check_between("Tỷ lệ sai dự kiến (%)", "The expected rate (%)", wish->expected,
                               100, 5000, 100, err);
    return status == OK
               ? check_between("Số giờ cho danh sách rủi ro", "The hours for the risk list",
                               wish->risk_hours, 0, 10000, 1, err)
               : status;
}

/* 20261201 */
static int64_t seed_of_day(day today)
{
    struct civil civil = day_civil(today);

    return (int64_t)civil.year * 10000 + civil.month * 100 + civil.mday;
}

static void begin(const struct app_context *app, const struct plan_wish *wish, const char *areas,
                  struct making *m)
{
    m->plan = (struct review_plan){.round = wish->round,
                                   .areas = areas ? areas : "",
                                   .seed = wish->seed ? wish->seed
                                                      : seed_of_day(app->today),
                                   .half_width = wish->half_width,
                                   .expected = wish->expected,
                                   .risk_hours = wish->risk_hours,
                                   .made_at = app->now,
                                   .account = app->account ? app->account->id : 0};
}

static enum status choose(const struct app_context *app, const struct plan_wish *wish,
                          struct arena *arena, struct making *m, struct err *err)
{
    const char *areas = areas_seen(app, arena);
    bool is_measured;
    enum status status;

    begin(app, wish, areas, m);
    status = review_plan_candidates(app->store, areas, wish->round, arena, &m->files,
                                    &m->file_count, err);
    if (status == OK && !m->file_count)
        return err_set(err, CONFLICT,
                       "Đợt '%s' chưa có hồ sơ nào trong địa bàn này nên chưa lập được kế hoạch.",
                       "The round '%s' has no file in these areas yet, so there is nothing to "
                       "plan.",
                       wish->round);
    if (status == OK)
        status = load_learned(app, arena, &m->learned, err);
    if (status == OK)
        status = load_minutes(app, arena, &m->plan.minutes, &is_measured, err);
    if (status != OK)
        return status;
    m->plan.files = (int64_t)m->file_count;
    m->cases = ARENA_ARRAY(arena, struct plan_case, m->file_count + 1);
    find_strata(m, arena);
    draw_sample(m, arena);
    keep_sample(m);
    keep_risks(m);
    return OK;
}

static enum status keep(const struct app_context *app, struct making *m, struct arena *arena,
                        struct err *err)
{
    enum status status = review_plan_add(app->store, &m->plan, m->strata, m->stratum_count,
                                         m->cases, m->case_count, err);

    if (status != OK)
        return status;
    return context_tell(
        app,
        &(struct audit_entry){
            .act = "review-plan-made",
            .object = arena_printf(arena, "review-plan:%lld", (long long)m->plan.id),
            .before = "",
            .after = arena_printf(arena, "%s, seed %lld, %zu of %zu files", m->plan.round,
                                  (long long)m->plan.seed, m->case_count, m->file_count),
            .reason = ""},
        err);
}

enum status review_plan_make(const struct app_context *app, const struct plan_wish *wish,
                             struct review_plan *out, struct err *err)
{
    struct making m = {.file_count = 0};
    struct arena arena;
    bool is_own;
    enum status status = check_wish(wish, err);

    if (status == OK)
        status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    arena_init(&arena);
    status = choose(app, wish, &arena, &m, err);
    if (status == OK)
        status = keep(app, &m, &arena, err);
    *out = m.plan;
    out->areas = "";
    arena_free(&arena);
    return context_end(app, is_own, status, err);
}

/* ---- as it stands ---- */

/* Whether all areas of a plan are among those of the account. */
static bool covers_all(const char *own, const char *areas, struct arena *arena)
{
    if (!own)
        return true;
    if (!*areas)
        return false;
    for (const char *at = areas; at[0] && at[1]; at += strcspn(at + 1, "|") + 1) {
        const char *one =
            arena_strndup(arena, at, strcspn(at + 1, "|") + 2);

        if (!strstr(own, one))
            return false;
    }
    return true;
}

static void estimate(struct plan_standing *s, struct arena *arena)
{
    struct rate_stratum *strata = ARENA_ARRAY(arena, struct rate_stratum, s->stratum_count + 1);

    for (size_t i = 0; i < s->stratum_count; i++) {
        strata[i] = (struct rate_stratum){(size_t)s->strata[i].files, (size_t)s->strata[i].seen,
                                          (size_t)s->strata[i].wrong};
        s->out += s->strata[i].out;
    }
    rate_estimate(strata, s->stratum_count, &s->rate);
}

enum status review_plan_find(const struct app_context *app, const char *round, struct arena *arena,
                             struct review_plan *out, struct err *err)
{
    return review_plan_newest(app->store, areas_seen(app, arena), round, arena, out, err);
}

enum status review_plan_stand(const struct app_context *app, const char *round,
                              struct arena *arena, struct plan_standing *out, struct err *err)
{
    const char *areas = areas_seen(app, arena);
    int64_t plan;
    enum status status;

    *out = (struct plan_standing){.stratum_count = 0};
    status = review_plan_newest(app->store, areas, round, arena, &out->plan, err);
    if (status != OK)
        return status;
    plan = out->plan.id;
    out->sees_whole = covers_all(areas, out->plan.areas, arena);
    status = review_plan_strata(app->store, plan, arena, &out->strata, &out->stratum_count, err);
    if (status == OK)
        status = review_plan_progress(app->store, plan, areas, &out->sample, &out->risk, err);
    if (status == OK)
        status = review_plan_cases(app->store, plan, true, arena, &out->risks, &out->risk_count,
                                   err);
    if (status == OK)
        status = review_plan_cases(app->store, plan, false, arena, &out->samples,
                                   &out->sample_count, err);
    if (status == OK)
        status = load_minutes(app, arena, &out->minutes, &out->is_measured, err);
    if (status == OK)
        status = load_learned(app, arena, &out->learned, err);
    estimate(out, arena);
    return status;
}

enum status review_plan_progress_of(const struct app_context *app, int64_t plan,
                                    struct plan_progress *sample, struct plan_progress *risk,
                                    struct err *err)
{
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = review_plan_progress(app->store, plan, areas_seen(app, &arena), sample, risk, err);
    arena_free(&arena);
    return status;
}

enum status review_rounds(const struct app_context *app, struct arena *arena,
                          struct plan_round **list, size_t *count, struct err *err)
{
    return review_plan_rounds(app->store, areas_seen(app, arena), arena, list, count, err);
}

enum status review_flags(const struct app_context *app, const char *round,
                         int64_t counts[QUALITY__MAX], int64_t *files, struct err *err)
{
    struct plan_flags *list;
    struct arena arena;
    size_t count;
    enum status status;

    arena_init(&arena);
    memset(counts, 0, QUALITY__MAX * sizeof(*counts));
    *files = 0;
    status = review_plan_flags(app->store, areas_seen(app, &arena), round, &arena, &list, &count,
                               err);
    for (size_t i = 0; status == OK && i < count; i++) {
        *files += list[i].files;
        for (int k = 0; k < QUALITY__MAX; k++)
            counts[k] += list[i].flags >> k & 1 ? list[i].files : 0;
    }
    arena_free(&arena);
    return status;
}

/* Rows of an action plan out of what is advised, and out of policies. */
#include "app/review/plan_drafts.h"

#include <string.h>

#include "base/text.h"

struct drafting {
    const struct evaluation *a;
    enum lang lang;
    struct arena *arena;
    const struct plan_row *rows; /* that are in the plan already */
    size_t row_count;
    struct plan_typed *list;
    size_t count;
};

static bool is_planned(const struct drafting *d, const char *source)
{
    for (size_t i = 0; i < d->row_count; i++) {
        if (strcmp(d->rows[i].source, source) == 0)
            return true;
    }
    return false;
}

/* A text that is NULL is left to people. */
static void draft(struct drafting *d, const char *source, const char *person, const char *task,
                  const char *time, const char *result)
{
    if (is_planned(d, source))
        return;
    d->list[d->count++] = (struct plan_typed){.source = source,
                                              .texts = {[ACTION_PERSON] = person,
                                                        [ACTION_TASK] = task,
                                                        [ACTION_TIME] = time,
                                                        [ACTION_RESULT] = result}};
}

static void draft_package(struct drafting *d, const struct advice_item *item)
{
    const struct package *package = item->package;
    day due = day_month_end(d->a->on, item->first_month + item->months - 1);

    draft(d, arena_printf(d->arena, PLAN_FROM_PACKAGE "%s", package->id),
          package->who.in[d->lang], package->what.in[d->lang], text_of_day(d->arena, due),
          package->result.in[d->lang]);
}

/* Single steps have neither people nor months. */
static void draft_step(struct drafting *d, const struct plan_step *step)
{
    const struct question *question = &d->a->response->questionnaire->questions[step->question];

    draft(d, arena_printf(d->arena, PLAN_FROM_STEP "%s", question->id), NULL,
          question->action.in[d->lang], NULL, NULL);
}

static void draft_policy(struct drafting *d, const struct policy_match *match)
{
    static const struct words receipt = {{"Giấy tiếp nhận hồ sơ", "Receipt of the application"}};
    const struct policy *policy = match->policy;

    if (match->verdict != VERDICT_ELIGIBLE || !policy->amount || policy->open != OPEN_YES)
        return;
    draft(d, arena_printf(d->arena, PLAN_FROM_POLICY "%s", policy->id), NULL,
          text_printf(d->arena, d->lang, "Chuẩn bị và nộp hồ sơ “%s”.",
                      "Prepare and hand in the application “%s”.", policy->name.in[d->lang]),
          NULL,
          receipt.in[d->lang]);
}

enum status plan_drafts(const struct app_context *app, int64_t enterprise,
                        const struct evaluation *a, const struct way *way, enum lang lang,
                        struct arena *arena, const struct plan_typed **list, size_t *count,
                        struct err *err)
{
    struct drafting d = {.a = a, .lang = lang, .arena = arena};
    struct plan_filter filter = PLAN_FILTER_NONE;
    struct plan_window window = {.max = PLAN_ROWS_MAX};
    size_t packages = way->advice ? way->advice->count : 0;
    size_t steps = way->plan ? way->plan->count : 0;
    size_t policies = a->match ? a->match->count : 0;
    enum status status;

    filter.enterprise = enterprise;
    status = plan_list(app, &filter, &window, arena, &d.rows, &d.row_count, err);
    if (status != OK)
        return status;
    d.list = ARENA_ARRAY(arena, struct plan_typed, packages + steps + policies + 1);
    for (size_t i = 0; i < packages; i++)
        draft_package(&d, &way->advice->items[i]);
    for (size_t i = 0; i < steps; i++)
        draft_step(&d, &way->plan->steps[i]);
    for (size_t i = 0; i < policies; i++)
        draft_policy(&d, &a->match->policies[i]);
    *list = d.list;
    *count = d.count;
    return OK;
}

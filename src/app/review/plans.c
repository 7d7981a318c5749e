/* Action plans: rows as people type them, held against the columns that are asked for. */
#include "app/review/plans.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/audit.h"

static const struct words states[PLAN_STATE__MAX] = {
    [PLAN_OPEN] = {{"Chưa làm", "Not begun"}},
    [PLAN_DOING] = {{"Đang làm", "Being done"}},
    [PLAN_DONE] = {{"Xong", "Done"}},
    [PLAN_DROPPED] = {{"Thôi làm", "Dropped"}},
};

struct words plan_state_words(enum plan_state state)
{
    return states[state];
}

const char *plan_state_id(enum plan_state state)
{
    return plan_state_code(state);
}

const char *plan_standing(const struct plan_row *row, day today, enum lang lang,
                          struct arena *arena)
{
    static const struct words late = {{"Quá hạn", "Overdue"}};
    const char *state = plan_state_words(row->state).in[lang];

    if (plan_is_overdue(row, today))
        return late.in[lang];
    return row->done_on == DAY_NONE
               ? state
               : arena_printf(arena, "%s %s", state, text_of_day(arena, row->done_on));
}

const char *plan_owner_name(const struct plan_row *row, enum lang lang)
{
    static const struct words province = {{"việc của tỉnh", "the province"}};

    if (!row->enterprise)
        return province.in[lang];
    return *row->name ? row->name : "–";
}

const char *plan_text(const struct plan_row *row, enum action_column column, struct arena *arena)
{
    const char *const texts[ACTION_COLUMN__MAX] = {
        [ACTION_PERSON] = row->person,
        [ACTION_TASK] = row->task,
        [ACTION_TIME] = row->due_on == DAY_NONE ? "" : text_of_day(arena, row->due_on),
        [ACTION_RESPONSIBILITY] = row->responsibility,
        [ACTION_AUTHORITY] = row->authority,
        [ACTION_RESULT] = row->result,
    };

    return texts[column];
}

static bool is_unfinished(enum plan_state state)
{
    return state == PLAN_OPEN || state == PLAN_DOING;
}

bool plan_is_overdue(const struct plan_row *row, day today)
{
    return is_unfinished(row->state) && row->due_on < today;
}

struct plan_filter plan_overdue_filter(day today)
{
    struct plan_filter filter = PLAN_FILTER_NONE;

    filter.only_unfinished = true;
    filter.due_to = today - 1;
    return filter;
}

enum status plan_owner(const struct app_context *app, const char *key, int64_t *enterprise,
                       struct err *err)
{
    struct store_row row;
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = store_find(app->store, key, NULL, &arena, &row, err);
    if (status == OK)
        *enterprise = store_enterprise_of(row.assessment);
    arena_free(&arena);
    return status;
}

int64_t plan_owner_of(const struct case_row *row)
{
    return store_enterprise_of(row->assessment);
}

enum status plan_list(const struct app_context *app, const struct plan_filter *filter,
                      struct plan_window *window, struct arena *arena,
                      const struct plan_row **list, size_t *count, struct err *err)
{
    return plan_row_list(app->store, filter, window, arena, list, count, err);
}

enum status plan_load(const struct app_context *app, int64_t id, struct arena *arena,
                      struct plan_row *row, struct err *err)
{
    return plan_row_load(app->store, id, arena, row, err);
}

enum status plan_count(const struct app_context *app, const struct plan_filter *filter,
                       size_t *count, struct err *err)
{
    return plan_row_count(app->store, filter, count, err);
}

enum status plan_sums(const struct app_context *app, const char *areas, struct arena *arena,
                      const struct plan_sum **list, size_t *count, struct err *err)
{
    return plan_row_sums(app->store, areas, app->today, arena, list, count, err);
}

/* ---- one row ---- */

/* "rõ người, rõ kết quả": the columns of a bit set, in the order of the file. */
static const char *missing_words(const struct action_columns *columns, unsigned missing,
                                 enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < columns->count; i++) {
        const struct action_heading *heading = &columns->items[i];

        if (missing & 1u << heading->column)
            text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
                                heading->missing.in[lang]);
    }
    return text;
}

struct saving {
    const struct app_context *app;
    const struct action_columns *columns;
    int64_t enterprise;
    struct arena *arena;
};

/* One row on its way: as typed, as it is to be, and what becomes of it. */
struct typing {
    const struct plan_typed *typed;
    size_t number; /* from 1, as people count */
    struct plan_row row;
    struct plan_outcome *out;
};

__attribute__((format(printf, 4, 6), format(printf, 5, 6))) static void
refuse(const struct saving *s, struct typing *t, enum plan_result result, const char *vi,
       const char *en, ...)
{
    char text[LANG__MAX][ERR_TEXT_MAX];
    va_list args;

    va_start(args, en);
    vsnprintf(text[LANG_VI], sizeof(text[LANG_VI]), vi, args);
    va_end(args);
    va_start(args, en);
    vsnprintf(text[LANG_EN], sizeof(text[LANG_EN]), en, args);
    va_end(args);
    t->out->result = result;
    t->out->why.in[LANG_VI] = arena_printf(s->arena, "Dòng %zu chưa lưu: %s.", t->number,
                                           text[LANG_VI]);
    t->out->why.in[LANG_EN] = arena_printf(s->arena, "Row %zu is not saved: %s.", t->number,
                                           text[LANG_EN]);
}

/* Without blanks at both ends; "" for what was not typed. */
static const char *typed_text(const struct saving *s, const struct typing *t,
                              enum action_column column)
{
    const char *text = t->typed->texts[column];
    size_t len;

    if (!text)
        return "";
    text += strspn(text, " \t\r\n");
    len = strlen(text);
    while (len && strchr(" \t\r\n", text[len - 1]))
        len--;
    return arena_strndup(s->arena, text, len);
}

static const char **text_of(struct plan_row *row, enum action_column column)
{
    const char **const texts[ACTION_COLUMN__MAX] = {
        [ACTION_PERSON] = &row->person,       [ACTION_TASK] = &row->task,
        [ACTION_TIME] = NULL,                 [ACTION_RESPONSIBILITY] = &row->responsibility,
        [ACTION_AUTHORITY] = &row->authority, [ACTION_RESULT] = &row->result,
    };

    return texts[column];
}

static bool take_day(const struct saving *s, struct typing *t, const char *text)
{
    if (!*text || day_parse_typed(text, strlen(text), &t->row.due_on))
        return true;
    t->out->fault = ACTION_TIME;
    refuse(s, t, PLAN_REFUSED, "không có ngày '%s', hãy viết như 24/02/2027",
           "there is no day '%s', write it like 24/02/2027", text);
    return false;
}

static bool take_text(const struct saving *s, struct typing *t,
                      const struct action_heading *heading)
{
    const char *text = typed_text(s, t, heading->column);
    size_t chars = text_chars(text);

    if (!*text)
        t->out->missing |= 1u << heading->column;
    if (heading->column == ACTION_TIME)
        return take_day(s, t, text);
    *text_of(&t->row, heading->column) = text;
    if (chars <= PLAN_TEXT_CHARS_MAX)
        return true;
    t->out->fault = (int)heading->column;
    refuse(s, t, PLAN_REFUSED, "%1$s dài %3$zu chữ, chỉ được tới %4$d%2$.0s",
           "%2$s has %3$zu characters, at most %4$d are allowed%1$.0s",
           heading->missing.in[LANG_VI], heading->missing.in[LANG_EN], chars, PLAN_TEXT_CHARS_MAX);
    return false;
}

/* What is done got its day when it was first said to be. */
static bool take_state(const struct saving *s, struct typing *t)
{
    const char *code = t->typed->state;
    enum plan_state state = code ? plan_state_find(code) : t->row.state;

    if (state == PLAN_STATE__MAX) {
        t->out->fault = ACTION_COLUMN__MAX;
        refuse(s, t, PLAN_REFUSED, "không có trạng thái '%s'", "there is no state '%s'", code);
        return false;
    }
    if (state != PLAN_DONE)
        t->row.done_on = DAY_NONE;
    else if (t->row.state != PLAN_DONE)
        t->row.done_on = s->app->today;
    t->row.state = state;
    return true;
}

static bool is_source(const char *source)
{
    static const char *const kinds[] = {PLAN_FROM_PACKAGE, PLAN_FROM_STEP, PLAN_FROM_POLICY};

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        size_t len = strlen(kinds[i]);

        if (strncmp(source, kinds[i], len) == 0)
            return text_is_id(source + len, strlen(source + len));
    }
    return !*source;
}

static bool take_source(const struct saving *s, struct typing *t)
{
    if (is_source(t->row.source))
        return true;
    t->out->fault = ACTION_COLUMN__MAX;
    refuse(s, t, PLAN_REFUSED, "không rõ dòng được lập từ đâu: '%s'",
           "it is not clear what it was made from: '%s'", t->row.source);
    return false;
}

/* From what was typed into t->row; false after refusing it. */
static bool take(const struct saving *s, struct typing *t)
{
    for (size_t i = 0; i < s->columns->count; i++) {
        if (!take_text(s, t, &s->columns->items[i]))
            return false;
    }
    if (t->out->missing) {
        refuse(s, t, PLAN_MISSING, "thiếu %1$s%2$.0s", "%2$s lacks%1$.0s",
               missing_words(s->columns, t->out->missing, LANG_VI, s->arena),
               missing_words(s->columns, t->out->missing, LANG_EN, s->arena));
        return false;
    }
    t->row.is_province = t->typed->is_province || !s->enterprise;
    t->row.account = s->app->account ? s->app->account->id : 0;
    return take_source(s, t) && take_state(s, t);
}

static bool is_blank(const struct saving *s, const struct typing *t)
{
    for (int i = 0; i < ACTION_COLUMN__MAX; i++) {
        if (*typed_text(s, t, (enum action_column)i))
            return false;
    }
    return !t->typed->id;
}

/* ---- what changed ---- */

/* Names of the columns that differ: "person, time". */
static const char *changed_columns(const struct saving *s, struct plan_row *before,
                                   struct plan_row *after)
{
    const char *text = "";

    for (int i = 0; i < ACTION_COLUMN__MAX; i++) {
        const char **old = text_of(before, (enum action_column)i);
        const char **new = text_of(after, (enum action_column)i);
        bool is_same = old ? strcmp(*old, *new) == 0 : before->due_on == after->due_on;

        if (!is_same)
            text = arena_printf(s->arena, "%s%s%s", text, *text ? ", " : "",
                                action_column_code((enum action_column)i));
    }
    return text;
}

static bool is_same(const struct saving *s, struct plan_row *before, struct plan_row *after)
{
    return before->state == after->state && before->is_province == after->is_province &&
           !*changed_columns(s, before, after);
}

/* The audit is never erased, so it tells which columns were changed, not what people wrote. */
static enum status tell(const struct saving *s, struct plan_row *before, struct plan_row *after,
                        struct err *err)
{
    char object[32];

    snprintf(object, sizeof(object), "plan:%lld", (long long)after->id);
    return context_tell(s->app,
                        &(struct audit_entry){
                            .act = before->id ? "plan-changed" : "plan-added",
                            .object = object,
                            .before = before->id ? plan_state_code(before->state) : "",
                            .after = plan_state_code(after->state),
                            .reason = before->id ? changed_columns(s, before, after) : ""},
                        err);
}

/* ---- stored ---- */

/* The row that is to be changed, of this plan. */
static enum status load(const struct saving *s, int64_t id, struct plan_row *row, struct err *err)
{
    enum status status = plan_row_load(s->app->store, id, s->arena, row, err);

    if (status == OK && row->enterprise != s->enterprise)
        return err_set(err, NOT_FOUND, "không có dòng này trong kế hoạch",
                       "there is no such row in this plan");
    return status;
}

static enum status store(const struct saving *s, struct typing *t, struct plan_row *before,
                         struct err *err)
{
    enum status status = before->id
                             ? plan_row_change(s->app->store, &t->row, s->app->now, err)
                             : plan_row_add(s->app->store, &t->row, s->app->now, err);

    if (status == OK)
        status = tell(s, before, &t->row, err);
    if (status == OK)
        status = plan_row_load(s->app->store, t->row.id, s->arena, &t->out->row, err);
    if (status == OK)
        t->out->result = PLAN_SAVED;
    return status;
}

/* A new row, before anything was typed into it. */
static struct plan_row new_row(const struct saving *s, const struct plan_typed *typed)
{
    return (struct plan_row){.enterprise = s->enterprise,
                             .person = "",
                             .task = "",
                             .responsibility = "",
                             .authority = "",
                             .result = "",
                             .source = typed->source ? typed->source : "",
                             .due_on = DAY_NONE,
                             .done_on = DAY_NONE};
}

static enum status save_row(const struct saving *s, struct typing *t, struct err *err)
{
    struct plan_row before = new_row(s, t->typed);
    enum status status = t->typed->id ? load(s, t->typed->id, &before, err) : OK;

    if (status != OK || is_blank(s, t))
        return status;
    t->row = before;
    if (before.id)
        t->out->row = before;
    if (!take(s, t))
        return OK;
    if (before.id && is_same(s, &before, &t->row)) {
        t->out->result = PLAN_SAME;
        return OK;
    }
    if (before.id && before.version != t->typed->version) {
        refuse(s, t, PLAN_STALE, "người khác vừa sửa dòng này, hãy chọn bản giữ lại",
               "somebody else has just changed it, choose which to keep");
        return OK;
    }
    return store(s, t, &before, err);
}

enum status plan_save(const struct app_context *app, const struct action_columns *columns,
                      int64_t enterprise, const struct plan_typed *rows, size_t count,
                      struct arena *arena, struct plan_outcome *outcomes, struct err *err)
{
    struct saving s = {app, columns, enterprise, arena};
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < count && status == OK; i++) {
        struct typing typing = {.typed = &rows[i],
                                .number = rows[i].number ? rows[i].number : i + 1,
                                .out = &outcomes[i]};

        outcomes[i] = (struct plan_outcome){.result = PLAN_BLANK, .fault = -1};
        status = save_row(&s, &typing, err);
    }
    return context_end(app, is_own, status, err);
}

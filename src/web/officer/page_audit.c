/* The audit: who did what, when, to what; filtered in the address, paged by key; looked over. */
#include "audit_words.h"
#include "web/officer/audit_page.h"
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/audit.h"
#include "app/review/cases.h"
#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

#define ROWS 100

enum { QUERY_WHO, QUERY_ACT, QUERY_KIND, QUERY_OBJECT, QUERY_DAY, QUERY_BEFORE, QUERIES };

static const char *const query_names[QUERIES] = {"ai", "viec", "loai", "ve", "ngay", "truoc"};

/* ---- for programs ---- */

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_INT64, struct audit_line, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "at", at),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "who", who),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "act", act),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "what", what),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "object", object),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "before", before),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "after", after),
    JSON_VALUE(MEMBER_TEXT, struct audit_line, "reason", reason),
};
const struct json_shape shape_audit_line =
    JSON_SHAPE(struct audit_line, "DeskAuditLine", line_members);

static const struct json_member audit_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct audit_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct audit_page, "entries", entries),
    JSON_VALUE(MEMBER_TEXT, struct audit_page, "head", head),
    JSON_VALUE(MEMBER_TEXT, struct audit_page, "checked", checked),
    JSON_VALUE(MEMBER_FLAG, struct audit_page, "broken", is_broken),
    JSON_PARTS(struct audit_page, "lines", lines, count, &shape_audit_line),
};
const struct json_shape shape_audit = JSON_SHAPE(struct audit_page, "DeskAudit", audit_members);

/* ---- what is asked for ---- */

/* Where a day begins in Vietnam, in UTC. */
static const char *day_begins(struct request *rq, day d)
{
    return arena_printf(rq->arena, "%sT17:00:00Z", day_iso_text(rq->arena, d - 1));
}

static const char *sent(const struct field *field)
{
    return field->value && *field->value ? field->value : NULL;
}

static const char *kind_pattern(struct request *rq, const char *kind)
{
    static const char *const kinds[] = {"case", "account", "plan", "signing-key"};

    for (size_t i = 0; kind && i < ARRAY_SIZE(kinds); i++) {
        if (strcmp(kinds[i], kind) == 0)
            return arena_printf(rq->arena, "%s:%%", kind);
    }
    return NULL;
}

static struct audit_filter filter_of(struct request *rq, const struct field *query)
{
    bool sees_all = permission(&rq->desk.account, ACT_SEE_AUDIT) == REACH_ALL;
    const char *before = sent(&query[QUERY_BEFORE]), *text = sent(&query[QUERY_DAY]);
    struct audit_filter filter = {.before = before ? strtoll(before, NULL, 10) : 0,
                                  .actor = sent(&query[QUERY_WHO]),
                                  .act = sent(&query[QUERY_ACT]),
                                  .object = sent(&query[QUERY_OBJECT]),
                                  .kind = kind_pattern(rq, sent(&query[QUERY_KIND]))};
    day d;

    if (text && day_parse_typed(text, strlen(text), &d)) {
        filter.from = day_begins(rq, d);
        filter.to = day_begins(rq, d + 1);
    }
    if (sees_all)
        return filter;
    filter.areas = areas_seen(&rq->app, rq->arena);
    filter.assignee = rq->desk.account.id;
    if (!filter.areas)
        filter.kind = filter.kind && strcmp(filter.kind, "plan:%") == 0 ? filter.kind : "case:%";
    return filter;
}

/* ---- what is shown ---- */

static struct path with_query(struct request *rq, const struct field *query, size_t but,
                              const char *value)
{
    struct path path = path_page_audit(rq->arena);

    for (size_t i = 0; i < QUERIES; i++) {
        const char *own = i == but ? value : i == QUERY_BEFORE ? NULL : sent(&query[i]);

        if (own)
            path = path_with(rq->arena, path, query_names[i], own);
    }
    return path;
}

static struct audit_line line_of(struct request *rq, const struct field *query,
                                 const struct audit_entry *entry)
{
    bool sees_answers = permission(&rq->desk.account, ACT_SEE_CASES) != REACH_NONE;

    return (struct audit_line){
        .id = entry->id,
        .at = time_and_day(rq->arena, entry->at),
        .who = entry->actor,
        .act = entry->act,
        .what = audit_act_words(rq, entry->act),
        .object = audit_object_words(rq, entry->object),
        .before = audit_value_words(rq, entry, entry->before, sees_answers),
        .after = audit_value_words(rq, entry, entry->after, sees_answers),
        .reason = audit_reason_words(rq, entry, sees_answers),
        .of_who = with_query(rq, query, QUERY_WHO, entry->actor),
        .of_object = with_query(rq, query, QUERY_OBJECT, entry->object)};
}

static void add_choice(struct choice_view *list, size_t *count, const char *value,
                       const char *label, const char *chosen)
{
    list[(*count)++] =
        (struct choice_view){value, label, chosen && strcmp(value, chosen) == 0};
}

static void fill_choices(struct request *rq, const struct field *query, struct audit_page *page)
{
    struct choice_view *acts =
        ARENA_ARRAY(rq->arena, struct choice_view, audit_word_count + CASE_ACT__MAX);
    struct choice_view *kinds = ARENA_ARRAY(rq->arena, struct choice_view, 4);
    const char *act = sent(&query[QUERY_ACT]), *kind = sent(&query[QUERY_KIND]);

    for (size_t i = 0; i < audit_word_count; i++)
        add_choice(acts, &page->act_count, audit_words[i].code,
                   audit_words[i].name.in[rq->lang], act);
    for (int i = 0; i < CASE_ACT__MAX; i++)
        add_choice(acts, &page->act_count, case_rules[i].code, case_rules[i].name.in[rq->lang],
                   act);
    add_choice(kinds, &page->kind_count, "case", tr(rq, WEB_audit_kind_case), kind);
    add_choice(kinds, &page->kind_count, "account", tr(rq, WEB_audit_kind_account), kind);
    add_choice(kinds, &page->kind_count, "plan", tr(rq, WEB_audit_kind_plan), kind);
    add_choice(kinds, &page->kind_count, "signing-key", tr(rq, WEB_audit_kind_key), kind);
    page->acts = acts;
    page->kinds = kinds;
}

static enum status fill_lines(struct request *rq, const struct field *query,
                              struct audit_page *page, struct err *err)
{
    const struct audit_filter filter = filter_of(rq, query);
    const struct audit_entry *entries;
    struct audit_line *lines;
    size_t count;
    enum status status =
        audit_page(&rq->app, &filter, ROWS + 1, rq->arena, &entries, &count, err);

    if (status != OK)
        return status;
    page->count = count > ROWS ? ROWS : count;
    lines = ARENA_ARRAY(rq->arena, struct audit_line, page->count + 1);
    for (size_t i = 0; i < page->count; i++)
        lines[i] = line_of(rq, query, &entries[i]);
    page->lines = lines;
    if (count > ROWS)
        page->older = with_query(rq, query, QUERY_BEFORE,
                                 arena_printf(rq->arena, "%lld",
                                              (long long)entries[ROWS - 1].id));
    if (filter.before)
        page->newest = with_query(rq, query, QUERIES, NULL);
    return OK;
}

static enum status fill_head(struct request *rq, struct audit_page *page, struct err *err)
{
    struct audit_check head;
    enum status status;

    page->may_check = permission(&rq->desk.account, ACT_CHECK_AUDIT) != REACH_NONE;
    if (!page->may_check)
        return OK;
    status = audit_head(&rq->app, &head, err);
    page->entries = desk_number(rq, head.entries);
    page->head = audit_head_text(rq->arena, &head);
    return status;
}

static enum work_queue show(struct request *rq, const struct audit_check *check)
{
    struct desk_layout layout = desk_layout(rq, WEB_audit_title);
    struct audit_page page = {.token = rq->form_token, .plain = path_page_audit(rq->arena)};
    struct field query[QUERIES];
    struct err err;

    for (size_t i = 0; i < QUERIES; i++)
        query[i] = (struct field){.name = query_names[i], .max = 80};
    query_read(rq->arena, rq->x->request.query, query, QUERIES);
    page.who = query[QUERY_WHO].value ? query[QUERY_WHO].value : "";
    page.day = query[QUERY_DAY].value ? query[QUERY_DAY].value : "";
    page.object = query[QUERY_OBJECT].value ? query[QUERY_OBJECT].value : "";
    page.object_words = *page.object ? audit_object_words(rq, page.object) : "";
    for (size_t i = 0; i < QUERY_BEFORE; i++)
        page.is_filtered |= sent(&query[i]) != NULL;
    if (fill_lines(rq, query, &page, &err) != OK || fill_head(rq, &page, &err) != OK)
        return request_error(rq, &err);
    fill_choices(rq, query, &page);
    if (check) {
        page.is_broken = check->broken != 0;
        page.checked = web_tr(
            rq->lang, page.is_broken ? WEB_audit_broken : WEB_audit_holds, rq->arena,
            (const char *[]){desk_number(rq, page.is_broken ? check->broken : check->entries),
                             time_and_day(rq->arena, rq->app.now)},
            2);
    }
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_audit, &page);
    layout.is_wide = true;
    request_page(rq, 200);
    view_audit(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_audit(struct request *rq)
{
    return show(rq, NULL);
}

enum work_queue post_audit(struct request *rq)
{
    struct audit_check check;
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, NULL);
    return audit_verify(&rq->app, &check, &err) == OK ? show(rq, &check)
                                                      : request_error(rq, &err);
}

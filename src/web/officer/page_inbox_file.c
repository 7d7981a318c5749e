/* One file of the inbox: what would become of its rows, what is asked, what may be done. */
#include "case_words.h"
#include "inbox_reading.h"
#include "web/officer/inbox_page.h"
#include "web/handlers.h"

#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/text.h"
#include "survey/response_csv.h"
#include "web_paths.h"
#include "web_views.h"

#define ROWS 50
#define REST_ROWS_MAX INBOX_ROWS_MAX
#define BIT(outcome) (1u << (outcome))
#define ALL_LEFT                                                                                   \
    (BIT(INBOX_NEW) | BIT(INBOX_CHANGED) | BIT(INBOX_SAME) | BIT(INBOX_REFUSED) |                  \
     BIT(INBOX_REVIEWED))

/* ---- what is asked ---- */

static const struct choice_view *choices_of(struct request *rq, const struct inbox_choice *list,
                                            size_t count, enum web_text none, const char *chosen,
                                            size_t *out_count)
{
    struct choice_view *views = ARENA_ARRAY(rq->arena, struct choice_view, count + 2);

    views[0] = (struct choice_view){"", tr(rq, WEB_inbox_choose), false};
    views[1] = (struct choice_view){"-", tr(rq, none), strcmp(chosen, "-") == 0};
    for (size_t i = 0; i < count; i++)
        views[i + 2] =
            (struct choice_view){list[i].id, list[i].label, strcmp(list[i].id, chosen) == 0};
    *out_count = count + 2;
    return views;
}

static void add_headings(struct request *rq, const struct open_inbox *open,
                         struct inbox_file_page *page)
{
    struct inbox_ask *asks = ARENA_ARRAY(rq->arena, struct inbox_ask, open->heading_count + 1);
    struct inbox_choice *columns;
    size_t count;

    inbox_columns(&rq->site->loaded, open->inbox.questionnaire, rq->lang, rq->arena, &columns,
                  &count);
    for (size_t i = 0; i < open->heading_count && i < INBOX_ASKED_MAX; i++) {
        const struct inbox_heading *heading = &open->headings[i];
        const char *chosen = heading->is_open ? heading->guess
                             : *heading->meaning ? heading->meaning
                                                 : "-";

        asks[i] = (struct inbox_ask){.name = arena_printf(rq->arena, "cot%zu", i),
                                     .keep = arena_printf(rq->arena, "nho-cot%zu", i),
                                     .text = heading->heading,
                                     .source = tr(rq, heading->is_open         ? WEB_inbox_open
                                                      : heading->is_remembered ? WEB_inbox_known
                                                                               : WEB_inbox_said),
                                     .is_kept = heading->is_open || heading->is_remembered};
        asks[i].choices = choices_of(rq, columns, count, WEB_inbox_pass_over, chosen,
                                     &asks[i].choice_count);
        page->heading_count++;
    }
    page->headings = asks;
}

static void add_texts(struct request *rq, const struct open_inbox *open,
                      struct inbox_file_page *page)
{
    struct inbox_ask *asks = ARENA_ARRAY(rq->arena, struct inbox_ask, open->fault_count + 1);

    for (size_t i = 0; i < open->fault_count; i++) {
        const struct inbox_fault *fault = &open->faults[i];
        struct inbox_choice *list;
        size_t count;

        asks[i] = (struct inbox_ask){.column = *fault->heading ? fault->heading
                                                               : tr(rq, WEB_inbox_whole_row),
                                     .text = fault->text,
                                     .fault = fault->fault.in[rq->lang],
                                     .cells = fault->cells,
                                     .rows = fault->bad_rows,
                                     .is_kept = true};
        if (!fault->is_open)
            continue;
        asks[i].name = arena_printf(rq->arena, "o%zu", i);
        asks[i].keep = arena_printf(rq->arena, "nho-o%zu", i);
        inbox_choices(&rq->site->loaded, open->inbox.questionnaire, fault->item, rq->lang,
                      rq->arena, &list, &count);
        asks[i].choices = choices_of(rq, list, count, WEB_inbox_leave_empty, fault->guess,
                                     &asks[i].choice_count);
    }
    page->texts = asks;
    page->text_count = open->fault_count;
}

static const char *meaning_name(struct request *rq, const struct open_inbox *open,
                                const struct inbox_meaning *meaning)
{
    struct inbox_choice *list;
    size_t count;

    if (!*meaning->meaning)
        return tr(rq, WEB_inbox_leave_empty);
    inbox_choices(&rq->site->loaded, open->inbox.questionnaire, meaning->item, rq->lang, rq->arena,
                  &list, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, meaning->meaning) == 0)
            return list[i].label;
    }
    return meaning->meaning;
}

static void add_remembered(struct request *rq, const struct open_inbox *open,
                           struct inbox_file_page *page)
{
    const char **lines = ARENA_ARRAY(rq->arena, const char *, open->meaning_count + 1);

    for (size_t i = 0; i < open->meaning_count; i++) {
        const struct inbox_meaning *meaning = &open->meanings[i];

        if (!*meaning->item)
            continue;
        lines[page->remembered_count++] =
            INBOX_SAY(rq, WEB_inbox_meaning,
                      inbox_item_name(&rq->site->loaded, open->inbox.questionnaire, meaning->item,
                                      rq->lang),
                      meaning->text, meaning_name(rq, open, meaning),
                      tr(rq, meaning->is_remembered ? WEB_inbox_known : WEB_inbox_said));
    }
    page->remembered = lines;
}

/* ---- rows ---- */

struct tab {
    const char *code;
    enum web_text name;
    unsigned outcomes;
    bool is_other;
};

static const struct tab tabs[] = {
    {"thay-doi", WEB_inbox_changed, BIT(INBOX_CHANGED), false},
    {"moi", WEB_inbox_new, BIT(INBOX_NEW), false},
    {"giong", WEB_inbox_same, BIT(INBOX_SAME), false},
    {"tu-choi", WEB_inbox_refused, BIT(INBOX_REFUSED), false},
    {"de-rieng", WEB_inbox_reviewed, BIT(INBOX_REVIEWED), false},
    {"dia-ban-khac", WEB_inbox_foreign, ALL_LEFT, true},
};
#define TABS ARRAY_SIZE(tabs)

static int64_t counted(const struct open_inbox *open, const struct tab *tab)
{
    int64_t all = 0;

    for (int i = 0; i < INBOX_OUTCOME__MAX; i++) {
        if (tab->outcomes >> i & 1)
            all += tab->is_other ? open->counts.other[i] : open->counts.own[i];
    }
    return all;
}

static const char *points(struct request *rq, struct ratio r)
{
    return text_of_number_short(rq->arena, r, 2, rq->lang);
}

/* Refused rows have no area that is known, so only who sent them sees them; and so others' rows. */
static bool sees_rows(const struct request *rq, const struct open_inbox *open,
                      const struct tab *tab)
{
    return !tab->is_other || open->inbox.account == rq->desk.account.id;
}

static const char *change_text(struct request *rq, const struct inbox_changes *changes)
{
    const char *text = "", *none = tr(rq, WEB_inbox_unknown);

    for (size_t i = 0; i < changes->count; i++) {
        const struct inbox_change *change = &changes->items[i];

        text = arena_printf(rq->arena, "%s%s%s: %s → %s", text, i ? "; " : "", change->name,
                            change->before ? change->before : none,
                            change->after ? change->after : none);
    }
    if (changes->total > changes->count)
        text = arena_printf(rq->arena, "%s; %s", text,
                            tr_with(rq, WEB_inbox_more,
                                    desk_number(rq, (int64_t)(changes->total - changes->count))));
    return text;
}

static enum status show_row(struct request *rq, const struct inbox_row *row, const struct tab *tab,
                            struct inbox_shown *out, struct err *err)
{
    struct inbox_changes changes;
    enum status status;

    *out = (struct inbox_shown){.name = *row->name       ? row->name
                                        : *row->tax_code ? row->tax_code
                                                         : "–",
                                .line = row->line,
                                .what = row->reason.in[rq->lang],
                                .result = ""};
    if (tab->is_other)
        out->what = tr(rq, WEB_inbox_rest_area);
    if (tab->is_other || !*row->response ||
        !(BIT(row->outcome) & (BIT(INBOX_NEW) | BIT(INBOX_CHANGED))))
        return OK;
    status = inbox_row_changes(&rq->app, row, rq->lang, rq->arena, &changes, err);
    if (status != OK)
        return status;
    out->what = change_text(rq, &changes);
    out->result = points(rq, changes.points);
    if (ratio_is_valid(changes.points_before))
        out->result = arena_printf(rq->arena, "%s → %s", points(rq, changes.points_before),
                                   out->result);
    out->result =
        arena_printf(rq->arena, "%s, %s", out->result, case_level_text(rq, changes.level));
    return OK;
}

static enum status add_rows(struct request *rq, const struct open_inbox *open,
                            const struct tab *tab, struct inbox_file_page *page, struct err *err)
{
    struct inbox_row *rows;
    struct inbox_shown *shown;
    enum status status =
        open_inbox_rows(&rq->app, open, tab->outcomes, tab->is_other, ROWS,
                        (page->page - 1) * ROWS, rq->arena, &rows, &page->row_count, err);

    if (status != OK)
        return status;
    if (!sees_rows(rq, open, tab))
        page->row_count = 0;
    shown = ARENA_ARRAY(rq->arena, struct inbox_shown, page->row_count + 1);
    for (size_t i = 0; i < page->row_count && status == OK; i++)
        status = show_row(rq, &rows[i], tab, &shown[i], err);
    page->rows = shown;
    return status;
}

static struct path tab_path(struct request *rq, int64_t id, const struct tab *tab)
{
    return path_with(rq->arena, path_page_inbox_file(rq->arena, id), "xem", tab->code);
}

static struct path paged(struct request *rq, int64_t id, const struct tab *tab, size_t page)
{
    return path_with(rq->arena, tab_path(rq, id, tab), "trang",
                     arena_printf(rq->arena, "%zu", page));
}

/* The tab that is asked for, or the first that has rows. */
static size_t tab_of(const struct open_inbox *open, const char *code)
{
    size_t first = 0;

    for (size_t i = 0; code && i < TABS; i++) {
        if (strcmp(tabs[i].code, code) == 0)
            return i;
    }
    while (first + 1 < TABS && !counted(open, &tabs[first]))
        first++;
    return counted(open, &tabs[first]) ? first : 0;
}

static size_t number_of(const char *text)
{
    size_t number = 0;

    for (; text && *text >= '0' && *text <= '9' && number < 100000; text++)
        number = 10 * number + (size_t)(*text - '0');
    return number ? number : 1;
}

static enum status add_tabs(struct request *rq, const struct open_inbox *open, const char *code,
                            const char *number, struct inbox_file_page *page, struct err *err)
{
    size_t here = tab_of(open, code), last;
    struct inbox_tab *views = ARENA_ARRAY(rq->arena, struct inbox_tab, TABS);

    for (size_t i = 0; i < TABS; i++)
        views[i] = (struct inbox_tab){tr(rq, tabs[i].name), tab_path(rq, open->inbox.id, &tabs[i]),
                                      counted(open, &tabs[i]), i == here};
    page->tabs = views;
    page->tab_count = TABS;
    last = ((size_t)views[here].count + ROWS - 1) / ROWS;
    page->pages = last ? last : 1;
    page->page = number_of(number);
    if (page->page > page->pages)
        page->page = page->pages;
    page->before = paged(rq, open->inbox.id, &tabs[here], page->page - 1);
    page->next = paged(rq, open->inbox.id, &tabs[here], page->page + 1);
    return add_rows(rq, open, &tabs[here], page, err);
}

/* ---- what was and may be done ---- */

static void add_imports(struct request *rq, const struct open_inbox *open,
                        struct inbox_file_page *page)
{
    struct inbox_let_in *list = ARENA_ARRAY(rq->arena, struct inbox_let_in, open->import_count + 1);

    for (size_t i = 0; i < open->import_count; i++) {
        const struct store_import *import = &open->imports[i];
        const char *at = time_and_day(rq->arena, import->started_at);

        list[i] = (struct inbox_let_in){
            .id = import->id,
            .may_undo = !*import->undone_at && open->inbox.state != INBOX_ENTERING,
            .text = *import->undone_at
                        ? INBOX_SAY(rq, WEB_inbox_import_undone, import->actor, at,
                                    import->undone_by, time_and_day(rq->arena, import->undone_at))
                        : INBOX_SAY(rq, WEB_inbox_import, import->actor, at,
                                    desk_number(rq, import->inserted),
                                    desk_number(rq, import->revised))};
    }
    page->imports = list;
    page->import_count = open->import_count;
}

static const char *sentence_of(struct request *rq, const struct open_inbox *open, int64_t in)
{
    switch (open->inbox.state) {
    case INBOX_RECEIVED:
        return tr(rq, WEB_inbox_broken_off);
    case INBOX_READY:
        return tr_with(rq, WEB_inbox_nothing_in, time_and_day(rq->arena, open->inbox.checked_at));
    case INBOX_ENTERING:
        return INBOX_SAY(rq, WEB_inbox_progress, desk_number(rq, in),
                         desk_number(rq, open_inbox_enterable(open)));
    case INBOX_ENTERED:
        return tr_with(rq, WEB_inbox_some_in, desk_number(rq, in));
    default:
        return "";
    }
}

static void add_acts(struct request *rq, const struct open_inbox *open,
                     struct inbox_file_page *page)
{
    bool may = open_inbox_may(open, INBOX_ACT_ENTER);

    page->enterable = may ? open_inbox_enterable(open) : 0;
    page->may_discard = open_inbox_may(open, INBOX_ACT_DISCARD);
    page->may_read = open_inbox_may(open, INBOX_ACT_READ);
    page->is_entering = open->inbox.state == INBOX_ENTERING;
    page->has_rest = *open->inbox.checked_at && open->inbox.account == rq->desk.account.id &&
                     page->refused + page->reviewed + page->foreign > 0;
    if (open->inbox.state == INBOX_READY && !may)
        page->hint = open->open_headings
                         ? tr_with(rq, WEB_inbox_still_open,
                                   desk_number(rq, (int64_t)open->open_headings))
                         : tr(rq, WEB_inbox_nothing);
}

static void add_counts(const struct open_inbox *open, struct inbox_file_page *page)
{
    const int64_t *own = open->counts.own;

    page->fresh = own[INBOX_NEW];
    page->changed = own[INBOX_CHANGED];
    page->same = own[INBOX_SAME];
    page->refused = own[INBOX_REFUSED];
    page->reviewed = own[INBOX_REVIEWED];
    page->foreign = counted(open, &tabs[TABS - 1]);
    page->let_in = own[INBOX_LET_NEW] + own[INBOX_LET_CHANGED] +
                   open->counts.other[INBOX_LET_NEW] + open->counts.other[INBOX_LET_CHANGED];
}

static const char *done_text(struct request *rq, const char *done)
{
    if (done && strcmp(done, "hoan-tac") == 0)
        return tr(rq, WEB_inbox_done_undone);
    return done && strcmp(done, "ghep") == 0 ? tr(rq, WEB_inbox_done_meant) : NULL;
}

static const struct json_member file_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct inbox_file_page, "token", token),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "id", id),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "version", version),
    JSON_VALUE(MEMBER_TEXT, struct inbox_file_page, "file", file),
    JSON_VALUE(MEMBER_TEXT, struct inbox_file_page, "state", state),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "new", fresh),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "changed", changed),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "same", same),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "refused", refused),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "set_aside", reviewed),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "other_areas", foreign),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "let_in", let_in),
    JSON_VALUE(MEMBER_INT64, struct inbox_file_page, "enterable", enterable),
};
static const struct json_shape shape_file =
    JSON_SHAPE(struct inbox_file_page, "DeskInboxFile", file_members);

static void add_head(struct request *rq, const struct open_inbox *open,
                     struct inbox_file_page *page)
{
    const struct inbox *inbox = &open->inbox;
    const char *by = inbox->account == rq->desk.account.id ? rq->desk.account.full_name
                                                           : tr(rq, WEB_inbox_somebody);

    page->token = rq->form_token;
    page->id = inbox->id;
    page->version = inbox->version;
    page->file = inbox->file;
    page->who = INBOX_SAY(rq, WEB_inbox_who, inbox->sender, by,
                          time_and_day(rq->arena, inbox->received_at), inbox->questionnaire,
                          inbox->round);
    page->state = inbox_state_text(rq, inbox->state, &page->tone);
    page->fault = inbox->state == INBOX_UNREADABLE ? inbox->fault.in[rq->lang] : NULL;
    add_counts(open, page);
    page->sentence = sentence_of(rq, open, page->let_in);
}

enum work_queue page_inbox_file(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_inbox_title);
    struct field fields[] = {{.name = "xem", .max = 20},
                             {.name = "trang", .max = 6},
                             {.name = "xong", .max = 20}};
    struct inbox_file_page page = {.done = NULL};
    struct open_inbox open;
    struct err err;

    query_read(rq->arena, rq->x->request.query, fields, 3);
    if (open_inbox_load(&rq->app, rq->number, rq->arena, &open, &err) != OK)
        return request_error(rq, &err);
    add_head(rq, &open, &page);
    add_acts(rq, &open, &page);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_file, &page);
    if (open.inbox.state == INBOX_READY || open.inbox.state == INBOX_ENTERED) {
        add_headings(rq, &open, &page);
        add_texts(rq, &open, &page);
    }
    add_remembered(rq, &open, &page);
    add_imports(rq, &open, &page);
    page.done = done_text(rq, fields[2].value);
    if (add_tabs(rq, &open, fields[0].value, fields[1].value, &page, &err) != OK)
        return request_error(rq, &err);
    layout.is_wide = true;
    layout.layout.title = open.inbox.file;
    request_page(rq, 200);
    view_inbox_file(&rq->view, &layout, &page,
                    desk_number(rq, open.inbox.columns - (int64_t)open.heading_count),
                    desk_number(rq, open.inbox.columns));
    return QUEUE_DONE;
}

/* ---- what is left, as a file ---- */

static void write_rest(struct request *rq, const struct open_inbox *open,
                       const struct inbox_row *rows, size_t count, const char *reason,
                       struct buf *out)
{
    const char *separator = open->inbox.separator;

    for (size_t i = 0; i < count; i++) {
        const char *why = reason ? reason : rows[i].reason.in[rq->lang];

        if (*separator) {
            struct csv_writer w;

            csv_writer_init(&w, out, (struct csv_format){*separator, false, true});
            csv_put(&w, why);
            buf_putc(out, *separator);
            buf_puts(out, rows[i].cells);
        } else if (rows[i].cells[0] == '{' && rows[i].cells[1] == '"') {
            struct json_writer w;

            buf_puts(out, "{\"" RESPONSE_CSV_REASON "\":");
            json_writer_init(&w, out);
            json_string(&w, why);
            buf_printf(out, ",%s\n", rows[i].cells + 1);
        }
    }
}

enum work_queue page_inbox_rest(struct request *rq)
{
    struct buf *out = &rq->x->reply.body;
    struct open_inbox open;
    struct inbox_row *own, *other;
    size_t own_count, other_count;
    bool is_table;
    struct err err;

    if (open_inbox_load(&rq->app, rq->number, rq->arena, &open, &err) != OK ||
        open_inbox_rows(&rq->app, &open, BIT(INBOX_REFUSED) | BIT(INBOX_REVIEWED), false,
                        REST_ROWS_MAX, 0, rq->arena, &own, &own_count, &err) != OK ||
        open_inbox_rows(&rq->app, &open, ALL_LEFT, true, REST_ROWS_MAX, 0, rq->arena, &other,
                        &other_count, &err) != OK)
        return request_error(rq, &err);
    if (open.inbox.account != rq->desk.account.id)
        return request_not_found(rq);
    is_table = *open.inbox.separator;
    request_attachment(rq, is_table ? "text/csv; charset=utf-8" : "application/jsonl",
                       is_table ? "de-lai.rejects.csv" : "de-lai.rejects.jsonl");
    if (is_table)
        buf_printf(out, "\xef\xbb\xbf%s%s%s", RESPONSE_CSV_REASON, open.inbox.separator,
                   open.inbox.header);
    write_rest(rq, &open, own, own_count, NULL, out);
    write_rest(rq, &open, other, other_count, tr(rq, WEB_inbox_rest_area), out);
    return QUEUE_DONE;
}

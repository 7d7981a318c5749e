#include "app/page_metrics.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* ---- counting together ---- */

struct counting {
    struct arena *arena;
    const struct loaded_data *loaded;
    const struct page_count_options *options;
    struct page_count *items;
    size_t count, cap;
};

/* As src/web/measures.c names them: "id@version/thong-tin/1", "id@version/trang/12". */
static bool read_name(const char *name, struct arena *arena, struct page_count *out)
{
    static const char *const kinds[] = {"/trang/", "/thong-tin/"};

    for (size_t kind = 0; kind < ARRAY_SIZE(kinds); kind++) {
        const char *at = strstr(name, kinds[kind]);
        struct ratio number;

        if (!at)
            continue;
        *out = (struct page_count){.questionnaire = arena_strndup(arena, name, (size_t)(at - name)),
                                   .is_facts = kind > 0};
        at += strlen(kinds[kind]);
        return ratio_parse(at, strlen(at), false, &number) &&
               ratio_to_int64(number, &out->number) && out->number > 0;
    }
    return false;
}

static bool is_same(const struct page_count *a, const struct page_count *b)
{
    return a->number == b->number && a->is_facts == b->is_facts &&
           strcmp(a->questionnaire, b->questionnaire) == 0;
}

static struct page_count *find_or_add(struct counting *c, const struct page_count *page)
{
    for (size_t i = 0; i < c->count; i++) {
        if (is_same(&c->items[i], page))
            return &c->items[i];
    }
    if (c->count == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 64;
        struct page_count *items = ARENA_ARRAY(c->arena, struct page_count, cap);

        if (c->count)
            memcpy(items, c->items, c->count * sizeof(*items));
        c->items = items;
        c->cap = cap;
    }
    c->items[c->count] = *page;
    c->items[c->count].survey = loaded_data_find(c->loaded, page->questionnaire);
    return &c->items[c->count++];
}

static int64_t *counter_of(struct page_count *page, const char *kind)
{
    if (strcmp(kind, "shown") == 0)
        return &page->shown;
    if (strcmp(kind, "saved") == 0)
        return &page->saved;
    return strcmp(kind, "faults") == 0 ? &page->faults : NULL;
}

/* False if it is of a page that is not asked for, or of something else. */
static bool add(struct counting *c, const struct measure *measure)
{
    const char *wanted = c->options->questionnaire;
    struct page_count page;
    int64_t *counter;

    if (!read_name(measure->page, c->arena, &page) ||
        (wanted && strcmp(page.questionnaire, wanted) != 0))
        return false;
    counter = counter_of(find_or_add(c, &page), measure->kind);
    if (counter)
        *counter += measure->count;
    return counter != NULL;
}

static int by_place(const void *a, const void *b)
{
    const struct page_count *x = a, *y = b;
    int order = strcmp(x->questionnaire, y->questionnaire);

    if (order == 0)
        order = (int)y->is_facts - (int)x->is_facts;
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

/* ---- what comes of it ---- */

static enum status refuse_questionnaire(const char *ref, struct err *err)
{
    return err_set(err, BAD_USAGE, "--questionnaire: không có bộ câu hỏi '%s'",
                   "--questionnaire: there is no questionnaire '%s'", ref);
}

enum status page_metrics_load(const struct app_context *app, struct arena *arena,
                              const struct page_count_options *options, struct page_metrics *out,
                              struct err *err)
{
    const struct loaded_data *loaded = app->loaded;
    struct counting c = {.arena = arena, .loaded = loaded, .options = options};
    const char *first = "", *last = "";
    const struct measure *list;
    size_t count;
    enum status status = measures(app->store, options->from, arena, &list, &count, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        if (!add(&c, &list[i]))
            continue;
        first = *first ? first : list[i].on; /* they come by day */
        last = list[i].on;
    }
    if (options->questionnaire && !c.count && !loaded_data_find(loaded, options->questionnaire))
        return refuse_questionnaire(options->questionnaire, err);
    if (c.count)
        qsort(c.items, c.count, sizeof(*c.items), by_place);
    for (size_t i = 0; i < c.count; i++)
        c.items[i].is_hidden = !options->is_internal && c.items[i].shown < PAGE_COUNT_MIN;
    *out = (struct page_metrics){.loaded = loaded,
                                .items = c.items,
                                .count = c.count,
                                .first_on = first,
                                .last_on = last,
                                .is_internal = options->is_internal};
    return OK;
}

static enum status add_measures(const struct app_context *app, const struct measure *list,
                                size_t count, struct err *err)
{
    enum status status = OK;

    for (size_t i = 0; i < count && status == OK; i++)
        status =
            measure_add(app->store, list[i].on, list[i].page, list[i].kind, list[i].count, err);
    return status == OK ? store_commit(app->store, err) : status;
}

enum status page_metrics_add(const struct app_context *app, const struct measure *list,
                             size_t count, struct err *err)
{
    enum status status = store_begin(app->store, err);

    if (status != OK)
        return status;
    status = add_measures(app, list, count, err);
    if (status != OK)
        store_rollback(app->store);
    return status;
}

static struct ratio percent(int64_t part, int64_t whole)
{
    return whole > 0 ? ratio_make((wide)part * 100, whole) : RATIO_NONE;
}

struct ratio page_count_went_on(const struct page_count *page)
{
    return percent(page->saved, page->shown);
}

struct ratio page_count_faulty(const struct page_count *page)
{
    return percent(page->faults, page->saved + page->faults);
}

/* ---- what is asked on a page ---- */

static const char *facts_of(const struct page_metrics *counts, const struct fact_page *page,
                            enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < page->count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            counts->loaded->facts->items[page->facts[i]].label.in[lang]);
    return text;
}

static const char *questions_of(const struct loaded_questionnaire *survey,
                                const struct question_page *page, enum lang lang,
                                struct arena *arena)
{
    const struct questionnaire *q = survey->q;
    const char *first = q->questions[page->first_question].id;
    const char *last = q->questions[page->first_question + page->count - 1].id;

    return arena_printf(arena, "%s%s%s %s", first, page->count > 1 ? "–" : "",
                        page->count > 1 ? last : "",
                        q->dimensions[page->dimension].short_name.in[lang]);
}

const char *page_count_subject(const struct page_metrics *counts, const struct page_count *page,
                               enum lang lang, struct arena *arena)
{
    size_t index = (size_t)page->number - 1;

    if (!page->survey)
        return "";
    if (page->is_facts)
        return index < counts->loaded->fact_page_count
                   ? facts_of(counts, &counts->loaded->fact_pages[index], lang, arena)
                   : "";
    return index < page->survey->pages.count
               ? questions_of(page->survey, &page->survey->pages.items[index], lang, arena)
               : "";
}

/* ---- for machines ---- */

static void member_count(struct json_writer *w, const char *key, const struct page_count *page,
                         int64_t count)
{
    json_key(w, key);
    if (page->is_hidden)
        json_null(w);
    else
        json_int(w, count);
}

static void write_page(struct json_writer *w, const struct page_metrics *counts,
                       const struct page_count *page, struct arena *arena)
{
    struct words subject = {{page_count_subject(counts, page, LANG_VI, arena),
                             page_count_subject(counts, page, LANG_EN, arena)}};

    json_begin_object(w);
    json_member_string(w, "kind", page->is_facts ? "facts" : "questions");
    json_member_int(w, "number", page->number);
    json_member_words(w, "subject", subject);
    json_member_bool(w, "hidden", page->is_hidden);
    member_count(w, "shown", page, page->shown);
    member_count(w, "saved", page, page->saved);
    member_count(w, "faults", page, page->faults);
    json_member_decimal(w, "went_on", page->is_hidden ? RATIO_NONE : page_count_went_on(page));
    json_member_decimal(w, "faulty", page->is_hidden ? RATIO_NONE : page_count_faulty(page));
    json_end_object(w);
}

void page_metrics_write(struct json_writer *w, const struct page_metrics *counts,
                        struct arena *arena)
{
    json_begin_object(w);
    json_member_string(w, "from", *counts->first_on ? counts->first_on : NULL);
    json_member_string(w, "to", *counts->last_on ? counts->last_on : NULL);
    json_member_bool(w, "internal", counts->is_internal);
    json_key(w, "questionnaires");
    json_begin_array(w);
    for (size_t i = 0; i < counts->count;) {
        const char *ref = counts->items[i].questionnaire;

        json_begin_object(w);
        json_member_string(w, "questionnaire", ref);
        json_key(w, "pages");
        json_begin_array(w);
        for (; i < counts->count && strcmp(counts->items[i].questionnaire, ref) == 0; i++)
            write_page(w, counts, &counts->items[i], arena);
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}

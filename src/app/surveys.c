#include "app/surveys.h"

#include "survey/prefill.h"

#include <stdlib.h>
#include <string.h>

#include "policy/size.h"

static size_t facts_on_page(const struct facts *facts, int page, size_t *list)
{
    size_t count = 0;

    for (size_t i = 0; i < facts->count; i++) {
        if (facts->items[i].page == page)
            list[count++] = i;
    }
    return count;
}

static void divide_facts(struct surveys *surveys, struct arena *arena)
{
    for (int page = 1; page <= FACT_PAGES_MAX; page++) {
        size_t *list = ARENA_ARRAY(arena, size_t, surveys->facts->count);
        size_t count = facts_on_page(surveys->facts, page, list);

        if (count)
            surveys->fact_pages[surveys->fact_page_count++] =
                (struct fact_page){.facts = list, .count = count};
    }
}

/* The packages of a questionnaire, whose needs are words of the policies. */
static enum status load_packages(struct surveys *surveys, struct arena *arena, struct survey *item,
                                 struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    enum status status = workspace_packages(surveys->ws, item->q, &item->packages, err);

    if (status != OK || !item->packages)
        return status;
    faults_init(faults, arena);
    catalogue_check_needs(surveys->catalogue, item->packages, faults);
    return faults->errors ? faults_to_err(faults, err) : OK;
}

static enum status load_items(struct surveys *surveys, struct arena *arena, struct err *err)
{
    const struct questionnaire **list;
    struct survey *items;
    enum status status = workspace_questionnaires(surveys->ws, &list, &surveys->count, err);

    if (status != OK)
        return status;
    items = ARENA_ARRAY(arena, struct survey, surveys->count + 1);
    for (size_t i = 0; i < surveys->count; i++) {
        items[i].scorer = workspace_scorer(surveys->ws, list[i]->ref, err);
        if (!items[i].scorer)
            return err->status;
        items[i].q = scorer_questionnaire(items[i].scorer);
        items[i].pages = question_pages(items[i].q, arena);
        status = load_packages(surveys, arena, &items[i], err);
        if (status != OK)
            return status;
    }
    surveys->items = items;
    return OK;
}

enum status surveys_load(struct workspace *ws, struct arena *arena, struct surveys *out,
                         struct err *err)
{
    *out = (struct surveys){.ws = ws};
    out->catalogue = workspace_catalogue(ws, err);
    if (!out->catalogue)
        return err->status;
    out->facts = out->catalogue->facts;
    out->wording = workspace_wording(ws, err);
    if (!out->wording)
        return err->status;
    divide_facts(out, arena);
    return load_items(out, arena, err);
}

const struct survey *surveys_find(const struct surveys *surveys, const char *ref)
{
    for (size_t i = 0; i < surveys->count; i++) {
        if (strcmp(surveys->items[i].q->ref, ref) == 0)
            return &surveys->items[i];
    }
    return NULL;
}

static const struct questionnaire *find(void *context, const char *ref, struct err *err)
{
    const struct survey *survey = surveys_find(context, ref);

    if (survey)
        return survey->q;
    err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s'", "there is no questionnaire '%s'", ref);
    return NULL;
}

struct questionnaire_source surveys_source(const struct surveys *surveys)
{
    return (struct questionnaire_source){
        .find = find, .context = (void *)(uintptr_t)surveys, .today = today()};
}

/* ---- which one fits ---- */

static bool fits(const struct questionnaire *q, enum legal_form form, const char *size)
{
    if (!q->respondents[form])
        return false;
    for (unsigned i = 0; i < SIZE_CLASS__MAX; i++) {
        if (strcmp(size_code((enum size_class)i), size) == 0)
            return !q->sizes || q->sizes >> i & 1;
    }
    return true;
}

static int by_minutes(const void *a, const void *b)
{
    const struct survey *const *x = a, *const *y = b;

    return (*x)->q->minutes - (*y)->q->minutes;
}

/* The enum of statuses begins with the most official one. */
static int by_status(const void *a, const void *b)
{
    const struct survey *const *x = a, *const *y = b;

    if ((*x)->q->status != (*y)->q->status)
        return (int)(*x)->q->status - (int)(*y)->q->status;
    if (strcmp((*x)->q->version, (*y)->q->version) != 0)
        return strcmp((*y)->q->version, (*x)->q->version);
    return by_minutes(a, b);
}

bool survey_rates(const struct surveys *surveys, const struct survey *survey, enum legal_form form,
                  const char *section, struct arena *arena)
{
    struct value *values = ARENA_ARRAY(arena, struct value, surveys->facts->count + 1);
    size_t form_fact = facts_find(surveys->facts, "form");
    size_t section_fact = facts_find(surveys->facts, "section");

    if (survey->q->estimate.of)
        return false;
    if (form_fact != MAP_NONE)
        values[form_fact] = value_text(legal_form_code(form));
    if (section_fact != MAP_NONE && section && *section)
        values[section_fact] = value_text(section);
    return questionnaire_rates(survey->q, values, arena);
}

/* Those that rate first, among them other versions of the one that would be first: an instrument
 * whose newest version cannot rate is still the one that is asked for. Each part keeps its order.
 */
static void put_raters_first(const struct surveys *surveys, enum legal_form form,
                             const char *section, struct arena *arena, const struct survey **list,
                             size_t count)
{
    const struct survey **sorted = ARENA_ARRAY(arena, const struct survey *, count + 1);
    size_t at = 0;

    for (int pass = 0; pass < 3; pass++) {
        for (size_t i = 0; i < count; i++) {
            bool rates = survey_rates(surveys, list[i], form, section, arena);
            bool is_asked_for = strcmp(list[i]->q->id, list[0]->q->id) == 0;

            if (pass == (!rates ? 2 : is_asked_for ? 0 : 1))
                sorted[at++] = list[i];
        }
    }
    memcpy(list, sorted, count * sizeof(*list));
}

size_t surveys_fitting(const struct surveys *surveys, enum legal_form form, const char *size,
                       const char *section, struct arena *arena, const struct survey **list)
{
    size_t count = 0;

    for (size_t i = 0; i < surveys->count; i++) {
        if (fits(surveys->items[i].q, form, size))
            list[count++] = &surveys->items[i];
    }
    qsort(list, count, sizeof(*list), form == LEGAL_FORM_HOUSEHOLD ? by_minutes : by_status);
    put_raters_first(surveys, form, section, arena, list, count);
    return count;
}

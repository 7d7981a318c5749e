#include "app/loaded_data.h"

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

static void divide_facts(struct loaded_data *loaded, struct arena *arena)
{
    for (int page = 1; page <= FACT_PAGES_MAX; page++) {
        size_t *list = ARENA_ARRAY(arena, size_t, loaded->facts->count);
        size_t count = facts_on_page(loaded->facts, page, list);

        if (count)
            loaded->fact_pages[loaded->fact_page_count++] =
                (struct fact_page){.facts = list, .count = count};
    }
}

/* The packages of a questionnaire, whose needs are words of the policies. */
static enum status load_packages(struct loaded_data *loaded, struct arena *arena,
                                 struct loaded_questionnaire *item, struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    enum status status = workspace_packages(loaded->ws, item->q, &item->packages, err);

    if (status != OK || !item->packages)
        return status;
    faults_init(faults, arena);
    catalogue_check_needs(loaded->catalogue, item->packages, faults);
    return faults->errors ? faults_to_err(faults, err) : OK;
}

static enum status load_items(struct loaded_data *loaded, struct arena *arena, struct err *err)
{
    const struct questionnaire **list;
    struct loaded_questionnaire *items;
    enum status status = workspace_questionnaires(loaded->ws, &list, &loaded->count, err);

    if (status != OK)
        return status;
    items = ARENA_ARRAY(arena, struct loaded_questionnaire, loaded->count + 1);
    for (size_t i = 0; i < loaded->count; i++) {
        items[i].scorer = workspace_scorer(loaded->ws, list[i]->ref, err);
        if (!items[i].scorer)
            return err->status;
        items[i].q = scorer_questionnaire(items[i].scorer);
        items[i].pages = question_pages(items[i].q, arena);
        status = load_packages(loaded, arena, &items[i], err);
        if (status != OK)
            return status;
    }
    loaded->items = items;
    return OK;
}

enum status loaded_data_load(struct workspace *ws, struct arena *arena, struct loaded_data *out,
                         struct err *err)
{
    *out = (struct loaded_data){.ws = ws};
    out->catalogue = workspace_catalogue(ws, err);
    if (!out->catalogue)
        return err->status;
    out->facts = out->catalogue->facts;
    out->wording = workspace_wording(ws, err);
    if (!out->wording)
        return err->status;
    out->action_columns = workspace_action_columns(ws, err);
    if (!out->action_columns)
        return err->status;
    divide_facts(out, arena);
    return load_items(out, arena, err);
}

const struct loaded_questionnaire *loaded_data_find(const struct loaded_data *loaded,
                                                    const char *ref)
{
    for (size_t i = 0; i < loaded->count; i++) {
        if (strcmp(loaded->items[i].q->ref, ref) == 0)
            return &loaded->items[i];
    }
    return NULL;
}

static const struct questionnaire *find(void *context, const char *ref, struct err *err)
{
    const struct loaded_questionnaire *survey = loaded_data_find(context, ref);

    if (survey)
        return survey->q;
    err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s'", "there is no questionnaire '%s'", ref);
    return NULL;
}

struct questionnaire_source loaded_data_source(const struct loaded_data *loaded)
{
    return (struct questionnaire_source){
        .find = find, .context = (void *)(uintptr_t)loaded, .today = today()};
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
    const struct loaded_questionnaire *const *x = a, *const *y = b;

    return (*x)->q->minutes - (*y)->q->minutes;
}

/* The enum of statuses begins with the most official one. */
static int by_status(const void *a, const void *b)
{
    const struct loaded_questionnaire *const *x = a, *const *y = b;

    if ((*x)->q->status != (*y)->q->status)
        return (int)(*x)->q->status - (int)(*y)->q->status;
    if (strcmp((*x)->q->version, (*y)->q->version) != 0)
        return strcmp((*y)->q->version, (*x)->q->version);
    return by_minutes(a, b);
}

bool survey_rates(const struct loaded_data *loaded, const struct loaded_questionnaire *survey,
                  enum legal_form form, const char *section, struct arena *arena)
{
    struct value *values = ARENA_ARRAY(arena, struct value, loaded->facts->count + 1);
    size_t form_fact = facts_find(loaded->facts, "form");
    size_t section_fact = facts_find(loaded->facts, "section");

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
static void put_raters_first(const struct loaded_data *loaded, enum legal_form form,
                             const char *section, struct arena *arena,
                             const struct loaded_questionnaire **list, size_t count)
{
    const struct loaded_questionnaire **sorted =
        ARENA_ARRAY(arena, const struct loaded_questionnaire *, count + 1);
    size_t at = 0;

    for (int pass = 0; pass < 3; pass++) {
        for (size_t i = 0; i < count; i++) {
            bool rates = survey_rates(loaded, list[i], form, section, arena);
            bool is_asked_for = strcmp(list[i]->q->id, list[0]->q->id) == 0;

            if (pass == (!rates ? 2 : is_asked_for ? 0 : 1))
                sorted[at++] = list[i];
        }
    }
    memcpy(list, sorted, count * sizeof(*list));
}

size_t loaded_data_fitting(const struct loaded_data *loaded, enum legal_form form, const char *size,
                       const char *section, struct arena *arena,
                       const struct loaded_questionnaire **list)
{
    size_t count = 0;

    for (size_t i = 0; i < loaded->count; i++) {
        if (fits(loaded->items[i].q, form, size))
            list[count++] = &loaded->items[i];
    }
    qsort(list, count, sizeof(*list), form == LEGAL_FORM_HOUSEHOLD ? by_minutes : by_status);
    put_raters_first(loaded, form, section, arena, list, count);
    return count;
}

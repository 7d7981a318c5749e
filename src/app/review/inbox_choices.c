/* What headings and texts of a file may mean. */
#include "inbox_parts.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "survey/response_columns.h"

/* An item of a questionnaire: a fact, or a question. */
struct item {
    const struct fact *fact;
    const struct question *question;
};

static struct item find_item(const struct loaded_data *loaded, const char *ref, const char *id)
{
    const struct loaded_questionnaire *survey = loaded_data_find(loaded, ref);
    size_t fact = facts_find(loaded->facts, id);
    size_t question = survey ? questionnaire_find(survey->q, id) : MAP_NONE;

    return (struct item){fact == MAP_NONE ? NULL : &loaded->facts->items[fact],
                         question == MAP_NONE ? NULL : &survey->q->questions[question]};
}

static bool has_options(const struct question *question)
{
    return question->type == QUESTION_SINGLE || question->type == QUESTION_YESNO;
}

bool inbox_may_choose(const struct loaded_data *loaded, const char *questionnaire, const char *item)
{
    struct item found = find_item(loaded, questionnaire, item);

    if (found.question)
        return has_options(found.question);
    return found.fact && (found.fact->kind == FACT_CHOICE || found.fact->kind == FACT_YESNO ||
                          found.fact->kind == FACT_AREA || found.fact->kind == FACT_SECTION);
}

const char *inbox_item_name(const struct loaded_data *loaded, const char *questionnaire,
                            const char *item, enum lang lang)
{
    struct item found = find_item(loaded, questionnaire, item);

    if (found.fact)
        return found.fact->label.in[lang];
    return found.question && found.question->label.in[lang] ? found.question->label.in[lang] : item;
}

/* ---- values ---- */

struct choices {
    struct inbox_choice *items;
    size_t count;
};

static void add(struct choices *choices, const char *id, const char *label)
{
    choices->items[choices->count++] = (struct inbox_choice){id, label ? label : id};
}

static void add_terms(struct choices *choices, const struct terms *terms, enum lang lang,
                      bool has_code, struct arena *arena)
{
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];

        if (terms_find(terms, term->id, DAY_NONE) != term)
            continue;
        add(choices, term->id,
            has_code ? arena_printf(arena, "%s · %s", term->id, term->name.in[lang])
                     : term->name.in[lang]);
    }
}

static void add_fact(struct choices *choices, const struct loaded_data *loaded,
                     const struct fact *fact, enum lang lang, struct arena *arena)
{
    for (size_t i = 0; fact->kind == FACT_CHOICE && i < fact->choice_count; i++)
        add(choices, fact->choices[i].id, fact->choices[i].text.in[lang]);
    if (fact->kind == FACT_YESNO) {
        add(choices, "có", lang == LANG_VI ? "có" : "yes");
        add(choices, "không", lang == LANG_VI ? "không" : "no");
    }
    if (fact->kind == FACT_AREA)
        add_terms(choices, loaded->facts->areas, lang, false, arena);
    if (fact->kind == FACT_SECTION)
        add_terms(choices, loaded->facts->sections, lang, true, arena);
}

static size_t most_choices(const struct loaded_data *loaded, const struct item *item)
{
    const struct facts *facts = loaded->facts;

    return facts->areas->count + facts->sections->count + 2 +
           (item->fact ? item->fact->choice_count : 0) +
           (item->question ? item->question->option_count : 0);
}

void inbox_choices(const struct loaded_data *loaded, const char *questionnaire, const char *item,
                   enum lang lang, struct arena *arena, struct inbox_choice **list, size_t *count)
{
    struct item found = find_item(loaded, questionnaire, item);
    struct choices choices = {
        ARENA_ARRAY(arena, struct inbox_choice, most_choices(loaded, &found)), 0};

    if (found.question && has_options(found.question)) {
        for (size_t i = 0; i < found.question->option_count; i++) {
            const struct option *option = &found.question->options[i];

            add(&choices, option->id,
                arena_printf(arena, "%s · %s", option->id, option->text.in[lang]));
        }
    } else if (found.fact) {
        add_fact(&choices, loaded, found.fact, lang, arena);
    }
    *list = choices.items;
    *count = choices.count;
}

/* How lists write legal forms; an id counts where the fact has it. */
static const struct {
    const char *fold, *id;
} short_forms[] = {
    {"dntn", "enterprise"}, {"dn", "enterprise"},    {"tnhh", "enterprise"}, {"cty", "enterprise"},
    {"ctcp", "enterprise"}, {"htx", "cooperative"},  {"hkd", "household"},   {"ho", "household"},
    {"co phan", "enterprise"}, {"cong ty", "enterprise"},
};

static const char *find_id(const struct inbox_choice *list, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0)
            return list[i].id;
    }
    return NULL;
}

static const char *short_form(const struct inbox_choice *list, size_t count, const char *fold)
{
    const char *found = NULL;

    for (size_t i = 0; !found && i < ARRAY_SIZE(short_forms); i++) {
        size_t len = strlen(short_forms[i].fold);

        if (strncmp(fold, short_forms[i].fold, len) == 0 && (!fold[len] || fold[len] == ' '))
            found = find_id(list, count, short_forms[i].id);
    }
    return found;
}

const char *inbox_guess(const struct loaded_data *loaded, const char *questionnaire,
                        const char *item, const char *text, struct arena *arena)
{
    const char *fold = text_fold(arena, text), *closest, **names;
    struct inbox_choice *list;
    const struct term *term;
    size_t count;
    struct item found = find_item(loaded, questionnaire, item);

    if (found.fact && found.fact->kind == FACT_AREA) {
        term = terms_closest(loaded->facts->areas, text, DAY_NONE, arena);
        return term ? term->id : "";
    }
    inbox_choices(loaded, questionnaire, item, LANG_VI, arena, &list, &count);
    closest = short_form(list, count, fold);
    if (closest)
        return closest;
    names = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        names[i] = text_fold(arena, list[i].label);
    closest = text_closest(fold, names, count);
    for (size_t i = 0; closest && i < count; i++) {
        if (names[i] == closest)
            return list[i].id;
    }
    return "";
}

/* ---- columns ---- */

void inbox_columns(const struct loaded_data *loaded, const char *questionnaire, enum lang lang,
                   struct arena *arena, struct inbox_choice **list, size_t *count)
{
    const struct loaded_questionnaire *survey = loaded_data_find(loaded, questionnaire);
    struct response_columns columns = {.count = 0};
    struct choices choices;

    if (survey)
        response_columns_init(&columns, arena, survey->q, loaded->facts);
    choices = (struct choices){ARENA_ARRAY(arena, struct inbox_choice, columns.count + 1), 0};
    for (size_t i = 0; i < columns.count; i++) {
        const char *id = columns.items[i].id;
        const char *name = inbox_item_name(loaded, questionnaire, id, lang);

        add(&choices, id,
            columns.items[i].part == RESPONSE_FACT || strcmp(name, id) == 0
                ? name
                : arena_printf(arena, "%s · %s", id, name));
    }
    *list = choices.items;
    *count = choices.count;
}

/* What can be derived of an enterprise before policies are looked at. */
#include "policy/match.h"

#include <string.h>

static size_t fact_of(const struct applicant *a, const char *id)
{
    return facts_find(a->catalogue->facts, id);
}

static const struct value *value_of(const struct applicant *a, const char *id)
{
    static const struct value unknown;
    size_t fact = fact_of(a, id);

    return fact == MAP_NONE ? &unknown : &a->values[fact];
}

static const char *text_of(const struct applicant *a, const char *id)
{
    const struct value *value = value_of(a, id);

    return value->kind == VALUE_TEXT ? value->text : NULL;
}

static int64_t number_of(const struct applicant *a, const char *id)
{
    const struct value *value = value_of(a, id);
    int64_t n;

    return value->kind == VALUE_NUMBER && ratio_to_int64(value->number, &n) ? n : -1;
}

/* Sets a derived fact unless it was given (the tests of a policy file may give any). */
static void derive(struct applicant *a, const char *id, struct value value)
{
    size_t fact = fact_of(a, id);

    if (fact != MAP_NONE && a->values[fact].kind == VALUE_UNKNOWN)
        a->values[fact] = value;
}

/* "Không ghi loại hình": a 12-digit code is a household's, else it is taken as an enterprise. */
static void derive_form(struct applicant *a)
{
    const char *code = text_of(a, "tax_code");

    derive(a, "form", value_text(code && strlen(code) == 12 ? "household" : "enterprise"));
}

static const char *sector_of(const struct applicant *a, day answered_on)
{
    const char *section = text_of(a, "section");
    const struct term *term =
        section ? terms_find_nearest(a->catalogue->facts->sections, section,
                                     answered_on == DAY_NONE ? a->on : answered_on)
                : NULL;

    return term ? term->parent : NULL;
}

/* Full years since the foundation; -1 if it is not known or lies ahead. */
static int age_of(const struct applicant *a)
{
    struct civil founded, now;
    day d;

    if (!value_is_date(value_of(a, "founded_on"), &d) || d > a->on)
        return -1;
    founded = day_civil(d);
    now = day_civil(a->on);
    return now.year - founded.year -
           (now.month < founded.month || (now.month == founded.month && now.mday < founded.mday));
}

static void determine_size(struct applicant *a, const char *sector, bool is_first_year)
{
    struct size_facts facts = {.sector = sector,
                               .employees = number_of(a, "employees"),
                               .revenue_vnd = number_of(a, "revenue_vnd"),
                               .capital_vnd = number_of(a, "capital_vnd"),
                               .is_first_year = is_first_year};

    size_determine(a->catalogue->sizes, &facts, a->on, &a->size);
}

static void find_size(const struct catalogue *catalogue, struct value *values, day answered_on,
                    day on, struct size_result *size)
{
    struct applicant a = {.catalogue = catalogue, .on = on, .values = values};

    determine_size(&a, sector_of(&a, answered_on), age_of(&a) == 0);
    *size = a.size;
}

static void derive_age(struct applicant *a)
{
    int age = age_of(a);

    if (age >= 0)
        derive(a, "age_years", value_int(age));
}

static void derive_size(struct applicant *a)
{
    const char *given = text_of(a, "size_class");
    enum size_class size;

    determine_size(a, text_of(a, "sector"), number_of(a, "age_years") == 0);
    if (given && size_parse(given, &size))
        a->size.possible = a->size.by_revenue = a->size.by_capital = 1u << size;
    if (size_only(a->size.possible) >= 0)
        derive(a, "size_class",
               value_text(size_code((enum size_class)size_only(a->size.possible))));
}

static void derive_score(struct applicant *a, const struct score *score)
{
    if (!score || score_level(score) == LEVEL_NONE)
        return;
    derive(a, "total_percent", value_number(score_percent(&score->total)));
    derive(a, "level", value_int(score_level(score)));
}

static void find_groups(struct applicant *a)
{
    for (size_t i = 0; i < a->catalogue->facts->count; i++) {
        const struct fact *fact = &a->catalogue->facts->items[i];

        if (fact->group && a->values[i].kind == VALUE_BOOL && a->values[i].truth &&
            a->group_count < MATCH_GROUPS_MAX)
            a->groups[a->group_count++] = fact->group;
    }
}

const struct applicant *applicant_new(struct arena *arena, const struct catalogue *catalogue,
                                      const struct value *values, day answered_on, day on,
                                      const struct score *score)
{
    struct applicant *a = ARENA_NEW(arena, struct applicant);
    size_t count = catalogue->facts->count;

    a->catalogue = catalogue;
    a->on = on;
    a->values = ARENA_ARRAY(arena, struct value, count);
    if (count)
        memcpy(a->values, values, count * sizeof(*values));
    derive(a, "on", value_day(arena, on));
    derive_form(a);
    derive(a, "sector", value_text(sector_of(a, answered_on)));
    derive_age(a);
    derive_size(a);
    derive_score(a, score);
    facts_derive(catalogue->facts, a->values, arena);
    find_groups(a);
    return a;
}

const char *applicant_size_code(const struct catalogue *catalogue, struct value *values,
                                day answered_on, day on)
{
    struct size_result size;
    int only;

    find_size(catalogue, values, answered_on, on, &size);
    only = size_only(size.possible);
    return only < 0 ? "unknown" : size_code((enum size_class)only);
}

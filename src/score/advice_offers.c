/* Which packages suit an enterprise, what they would do for it, and what they would cost it. */
#include "advice_parts.h"

#include <string.h>

/* Cost units in a week: beyond this the efforts of a file are too fine. */
#define UNIT_MAX 1000000

struct maker {
    struct offers *offers;
    const struct response *response;
    struct advice *advice;
    struct rule_data data;
};

/* ---- what rules see ---- */

static size_t value_slots(const struct question *question)
{
    return question->type == QUESTION_SCALE ? question->row_count : 1;
}

static unsigned lowest_option(const struct scorer *scorer, size_t question)
{
    const struct question *q = &scorer->q->questions[question];
    unsigned lowest = 0;

    for (unsigned i = 1; i < q->option_count; i++) {
        if (scorer->questions[question].points[i] < scorer->questions[question].points[lowest])
            lowest = i;
    }
    return lowest;
}

/* A question that is shown and open starts at its lowest option, as everywhere in a plan. */
static void fill_open_answers(const struct maker *m, struct value *values)
{
    const struct questionnaire *q = m->response->questionnaire;
    size_t at = 0;

    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];
        bool has_ladder = question->type == QUESTION_SINGLE || question->type == QUESTION_SCALE;

        for (size_t k = 0; k < value_slots(question); k++, at++) {
            if (has_ladder && question->is_scored && m->response->answers[i].is_active &&
                m->response->answers[i].state != ANSWER_NA && values[at].kind == VALUE_UNKNOWN)
                values[at] = value_text(question->options[lowest_option(m->offers->scorer, i)].id);
        }
    }
}

/* The letter that the section of that day has now: rules of packages speak of today's letters. */
static void renew_section(const struct maker *m, struct value *values)
{
    const struct facts *facts = m->response->facts;
    size_t at = facts_find(facts, "section");
    struct value *section = at == MAP_NONE ? NULL : &values[at];
    const struct term *term;

    if (!section || section->kind != VALUE_TEXT || !facts->sections)
        return;
    term = terms_find(facts->sections, section->text, m->response->submitted_on);
    if (term && term->becomes)
        *section = value_text(term->becomes);
}

static void prepare_rules(struct maker *m)
{
    const struct questionnaire *q = m->response->questionnaire;
    struct value *values = response_rule_values(m->response, m->offers->arena);

    fill_open_answers(m, values);
    if (q->fact_schema)
        renew_section(m, values + q->fact_offset);
    m->data = (struct rule_data){.schema = &q->schema, .facts = values};
}

/* True, or `if_unknown` where something that it needs is not known. */
static bool holds(struct maker *m, const struct rule_node *rule, bool if_unknown)
{
    struct rule_result result;

    if (!rule)
        return true;
    rule_eval(rule, &m->data, m->offers->arena, &result);
    return result.truth == TRUTH_TRUE || (result.truth == TRUTH_UNKNOWN && if_unknown);
}

/* Facts that the packages hang on and that were not given, for those whom they concern. */
static void list_wanted(struct maker *m)
{
    const struct packages *packages = m->offers->packages;

    for (size_t i = 0; i < packages->ask_count; i++) {
        const struct package_fact *ask = &packages->asks[i];

        if (m->response->values[ask->fact].kind == VALUE_UNKNOWN && holds(m, ask->when, false))
            m->advice->wanted[m->advice->wanted_count++] = ask->fact;
    }
}

/* ---- places ---- */

static int64_t present_raw(const struct offers *offers, size_t question, size_t row)
{
    const struct answer *answer = &offers->answers[question];
    const int64_t *points = offers->scorer->questions[question].points;

    if (answer->state != ANSWER_GIVEN)
        return 0;
    if (row == MAP_NONE)
        return scorer_raw(offers->scorer, question, answer);
    return answer->columns[row] == COLUMN_NONE ? 0 : points[answer->columns[row]];
}

/* Ticks that may stand beside others. */
static uint64_t kept_ticks(const struct offers *offers, size_t question)
{
    const struct question *q = &offers->scorer->q->questions[question];
    const struct answer *answer = &offers->answers[question];
    uint64_t ticks = answer->state == ANSWER_GIVEN ? answer->ticks : 0;

    for (size_t i = 0; i < q->option_count; i++) {
        if (q->options[i].is_exclusive)
            ticks &= ~OFFER_BIT(i);
    }
    return ticks;
}

static size_t place_of(struct offers *offers, size_t question, size_t row)
{
    struct place_of_answer *place;
    bool is_multiple = offers->scorer->questions[question].type == QUESTION_MULTIPLE;

    for (size_t i = 0; i < offers->place_count; i++) {
        if (offers->places[i].question == question && offers->places[i].row == row)
            return i;
    }
    place = &offers->places[offers->place_count];
    *place = (struct place_of_answer){.question = question,
                                      .row = row,
                                      .is_multiple = is_multiple,
                                      .now = present_raw(offers, question, row)};
    if (is_multiple)
        place->ticks = kept_ticks(offers, question);
    return offers->place_count++;
}

static bool counts(const struct offers *offers, size_t question)
{
    return offers->scorer->questions[question].is_scored && offers->answers[question].is_active &&
           offers->answers[question].state != ANSWER_NA;
}

/* ---- raises ---- */

/* The next distinct points above `now`, or `now` if there are none. */
static int64_t next_rung(const int64_t *points, size_t count, int64_t now)
{
    int64_t next = now;

    for (size_t i = 0; i < count; i++) {
        if (points[i] > now && (next == now || points[i] < next))
            next = points[i];
    }
    return next;
}

static unsigned option_worth(const int64_t *points, size_t count, int64_t raw)
{
    unsigned at = 0;

    while (at + 1 < count && points[at] != raw)
        at++;
    return at;
}

/* Where an option of the ladder leads from the present one, in at most `by` options. */
static bool raise_option(const struct offers *offers, const struct package_question *raised,
                         struct raise *raise)
{
    const struct place_of_answer *place = &offers->places[raise->place];
    const int64_t *points = offers->scorer->questions[raised->question].points;
    size_t count = offers->scorer->q->questions[raised->question].option_count;
    int64_t to = place->now;

    if (raised->from < count && place->now < points[raised->from])
        return false;
    for (unsigned i = 0; i < raised->by && to < points[raised->option]; i++)
        to = next_rung(points, count, to);
    if (to > points[raised->option])
        to = points[raised->option];
    raise->raw = to;
    raise->option = to == points[raised->option] ? raised->option : option_worth(points, count, to);
    return to > place->now;
}

static int64_t raw_of_ticks(const struct offers *offers, size_t question, uint64_t ticks)
{
    struct answer answer = {.state = ANSWER_GIVEN, .is_active = true, .ticks = ticks};

    return scorer_raw(offers->scorer, question, &answer);
}

static bool raise_ticks(const struct offers *offers, const struct package_question *raised,
                        struct raise *raise)
{
    const struct place_of_answer *place = &offers->places[raise->place];
    unsigned added = 0;

    for (size_t i = 0; i < raised->tick_count && added < raised->by; i++) {
        uint64_t bit = OFFER_BIT(raised->ticks[i]);

        added += !(place->ticks & bit);
        raise->ticks |= bit & ~place->ticks;
    }
    raise->raw = raw_of_ticks(offers, place->question, place->ticks | raise->ticks);
    return raise->raw > place->now;
}

/* True if the package's aim is there already. */
static bool is_done(const struct offers *offers, const struct package_question *raised,
                    const struct place_of_answer *place)
{
    uint64_t aim = 0;

    if (!place->is_multiple)
        return place->now >= offers->scorer->questions[raised->question].points[raised->option];
    for (size_t i = 0; i < raised->tick_count; i++)
        aim |= OFFER_BIT(raised->ticks[i]);
    return !(aim & ~place->ticks);
}

/* ---- effort ---- */

static struct ratio discounted(struct ratio effort, size_t done, size_t all)
{
    struct ratio part = ratio_sub(ratio_of(1), ratio_make((wide)done, (wide)(2 * all)));
    struct ratio halves = ratio_mul(ratio_mul(effort, part), ratio_of(2));
    struct ratio floor = ratio_floor(halves);
    struct ratio up = ratio_cmp(floor, halves) < 0 ? ratio_add(floor, ratio_of(1)) : floor;
    struct ratio rounded = ratio_div(up, ratio_of(2));

    return done && ratio_cmp(rounded, effort) < 0 ? rounded : effort;
}

/* ---- offers ---- */

/* A question that stands twice in a package is raised once, as far as any of the two raises it. */
static void keep_raise(struct offer *offer, const struct raise *raise)
{
    for (size_t i = 0; i < offer->raise_count; i++) {
        struct raise *kept = &offer->raises[i];

        if (kept->place != raise->place)
            continue;
        kept->ticks |= raise->ticks;
        if (raise->raw > kept->raw) {
            kept->raw = raise->raw;
            kept->option = raise->option;
        }
        return;
    }
    offer->raises[offer->raise_count++] = *raise;
}

static void add_offer(struct maker *m, const struct package *package)
{
    struct offers *offers = m->offers;
    struct offer *offer = &offers->list[offers->count];
    size_t done = 0, all = 0;

    *offer = (struct offer){.package = package, .months = package->months[offers->band]};
    offer->raises = ARENA_ARRAY(offers->arena, struct raise, package->question_count);
    for (size_t i = 0; i < package->question_count; i++) {
        const struct package_question *raised = &package->questions[i];
        struct raise raise = {0};
        bool is_raised;

        if (!counts(offers, raised->question) || !holds(m, raised->when, false))
            continue;
        raise.place = place_of(offers, raised->question, raised->row);
        all++;
        done += is_done(offers, raised, &offers->places[raise.place]);
        is_raised = raised->tick_count ? raise_ticks(offers, raised, &raise)
                                       : raise_option(offers, raised, &raise);
        if (is_raised)
            keep_raise(offer, &raise);
    }
    offer->effort = discounted(package->effort[offers->band], done, all ? all : 1);
    offer->fits = package->fits_all || (package->fits && holds(m, package->fits, false));
    offers->count += offer->raise_count > 0;
}

static bool is_present(const struct offers *offers, const struct package_answer *asked)
{
    int64_t now;

    if (!counts(offers, asked->question))
        return false;
    if (offers->scorer->questions[asked->question].type == QUESTION_MULTIPLE)
        return kept_ticks(offers, asked->question) >> asked->option & 1;
    now = present_raw(offers, asked->question, asked->row);
    return now >= offers->scorer->questions[asked->question].points[asked->option];
}

static bool brings(const struct offers *offers, const struct offer *offer,
                   const struct package_answer *asked)
{
    const int64_t *points = offers->scorer->questions[asked->question].points;

    for (size_t i = 0; i < offer->raise_count; i++) {
        const struct place_of_answer *place = &offers->places[offer->raises[i].place];

        if (place->question != asked->question || place->row != asked->row)
            continue;
        if (place->is_multiple ? offer->raises[i].ticks >> asked->option & 1
                               : offer->raises[i].raw >= points[asked->option])
            return true;
    }
    return false;
}

static void find_providers(struct offers *offers, struct offer *offer)
{
    for (size_t i = 0; i < offer->package->require_count; i++) {
        const struct package_answer *asked = &offer->package->requires[i];
        uint64_t *providers = &offer->providers[offer->provider_count];

        if (is_present(offers, asked))
            continue;
        *providers = 0;
        for (size_t k = 0; k < offers->count; k++) {
            if (&offers->list[k] != offer && brings(offers, &offers->list[k], asked))
                *providers |= OFFER_BIT(k);
        }
        offer->provider_count++;
    }
}

static bool is_hopeless(const struct offer *offer)
{
    for (size_t i = 0; i < offer->provider_count; i++) {
        if (!offer->providers[i])
            return true;
    }
    return false;
}

/* Drops, until nothing changes, what waits for something that nobody brings. */
static void drop_hopeless(struct offers *offers)
{
    size_t kept = 0;

    for (size_t i = 0; i < offers->count; i++) {
        offers->list[i].provider_count = 0;
        find_providers(offers, &offers->list[i]);
    }
    for (size_t i = 0; i < offers->count; i++) {
        if (!is_hopeless(&offers->list[i]))
            offers->list[kept++] = offers->list[i];
    }
    if (kept == offers->count)
        return;
    offers->count = kept;
    drop_hopeless(offers);
}

static bool is_lacking(const struct offers *offers, const struct package_answer *floor)
{
    return counts(offers, floor->question) && !is_present(offers, floor);
}

/* True for a base package while an answer that counts is below its floor. */
static bool is_below_floor(struct maker *m, const struct package *package)
{
    bool is_below = false;

    for (size_t i = 0; i < package->floor_count && !is_below; i++)
        is_below = is_lacking(m->offers, &package->floors[i]);
    return package->base && is_below && holds(m, package->base_when, false);
}

/* True if the offer brings every answer that lacks to the floor, and waits for nothing. */
static bool can_stand_in(const struct offers *offers, const struct offer *offer,
                         const struct package *package)
{
    for (size_t i = 0; i < package->floor_count; i++) {
        if (is_lacking(offers, &package->floors[i]) && !brings(offers, offer, &package->floors[i]))
            return false;
    }
    return !offer->provider_count;
}

static void find_base(struct maker *m)
{
    struct offers *offers = m->offers;

    for (size_t i = 0; i < offers->count; i++) {
        struct offer *offer = &offers->list[i];
        const struct package *package = offer->package;

        if (!is_below_floor(m, package))
            continue;
        offer->base = package->base;
        for (size_t k = 0; k < offers->count; k++) {
            for (size_t j = 0; j < package->stand_in_count; j++) {
                if (offers->list[k].package == &offers->packages->items[package->stand_ins[j]] &&
                    can_stand_in(offers, &offers->list[k], package))
                    offer->stand_ins |= OFFER_BIT(k);
            }
        }
    }
}

/* Whole units of cost for all efforts. */
static bool find_costs(struct offers *offers)
{
    wide unit = 1;

    for (size_t i = 0; i < offers->count && unit <= UNIT_MAX; i++)
        unit *= ratio_mul(offers->list[i].effort, (struct ratio){unit, 1}).den;
    offers->unit = (int64_t)unit;
    for (size_t i = 0; i < offers->count && unit <= UNIT_MAX; i++)
        offers->list[i].cost =
            (int64_t)ratio_mul(offers->list[i].effort, (struct ratio){unit, 1}).num;
    return unit <= UNIT_MAX;
}

static enum headcount find_band(const struct response *response)
{
    size_t at = facts_find(response->facts, "employees");
    const struct value *employees = at == MAP_NONE ? NULL : &response->values[at];
    bool is_assumed;

    if (!employees || employees->kind != VALUE_NUMBER)
        return response_form(response, &is_assumed) == LEGAL_FORM_HOUSEHOLD ? HEADCOUNT_MICRO
                                                                      : HEADCOUNT_SMALL;
    return ratio_cmp(employees->number, ratio_of(10)) <= 0   ? HEADCOUNT_MICRO
           : ratio_cmp(employees->number, ratio_of(50)) <= 0 ? HEADCOUNT_SMALL
                                                             : HEADCOUNT_MEDIUM;
}

static size_t most_places(const struct packages *packages)
{
    size_t count = 0;

    for (size_t i = 0; i < packages->count; i++)
        count += packages->items[i].question_count;
    return count;
}

enum status offers_make(struct offers *offers, const struct response *response,
                        struct advice *advice, struct err *err)
{
    const struct packages *packages = offers->packages;
    struct maker m = {.offers = offers, .response = response, .advice = advice};

    offers->band = find_band(response);
    offers->places = ARENA_ARRAY(offers->arena, struct place_of_answer, most_places(packages) + 1);
    prepare_rules(&m);
    for (size_t i = 0; i < packages->count; i++) {
        if (holds(&m, packages->items[i].suits, packages->items[i].suits_if_unknown))
            add_offer(&m, &packages->items[i]);
    }
    list_wanted(&m);
    drop_hopeless(offers);
    find_base(&m);
    if (!find_costs(offers))
        return err_set(err, LIMIT, "số tuần công của các gói quá lẻ để tính chính xác",
                       "the person-weeks of the packages are too fine to compute exactly");
    return OK;
}

/* What was read becomes part of the dossier, unless it was changed in another window. */
#include "controls.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define BASE_CHARS 8

/* The fingerprint that the form was made with; false if it has none. */
static bool base_of(const char *bases, size_t at, uint32_t *base)
{
    char digits[BASE_CHARS + 1];

    if (!bases || strlen(bases) < (at + 1) * BASE_CHARS)
        return false;
    memcpy(digits, bases + at * BASE_CHARS, BASE_CHARS);
    digits[BASE_CHARS] = '\0';
    *base = (uint32_t)strtoul(digits, NULL, 16);
    return true;
}

static bool is_boxes(const struct controls *c, const struct control *control)
{
    return !control->is_fact &&
           c->rq->opened.survey->q->questions[control->index].type == QUESTION_MULTIPLE;
}

static bool is_file(const struct controls *c, const struct control *control)
{
    return !control->is_fact &&
           c->rq->opened.survey->q->questions[control->index].type == QUESTION_FILE;
}

static void swap_in(struct controls *c, struct control *control)
{
    struct response *response = c->rq->opened.response;

    if (control->is_fact) {
        struct value before = response->values[control->index];

        response->values[control->index] = control->value;
        control->value = before;
    } else {
        struct answer before = response->answers[control->index];

        response->answers[control->index] = control->answer;
        response->answers[control->index].is_active = before.is_active;
        control->answer = before;
    }
}

static uint32_t print_sent(const struct controls *c, const struct control *control)
{
    return control->is_fact ? fact_fingerprint(&control->value)
                            : answer_fingerprint(&c->rq->opened, control->index, &control->answer);
}

static uint32_t print_stored(const struct controls *c, const struct control *control)
{
    return control->is_fact ? stored_fact_fingerprint(&c->rq->opened, control->index)
                            : stored_answer_fingerprint(&c->rq->opened, control->index);
}

const char *control_stored(const struct controls *c, const struct control *control)
{
    const struct request *rq = c->rq;
    const char *text;

    if (control->is_fact)
        return fact_print(rq->site->loaded.facts, control->index,
                          &rq->opened.response->values[control->index], rq->app.today, rq->lang,
                          rq->arena);
    text = answer_print(&rq->opened.survey->q->questions[control->index],
                        &rq->opened.response->answers[control->index], rq->lang, rq->arena);
    return *text ? text : tr(rq, WEB_not_answered);
}

enum status controls_lock(struct controls *c, struct err *err)
{
    struct request *rq = c->rq;
    struct unlocked *unlocked = ARENA_NEW(rq->arena, struct unlocked);

    c->unlocked = unlocked;
    return open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, unlocked, err);
}

bool control_is_locked(const struct controls *c, const struct control *control)
{
    if (!c->unlocked)
        return false;
    return control->is_fact ? !c->unlocked->all : !unlocked_answer(c->unlocked, control->index);
}

static bool breaks_lock(const struct controls *c, const struct control *control)
{
    return control_is_locked(c, control) && control_was_sent(c, control) && !is_file(c, control) &&
           (control->is_wrong || print_sent(c, control) != print_stored(c, control));
}

bool controls_has_broken_lock(const struct controls *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (breaks_lock(c, &c->items[i]))
            return true;
    }
    return false;
}

static void add_conflict(struct controls *c, struct control *control)
{
    const char *stored = control_stored(c, control);

    control->is_wrong = true;
    c->conflicts++;
    form_fault_add(&c->faults, control_name(c->rq, control), control_label(c->rq, control),
                   tr_with(c->rq, WEB_changed_elsewhere, stored));
}

/*
 * True if the form changed the value. One that it left as it was may have been changed in another
 * window, whose value stays; what both changed has to be decided by who sees both.
 */
static bool was_changed(struct controls *c, struct control *control, const char *bases)
{
    size_t at = (size_t)(control - c->items);
    uint32_t base = 0, sent, stored = print_stored(c, control);
    bool has_base = base_of(bases, at, &base);

    if (control->is_wrong || is_file(c, control) || control_is_locked(c, control))
        return false;
    if (!control_was_sent(c, control) && !(is_boxes(c, control) && has_base))
        return false;
    sent = print_sent(c, control);
    if (sent == stored || (has_base && sent == base))
        return false;
    if (!has_base || stored == base)
        return true;
    add_conflict(c, control);
    return false;
}

static void note_hidden(struct controls *c, const size_t *questions, size_t count)
{
    struct request *rq = c->rq;
    const char **labels = ARENA_ARRAY(rq->arena, const char *, c->hidden_count + count);

    if (c->hidden_count)
        memcpy(labels, c->hidden, c->hidden_count * sizeof(*labels));
    for (size_t i = 0; i < count; i++)
        labels[c->hidden_count + i] =
            rq->opened.survey->q->questions[questions[i]].label.in[rq->lang];
    c->hidden = labels;
    c->hidden_count += count;
}

/* Takes an answer, unless it hides others that were answered and nobody agreed to that. */
static bool take_answer(struct controls *c, struct control *control, bool may_hide)
{
    struct response *response = c->rq->opened.response;
    size_t count = response->questionnaire->question_count;
    struct answer *after = ARENA_ARRAY(c->rq->arena, struct answer, count);
    const size_t *hidden;
    size_t hidden_count;

    if (response->questionnaire->has_conditions) {
        memcpy(after, response->answers, count * sizeof(*after));
        after[control->index] = control->answer;
        hidden_count = open_dossier_hidden_by(&c->rq->opened, after, c->rq->arena, &hidden);
        if (hidden_count && !may_hide) {
            note_hidden(c, hidden, hidden_count);
            return false;
        }
    }
    swap_in(c, control);
    response_activate(response, c->rq->arena);
    return true;
}

/* Whether the response may be as it is now; the first fault tells what not. */
static bool holds(struct controls *c, struct faults *faults)
{
    faults_init(faults, c->rq->arena);
    return response_check(c->rq->opened.response, (struct place){"", 0, ""}, c->rq->arena, faults);
}

/* Facts that contradict each other: each is tried alone, and told where it cannot be. */
static size_t take_facts_one_by_one(struct controls *c, struct control **changed, size_t count)
{
    struct faults *faults = ARENA_NEW(c->rq->arena, struct faults);
    size_t taken = 0;

    for (size_t i = 0; i < count; i++) {
        swap_in(c, changed[i]);
        if (holds(c, faults)) {
            taken++;
            continue;
        }
        swap_in(c, changed[i]);
        changed[i]->is_wrong = true;
        form_fault_add(&c->faults, control_name(c->rq, changed[i]),
                       control_label(c->rq, changed[i]),
                       fault_for_people(faults->items[0].text[c->rq->lang], c->rq->arena));
    }
    return taken;
}

static size_t take_facts(struct controls *c, struct control **changed, size_t count)
{
    struct faults *faults = ARENA_NEW(c->rq->arena, struct faults);

    for (size_t i = 0; i < count; i++)
        swap_in(c, changed[i]);
    if (!count || holds(c, faults))
        return count;
    for (size_t i = 0; i < count; i++)
        swap_in(c, changed[i]);
    return take_facts_one_by_one(c, changed, count);
}

size_t controls_apply(struct controls *c, const char *bases, bool may_hide)
{
    struct control **facts = ARENA_ARRAY(c->rq->arena, struct control *, c->count + 1);
    size_t fact_count = 0, taken = 0;

    for (size_t i = 0; i < c->count; i++) {
        struct control *control = &c->items[i];

        if (!was_changed(c, control, bases))
            continue;
        if (control->is_fact)
            facts[fact_count++] = control;
        else if (take_answer(c, control, may_hide))
            taken++;
    }
    return taken + take_facts(c, facts, fact_count);
}


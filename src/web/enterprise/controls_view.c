/* How facts and questions are shown as controls. */
#include "controls.h"
#include "survey/prefill.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const struct facts *facts_of(const struct request *rq)
{
    return rq->site->loaded.facts;
}

/* ---- what stands in a control ---- */

/* Which option is chosen: of what was sent, or of what is stored. */
struct shown {
    const struct controls *c;
    const struct control *control;
    bool was_sent;
    const struct answer *answer; /* what is stored, of a question */
    const struct prefill *prefill; /* what facts propose in its place; NULL */
};

static const char *sent_value(const struct shown *s, size_t field)
{
    const char *value = s->c->fields[s->control->first_field + field].value;

    return value ? value : "";
}

static bool sent_has(const struct shown *s, size_t field, const char *id)
{
    const struct field *f = &s->c->fields[s->control->first_field + field];

    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->values[i], id) == 0)
            return true;
    }
    return !f->is_list && f->value && strcmp(f->value, id) == 0;
}

static bool option_is_chosen(const struct shown *s, const struct question *question, size_t option)
{
    if (s->was_sent)
        return sent_has(s, 0, question->options[option].id);
    if (s->prefill)
        return s->prefill->option == option;
    if (s->answer->state != ANSWER_GIVEN)
        return false;
    return question->type == QUESTION_MULTIPLE ? s->answer->ticks >> option & 1
                                               : s->answer->option == option;
}

static void view_options(const struct shown *s, const struct question *question,
                         struct control_view *view)
{
    struct request *rq = s->c->rq;
    struct choice_view *choices =
        ARENA_ARRAY(rq->arena, struct choice_view, question->option_count);

    for (size_t i = 0; i < question->option_count; i++)
        choices[i] = (struct choice_view){.value = question->options[i].id,
                                          .label = question->options[i].text.in[rq->lang],
                                          .is_chosen = option_is_chosen(s, question, i)};
    view->choices = choices;
    view->choice_count = question->option_count;
}

static bool column_is_chosen(const struct shown *s, const struct question *question, size_t row,
                             size_t column)
{
    if (s->was_sent)
        return sent_has(s, row, question->options[column].id);
    return s->answer->state == ANSWER_GIVEN && s->answer->columns[row] == column;
}

static void view_rows(const struct shown *s, const struct question *question,
                      struct control_view *view)
{
    struct request *rq = s->c->rq;
    struct control_view *rows = ARENA_ARRAY(rq->arena, struct control_view, question->row_count);

    for (size_t i = 0; i < question->row_count; i++) {
        struct choice_view *choices =
            ARENA_ARRAY(rq->arena, struct choice_view, question->option_count);

        rows[i].kind = CONTROL_RADIOS;
        rows[i].name = arena_printf(rq->arena, "%s/%s", view->name, question->rows[i].id);
        rows[i].label = question->rows[i].text.in[rq->lang];
        for (size_t j = 0; j < question->option_count; j++)
            choices[j] = (struct choice_view){.value = question->options[j].id,
                                              .label = question->options[j].text.in[rq->lang],
                                              .is_chosen = column_is_chosen(s, question, i, j)};
        rows[i].choices = choices;
        rows[i].choice_count = question->option_count;
    }
    view->rows = rows;
    view->row_count = question->row_count;
}

static void view_day(const struct shown *s, struct control_view *view, day stored)
{
    struct arena *arena = s->c->rq->arena;
    struct civil civil;

    if (s->was_sent) {
        view->day = sent_value(s, 0);
        view->month = sent_value(s, 1);
        view->year = sent_value(s, 2);
    } else if (stored != DAY_NONE) {
        civil = day_civil(stored);
        view->day = arena_printf(arena, "%02d", civil.mday);
        view->month = arena_printf(arena, "%02d", civil.month);
        view->year = arena_printf(arena, "%04d", civil.year);
    } else {
        view->day = view->month = view->year = "";
    }
}

static const char *stored_number(const struct request *rq, struct ratio number)
{
    return number.den ? text_of_number_short(rq->arena, number, 6, rq->lang) : "";
}

/* ---- questions ---- */

static const enum control_kind question_controls[QUESTION_TYPE__MAX] = {
    [QUESTION_SINGLE] = CONTROL_RADIOS,  [QUESTION_YESNO] = CONTROL_RADIOS,
    [QUESTION_MULTIPLE] = CONTROL_BOXES, [QUESTION_SCALE] = CONTROL_TABLE,
    [QUESTION_NUMBER] = CONTROL_LINE,    [QUESTION_TEXT] = CONTROL_TEXT,
    [QUESTION_DATE] = CONTROL_DATE,      [QUESTION_FILE] = CONTROL_FILE,
};

static void view_answer(const struct shown *s, const struct question *question,
                        struct control_view *view)
{
    struct request *rq = s->c->rq;
    bool is_given = s->answer->state == ANSWER_GIVEN;
    day stored = DAY_NONE;

    switch (view->kind) {
    case CONTROL_RADIOS:
    case CONTROL_BOXES:
        view_options(s, question, view);
        break;
    case CONTROL_TABLE:
        view_rows(s, question, view);
        break;
    case CONTROL_DATE:
        if (is_given)
            day_parse_iso(s->answer->text, strlen(s->answer->text), &stored);
        view_day(s, view, stored);
        break;
    case CONTROL_LINE:
        view->value = s->was_sent ? sent_value(s, 0)
                      : is_given  ? stored_number(rq, s->answer->number)
                                  : "";
        view->input_mode = "decimal";
        view->length = 12;
        break;
    case CONTROL_TEXT:
        view->value = s->was_sent ? sent_value(s, 0) : is_given ? s->answer->text : "";
        break;
    case CONTROL_FILE:
        view->value = is_given ? s->answer->text : "";
        break;
    default:
        break;
    }
}

static void view_na(const struct shown *s, const struct question *question,
                    struct control_view *view)
{
    view->may_be_na = question->may_be_na;
    if (!question->may_be_na)
        return;
    if (s->was_sent) {
        view->is_na = *sent_value(s, s->control->count - 2) != '\0';
        view->na_reason = sent_value(s, s->control->count - 1);
    } else {
        view->is_na = s->answer->state == ANSWER_NA;
        view->na_reason = view->is_na ? s->answer->text : "";
    }
}

static void view_question(struct shown *s, struct control_view *view)
{
    struct request *rq = s->c->rq;
    const struct question *question = &rq->opened.survey->q->questions[s->control->index];

    view->kind = question_controls[question->type];
    view->label = question->text.in[rq->lang];
    view->hint =
        question_help(question, response_fact_text(rq->opened.response, "section")).in[rq->lang];
    view->unit = question->unit.in[rq->lang];
    view->evidence = question->evidence.in[rq->lang];
    view->is_optional = !question->is_required && !question->is_scored;
    view->is_hidden = !s->answer->is_active;
    view->base =
        arena_printf(rq->arena, "%08x", stored_answer_fingerprint(&rq->opened, s->control->index));
    view->number = s->control->index + 1;
    if (!s->was_sent)
        s->prefill = response_prefill(rq->opened.response, s->control->index, rq->arena);
    if (s->prefill)
        view->prefilled = s->prefill->because.in[rq->lang];
    view_answer(s, question, view);
    view_na(s, question, view);
}

/* ---- facts ---- */

static const enum control_kind fact_controls[FACT_KIND__MAX] = {
    [FACT_TEXT] = CONTROL_LINE,      [FACT_CHOICE] = CONTROL_RADIOS, [FACT_INTEGER] = CONTROL_LINE,
    [FACT_PERCENT] = CONTROL_LINE,   [FACT_MONEY] = CONTROL_LINE,    [FACT_YESNO] = CONTROL_RADIOS,
    [FACT_DATE] = CONTROL_DATE,      [FACT_TAX_CODE] = CONTROL_LINE, [FACT_AREA] = CONTROL_SELECT,
    [FACT_SECTION] = CONTROL_SELECT,
};

/* A stored fact as people would type it; "" if it is not known. */
static const char *typed_fact(const struct request *rq, size_t index)
{
    const struct value *value = &rq->opened.response->values[index];
    const char *text = "";

    switch (value->kind) {
    case VALUE_TEXT:
        return value->text;
    case VALUE_BOOL:
        return value->truth ? "yes" : "no";
    case VALUE_NUMBER:
        return stored_number(rq, value->number);
    case VALUE_LIST:
        for (size_t i = 0; i < value->count; i++)
            text = arena_printf(rq->arena, "%s%s%s", text, i ? " | " : "",
                                stored_number(rq, value->items[i].number));
        return text;
    default:
        return "";
    }
}

void choice_add(struct control_view *view, const char *value, const char *label, bool is_chosen)
{
    struct choice_view *choices = (struct choice_view *)(uintptr_t)view->choices;

    choices[view->choice_count++] =
        (struct choice_view){.value = value, .label = label, .is_chosen = is_chosen};
}

void choices_add_terms(struct request *rq, struct control_view *view, const struct terms *terms,
                       const char *chosen)
{
    for (size_t i = 0; i < terms->count && view->choice_count < CHOICES_MAX; i++) {
        const struct term *term = &terms->items[i];

        if (!term_holds(term, today()))
            continue;
        choice_add(view, term->id,
                   terms == facts_of(rq)->sections
                       ? arena_printf(rq->arena, "%s – %s", term->id, term->name.in[rq->lang])
                       : term->name.in[rq->lang],
                   strcmp(term->id, chosen) == 0);
    }
}

static void view_fact_choices(struct request *rq, const struct fact *fact, const char *chosen,
                              struct control_view *view)
{
    view->choices = ARENA_ARRAY(rq->arena, struct choice_view, CHOICES_MAX);
    if (fact->kind == FACT_AREA)
        choices_add_terms(rq, view, facts_of(rq)->areas, chosen);
    else if (fact->kind == FACT_SECTION)
        choices_add_terms(rq, view, facts_of(rq)->sections, chosen);
    for (size_t i = 0; i < fact->choice_count; i++)
        choice_add(view, fact->choices[i].id, fact->choices[i].text.in[rq->lang],
                   strcmp(fact->choices[i].id, chosen) == 0);
    if (fact->kind == FACT_YESNO) {
        choice_add(view, "yes", tr(rq, WEB_yes), strcmp(chosen, "yes") == 0);
        choice_add(view, "no", tr(rq, WEB_no), strcmp(chosen, "no") == 0);
        choice_add(view, "", tr(rq, WEB_not_known), *chosen == '\0');
    }
}

static void view_fact_line(const struct fact *fact, struct request *rq, struct control_view *view)
{
    bool is_number = fact->kind == FACT_INTEGER || fact->kind == FACT_MONEY;

    view->unit = fact->kind == FACT_MONEY     ? tr(rq, WEB_dong)
                 : fact->kind == FACT_PERCENT ? "%"
                                              : fact->unit.in[rq->lang];
    view->input_mode = is_number || fact->kind == FACT_TAX_CODE ? "numeric"
                       : fact->kind == FACT_PERCENT             ? "decimal"
                                                                : NULL;
    view->length = fact->kind == FACT_TEXT ? 60 : fact->kind == FACT_MONEY ? 22 : 14;
    if (strcmp(fact->id, "name") == 0)
        view->autocomplete = "organization";
}

/* What was understood, where it could be misread: 1.234 or 1,234. */
static const char *fact_note(const struct request *rq, size_t index)
{
    const struct fact *fact = &facts_of(rq)->items[index];
    const struct value *value = &rq->opened.response->values[index];

    if (value->kind == VALUE_UNKNOWN ||
        (fact->kind != FACT_MONEY && fact->kind != FACT_INTEGER && fact->kind != FACT_PERCENT))
        return NULL;
    return fact_print(facts_of(rq), index, value, today(), rq->lang, rq->arena);
}

static void view_fact(const struct shown *s, struct control_view *view)
{
    struct request *rq = s->c->rq;
    size_t index = s->control->index;
    const struct fact *fact = &facts_of(rq)->items[index];
    const struct value *value = &rq->opened.response->values[index];
    const char *shown =
        s->was_sent && fact->kind != FACT_DATE ? sent_value(s, 0) : typed_fact(rq, index);
    day stored = DAY_NONE;

    view->kind = fact_controls[fact->kind];
    view->label = fact->ask.in[rq->lang] ? fact->ask.in[rq->lang] : fact->label.in[rq->lang];
    view->hint = fact->help.in[rq->lang];
    view->is_optional = true;
    view->base = arena_printf(rq->arena, "%08x", stored_fact_fingerprint(&rq->opened, index));
    if (view->kind == CONTROL_DATE) {
        value_is_date(value, &stored);
        view_day(s, view, stored);
        return;
    }
    view->value = shown;
    if (view->kind == CONTROL_LINE)
        view_fact_line(fact, rq, view);
    else
        view_fact_choices(rq, fact, shown, view);
    if (!s->control->is_wrong)
        view->note = fact_note(rq, index);
}

const struct control_view *controls_view(struct controls *c, bool was_sent)
{
    struct control_view *views = ARENA_ARRAY(c->rq->arena, struct control_view, c->count + 1);

    for (size_t i = 0; i < c->count; i++) {
        struct control *control = &c->items[i];
        struct shown s = {.c = c, .control = control, .was_sent = was_sent};

        views[i].name = control_name(c->rq, control);
        views[i].fault = form_fault_at(&c->faults, views[i].name);
        if (control->is_fact) {
            view_fact(&s, &views[i]);
        } else {
            s.answer = &c->rq->opened.response->answers[control->index];
            view_question(&s, &views[i]);
        }
        if (control_is_locked(c, control))
            views[i].locked = control_stored(c, control);
    }
    return views;
}


#include "controls.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define CHOICE_BYTES_MAX 100
#define LINE_BYTES_MAX 1000
#define TEXT_BYTES_MAX (4 * ANSWER_TEXT_CHARS_MAX)

static const struct facts *facts_of(const struct request *rq)
{
    return rq->site->loaded.facts;
}

static const struct question *question_of(const struct request *rq, const struct control *control)
{
    return &rq->opened.survey->q->questions[control->index];
}

/* ---- which fields ---- */

static void declare(struct controls *c, const char *name, size_t max, bool is_list, bool has_lines)
{
    c->fields[c->field_count++] =
        (struct field){.name = name, .max = max, .is_list = is_list, .has_lines = has_lines};
}

static void declare_date(struct controls *c, const char *name)
{
    static const char *const parts[] = {"d", "m", "y"};

    for (size_t i = 0; i < 3; i++)
        declare(c, arena_printf(c->rq->arena, "%s.%s", name, parts[i]), CHOICE_BYTES_MAX, false,
                false);
}

static void declare_question(struct controls *c, const struct question *question)
{
    const char *name = arena_printf(c->rq->arena, "q.%s", question->id);

    switch (question->type) {
    case QUESTION_SCALE:
        for (size_t i = 0; i < question->row_count; i++)
            declare(c, arena_printf(c->rq->arena, "%s/%s", name, question->rows[i].id),
                    CHOICE_BYTES_MAX, false, false);
        break;
    case QUESTION_DATE:
        declare_date(c, name);
        break;
    case QUESTION_TEXT:
        declare(c, name, TEXT_BYTES_MAX, false, true);
        break;
    case QUESTION_FILE:
        break;
    default:
        declare(c, name, LINE_BYTES_MAX, question->type == QUESTION_MULTIPLE, false);
    }
    if (question->may_be_na) {
        declare(c, arena_printf(c->rq->arena, "na.%s", question->id), 1, false, false);
        declare(c, arena_printf(c->rq->arena, "why.%s", question->id), LINE_BYTES_MAX, false,
                false);
    }
}

static void declare_fact(struct controls *c, const struct fact *fact)
{
    if (fact->kind == FACT_DATE)
        declare_date(c, fact->id);
    else
        declare(c, fact->id, LINE_BYTES_MAX, false, false);
}

static size_t fields_of(const struct question *question)
{
    return (question->row_count ? question->row_count : 3) + 2;
}

void controls_facts(struct controls *c, struct request *rq, const size_t *facts, size_t count)
{
    *c = (struct controls){.rq = rq, .count = count};
    c->items = ARENA_ARRAY(rq->arena, struct control, count + 1);
    c->fields = ARENA_ARRAY(rq->arena, struct field, 3 * count + PAGE_FIELDS_MAX);
    for (size_t i = 0; i < count; i++) {
        c->items[i] =
            (struct control){.is_fact = true, .index = facts[i], .first_field = c->field_count};
        declare_fact(c, &facts_of(rq)->items[facts[i]]);
        c->items[i].count = c->field_count - c->items[i].first_field;
    }
}

void controls_questions(struct controls *c, struct request *rq, size_t first, size_t count)
{
    const struct questionnaire *q = rq->opened.survey->q;
    size_t room = PAGE_FIELDS_MAX;

    for (size_t i = 0; i < count; i++)
        room += fields_of(&q->questions[first + i]);
    *c = (struct controls){.rq = rq, .count = count};
    c->items = ARENA_ARRAY(rq->arena, struct control, count + 1);
    c->fields = ARENA_ARRAY(rq->arena, struct field, room);
    for (size_t i = 0; i < count; i++) {
        c->items[i] = (struct control){.index = first + i, .first_field = c->field_count};
        declare_question(c, &q->questions[first + i]);
        c->items[i].count = c->field_count - c->items[i].first_field;
    }
}

size_t controls_declare(struct controls *c, const char *name, size_t max)
{
    declare(c, name, max, false, false);
    return c->field_count - 1;
}

bool control_was_sent(const struct controls *c, const struct control *control)
{
    for (size_t i = 0; i < control->count; i++) {
        if (c->fields[control->first_field + i].is_sent)
            return true;
    }
    return false;
}

/* ---- what was typed becomes a value ---- */

const char *control_name(const struct request *rq, const struct control *control)
{
    if (control->is_fact)
        return facts_of(rq)->items[control->index].id;
    return arena_printf(rq->arena, "q.%s", question_of(rq, control)->id);
}

const char *control_label(const struct request *rq, const struct control *control)
{
    return control->is_fact ? facts_of(rq)->items[control->index].label.in[rq->lang]
                            : question_of(rq, control)->label.in[rq->lang];
}

const char *fault_for_people(const char *text, struct arena *arena)
{
    const char *colon = strstr(text, ": ");
    char *copy;

    if (!colon || colon - text > 80)
        return text;
    copy = arena_strdup(arena, colon + 2);
    if (islower((unsigned char)*copy))
        *copy = (char)toupper((unsigned char)*copy);
    return copy;
}

static void add_fault(struct controls *c, struct control *control, const struct faults *faults)
{
    const char *text = faults->count ? faults->items[0].text[c->rq->lang] : "";

    control->is_wrong = true;
    form_fault_add(&c->faults, control_name(c->rq, control), control_label(c->rq, control),
                   fault_for_people(text, c->rq->arena));
}

static const char *sent(const struct controls *c, size_t field)
{
    const char *value = c->fields[field].value;

    return value ? value : "";
}

/* Three fields as one text; "" if all are empty. */
static const char *date_text(const struct controls *c, size_t first)
{
    const char *d = sent(c, first), *m = sent(c, first + 1), *y = sent(c, first + 2);

    return *d || *m || *y ? arena_printf(c->rq->arena, "%s/%s/%s", d, m, y) : "";
}

static const char *joined(const struct controls *c, size_t field)
{
    const struct field *f = &c->fields[field];
    const char *text = "";

    for (size_t i = 0; i < f->count; i++)
        text = arena_printf(c->rq->arena, "%s%s%s", text, i ? "," : "", f->values[i]);
    return text;
}

static const char *rows_text(const struct controls *c, const struct control *control,
                             const struct question *question)
{
    const char *text = "";

    for (size_t i = 0; i < question->row_count; i++) {
        const char *column = sent(c, control->first_field + i);

        if (*column)
            text = arena_printf(c->rq->arena, "%s%s%s=%s", text, *text ? "," : "",
                                question->rows[i].id, column);
    }
    return text;
}

/* What answer_read_text() is given. */
static const char *answer_text(const struct controls *c, const struct control *control,
                               const struct question *question)
{
    size_t last = control->first_field + control->count;

    if (question->may_be_na && *sent(c, last - 2))
        return arena_printf(c->rq->arena, "na: %s", sent(c, last - 1));
    switch (question->type) {
    case QUESTION_SCALE:
        return rows_text(c, control, question);
    case QUESTION_DATE:
        return date_text(c, control->first_field);
    case QUESTION_MULTIPLE:
        return joined(c, control->first_field);
    case QUESTION_FILE:
        return "";
    case QUESTION_TEXT:
        return answer_text_needs_mark(sent(c, control->first_field))
                   ? arena_printf(c->rq->arena, "'%s", sent(c, control->first_field))
                   : sent(c, control->first_field);
    default:
        return sent(c, control->first_field);
    }
}

static bool read_question(struct controls *c, struct control *control, struct faults *faults)
{
    const struct question *question = question_of(c->rq, control);
    const char *text = answer_text(c, control, question);
    struct place place = {"", 0, ""};

    /* An option is sent by its id; typing codes are for paper. */
    if (question->type == QUESTION_SINGLE && *text && strncmp(text, "na:", 3) != 0) {
        size_t option = question_find_option(question, text);

        if (option != MAP_NONE) {
            control->answer = (struct answer){.state = ANSWER_GIVEN, .option = (unsigned)option};
            return true;
        }
    }
    return answer_read_text(question, text, place, c->rq->arena, faults, &control->answer);
}

static bool read_fact(struct controls *c, struct control *control, struct faults *faults)
{
    const struct fact *fact = &facts_of(c->rq)->items[control->index];
    const char *text = fact->kind == FACT_DATE ? date_text(c, control->first_field)
                                               : sent(c, control->first_field);

    return fact_read_text(facts_of(c->rq), control->index, text, c->rq->app.today,
                          (struct place){"", 0, ""}, c->rq->arena, faults, &control->value);
}

void controls_read(struct controls *c)
{
    struct faults *faults = ARENA_NEW(c->rq->arena, struct faults);

    for (size_t i = 0; i < c->count; i++) {
        struct control *control = &c->items[i];

        faults_init(faults, c->rq->arena);
        if (!(control->is_fact ? read_fact : read_question)(c, control, faults))
            add_fault(c, control, faults);
    }
}


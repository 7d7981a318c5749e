/* What templates print, for programs. */
#include "web/kit/views_json.h"

static void write_choices(struct json_writer *w, const struct control_view *c)
{
    json_key(w, "choices");
    json_begin_array(w);
    for (size_t i = 0; i < c->choice_count; i++) {
        json_begin_object(w);
        json_member_string(w, "value", c->choices[i].value);
        json_member_string(w, "label", c->choices[i].label);
        json_member_bool(w, "chosen", c->choices[i].is_chosen);
        json_end_object(w);
    }
    json_end_array(w);
}

/* Every row is a field of its own. */
static void write_rows(struct json_writer *w, const struct control_view *c)
{
    json_key(w, "rows");
    json_begin_array(w);
    for (size_t i = 0; i < c->row_count; i++) {
        json_begin_object(w);
        json_member_string(w, "name", c->rows[i].name);
        json_member_string(w, "label", c->rows[i].label);
        write_choices(w, &c->rows[i]);
        json_end_object(w);
    }
    json_end_array(w);
}

/* Sent as three fields: NAME.d, NAME.m, NAME.y. */
static void write_date(struct json_writer *w, const struct control_view *c)
{
    json_key(w, "date");
    json_begin_object(w);
    json_member_string(w, "d", c->day);
    json_member_string(w, "m", c->month);
    json_member_string(w, "y", c->year);
    json_end_object(w);
}

/* Sent as na.ID=1 and why.ID, where the control is q.ID. */
static void write_na(struct json_writer *w, const struct control_view *c)
{
    json_key(w, "na");
    json_begin_object(w);
    json_member_bool(w, "chosen", c->is_na);
    json_member_string(w, "reason", c->na_reason);
    json_end_object(w);
}

static void write_control(struct json_writer *w, const struct control_view *c)
{
    static const char *const kinds[] = {
        [CONTROL_RADIOS] = "one", [CONTROL_BOXES] = "several", [CONTROL_SELECT] = "one",
        [CONTROL_LINE] = "line",  [CONTROL_TEXT] = "text",     [CONTROL_DATE] = "date",
        [CONTROL_TABLE] = "rows", [CONTROL_FILE] = "file",
    };

    json_begin_object(w);
    json_member_string(w, "name", c->name);
    json_member_string(w, "kind", kinds[c->kind]);
    json_member_string(w, "label", c->label);
    json_member_string(w, "hint", c->hint);
    json_member_bool(w, "hidden", c->is_hidden);
    json_member_bool(w, "optional", c->is_optional);
    json_member_string(w, "unit", c->unit);
    write_choices(w, c);
    if (c->kind == CONTROL_TABLE)
        write_rows(w, c);
    if (c->kind == CONTROL_DATE)
        write_date(w, c);
    if (c->may_be_na)
        write_na(w, c);
    json_member_string(w, "value", c->value);
    json_member_string(w, "note", c->note);
    json_end_object(w);
}

void json_controls(struct json_writer *w, const struct control_view *views, size_t count)
{
    json_key(w, "controls");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
        write_control(w, &views[i]);
    json_end_array(w);
}

void json_surveys(struct json_writer *w, const struct survey_view *surveys, size_t count)
{
    json_key(w, "questionnaires");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(w);
        json_member_string(w, "questionnaire", surveys[i].ref);
        json_member_string(w, "title", surveys[i].title);
        json_member_string(w, "summary", surveys[i].summary);
        json_member_string(w, "status", surveys[i].status);
        json_member_int(w, "questions", (int64_t)surveys[i].questions);
        json_member_int(w, "minutes", surveys[i].minutes);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_answer(struct json_writer *w, const struct answer_view *answer)
{
    json_begin_object(w);
    json_member_string(w, "name", answer->anchor);
    json_member_string(w, "label", answer->label);
    json_member_string(w, "value", answer->value);
    json_member_bool(w, "open", answer->is_open);
    json_member_string(w, "kind", answer->kind);
    json_member_int(w, "page", answer->number);
    json_end_object(w);
}

void json_answers(struct json_writer *w, const struct answers_view *groups, size_t count)
{
    json_key(w, "groups");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++) {
        json_begin_object(w);
        json_member_string(w, "title", groups[i].title);
        json_member_int(w, "section", groups[i].section);
        json_key(w, "answers");
        json_begin_array(w);
        for (size_t k = 0; k < groups[i].count; k++)
            write_answer(w, &groups[i].items[k]);
        json_end_array(w);
        json_end_object(w);
    }
    json_end_array(w);
}


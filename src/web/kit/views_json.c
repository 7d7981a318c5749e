/* What templates print, for programs. */
#include "web/kit/views_json.h"

/* ---- controls ---- */

static const struct json_member choice_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct choice_view, "value", value),
    JSON_VALUE(MEMBER_TEXT, struct choice_view, "label", label),
    JSON_VALUE(MEMBER_FLAG, struct choice_view, "chosen", is_chosen),
};
static const struct json_shape shape_choice =
    JSON_SHAPE(struct choice_view, "Choice", choice_members);

#define CHOICES JSON_PARTS(struct control_view, "choices", choices, choice_count, &shape_choice)

/* Every row is a field of its own. */
static const struct json_member row_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct control_view, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "label", label),
    CHOICES,
};
static const struct json_shape shape_row = JSON_SHAPE(struct control_view, "Row", row_members);

/* Sent as three fields: NAME.d, NAME.m, NAME.y. */
static const struct json_member date_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct control_view, "d", day),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "m", month),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "y", year),
};
static const struct json_shape shape_date = JSON_SHAPE(struct control_view, NULL, date_members);

/* Sent as na.ID=1 and why.ID, where the control is q.ID. */
static const struct json_member na_members[] = {
    JSON_VALUE(MEMBER_FLAG, struct control_view, "chosen", is_na),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "reason", na_reason),
};
static const struct json_shape shape_na = JSON_SHAPE(struct control_view, NULL, na_members);

static bool has_rows(const void *view)
{
    return ((const struct control_view *)view)->kind == CONTROL_TABLE;
}

static bool has_date(const void *view)
{
    return ((const struct control_view *)view)->kind == CONTROL_DATE;
}

static bool has_na(const void *view)
{
    return ((const struct control_view *)view)->may_be_na;
}

static const char *const control_kinds[] = {
    [CONTROL_RADIOS] = "one", [CONTROL_BOXES] = "several", [CONTROL_SELECT] = "one",
    [CONTROL_LINE] = "line",  [CONTROL_TEXT] = "text",     [CONTROL_DATE] = "date",
    [CONTROL_TABLE] = "rows", [CONTROL_FILE] = "file",     NULL,
};

static const struct json_member control_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct control_view, "name", name),
    JSON_CODED(struct control_view, "kind", kind, control_kinds),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "label", label),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "hint", hint),
    JSON_VALUE(MEMBER_FLAG, struct control_view, "hidden", is_hidden),
    JSON_VALUE(MEMBER_FLAG, struct control_view, "optional", is_optional),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "locked", locked),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "officer", officer),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "unit", unit),
    CHOICES,
    {.name = "rows",
     .type = MEMBER_LIST,
     .offset = offsetof(struct control_view, rows),
     .count = offsetof(struct control_view, row_count),
     .shape = &shape_row,
     .has = has_rows},
    {.name = "date", .type = MEMBER_PART, .shape = &shape_date, .has = has_date},
    {.name = "na", .type = MEMBER_PART, .shape = &shape_na, .has = has_na},
    JSON_VALUE(MEMBER_TEXT, struct control_view, "value", value),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "note", note),
    JSON_VALUE(MEMBER_TEXT, struct control_view, "prefilled", prefilled),
};
const struct json_shape shape_control = JSON_SHAPE(struct control_view, "Control", control_members);

/* ---- questionnaires, answers ---- */

static const struct json_member survey_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct survey_view, "questionnaire", ref),
    JSON_VALUE(MEMBER_TEXT, struct survey_view, "title", title),
    JSON_VALUE(MEMBER_TEXT, struct survey_view, "summary", summary),
    JSON_VALUE(MEMBER_TEXT, struct survey_view, "status", status),
    JSON_VALUE(MEMBER_SIZE, struct survey_view, "questions", questions),
    JSON_VALUE(MEMBER_INT, struct survey_view, "minutes", minutes),
};
const struct json_shape shape_survey =
    JSON_SHAPE(struct survey_view, "Questionnaire", survey_members);

/* Each answer says which page of which dossier changes it. */
static const struct json_member answer_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct answer_view, "name", anchor),
    JSON_VALUE(MEMBER_TEXT, struct answer_view, "label", label),
    JSON_VALUE(MEMBER_TEXT, struct answer_view, "value", value),
    JSON_VALUE(MEMBER_FLAG, struct answer_view, "open", is_open),
    JSON_VALUE(MEMBER_TEXT, struct answer_view, "kind", kind),
    JSON_VALUE(MEMBER_INT64, struct answer_view, "page", number),
};
static const struct json_shape shape_answer = JSON_SHAPE(struct answer_view, NULL, answer_members);

static const struct json_member answers_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct answers_view, "title", title),
    JSON_VALUE(MEMBER_INT64, struct answers_view, "section", section),
    JSON_PARTS(struct answers_view, "answers", items, count, &shape_answer),
};
const struct json_shape shape_answers = JSON_SHAPE(struct answers_view, NULL, answers_members);

/* ---- faults, errors, where to go on ---- */

static const struct json_member fault_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct form_fault, "field", field),
    JSON_VALUE(MEMBER_TEXT, struct form_fault, "label", label),
    JSON_VALUE(MEMBER_TEXT, struct form_fault, "text", text),
};
const struct json_shape shape_fault = JSON_SHAPE(struct form_fault, "Fault", fault_members);

void json_write_faults(struct json_writer *w, const void *value)
{
    const struct form_faults *faults = value;

    json_begin_array(w);
    for (size_t i = 0; i < faults->count; i++)
        json_write_shape(w, &shape_fault, &faults->items[i]);
    json_end_array(w);
}

static const struct json_member faults_members[] = {
    JSON_WRITTEN(struct faults_reply, "faults", faults, json_write_faults, &shape_fault)};
const struct json_shape shape_faults_reply =
    JSON_SHAPE(struct faults_reply, "Faults", faults_members);

static const struct json_member next_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct next_reply, "next", next)};
const struct json_shape shape_next_reply = JSON_SHAPE(struct next_reply, "Next", next_members);

static void write_words(struct json_writer *w, const void *value)
{
    const struct words *words = value;

    json_begin_object(w);
    for (int i = 0; i < LANG__MAX; i++)
        json_member_string(w, lang_code((enum lang)i), words->in[i]);
    json_end_object(w);
}

static const struct json_member error_members[] = {
    JSON_WRITTEN(struct error_reply, "error", error, write_words, NULL)};
const struct json_shape shape_error_reply = JSON_SHAPE(struct error_reply, "Error", error_members);

/* Everything that is held about a dossier, once for people and once for programs. */
#include <string.h>

#include "submission.h"
#include "app/notices.h"
#include "base/text.h"

#define SECTIONS 8
#define COLUMNS_MAX 5

/* What is held of a dossier besides its response. */
struct held_data {
    struct dossier_history history;
    const struct evidence *evidence;
    size_t evidence_count;
    const char *mail; /* for reminders; "" */
};

static enum status load_held(struct request *rq, struct held_data *out, struct err *err)
{
    enum status status = open_dossier_history(&rq->app, &rq->opened, rq->arena, &out->history, err);

    if (status == OK)
        status = own_mail_address(&rq->app, rq->arena, &out->mail, err);
    return status == OK ? open_dossier_evidence(&rq->app, &rq->opened, rq->arena, &out->evidence,
                                                &out->evidence_count, err)
                        : status;
}

/* ---- sections are made piece by piece ---- */

static void begin_pairs(struct request *rq, struct data_export_part *section, enum web_text title,
                        enum web_text lead, size_t max)
{
    *section =
        (struct data_export_part){.title = tr(rq, title),
                                .lead = tr(rq, lead),
                                .pairs = ARENA_ARRAY(rq->arena, struct data_export_pair, max + 1)};
}

static void add_pair(struct data_export_part *section, const char *label, const char *value)
{
    struct data_export_pair *pairs = (struct data_export_pair *)(uintptr_t)section->pairs;

    pairs[section->pair_count++] = (struct data_export_pair){label, value};
}

static void add_time(struct request *rq, struct data_export_part *section, enum web_text label,
                     const char *utc)
{
    add_pair(section, tr(rq, label), *utc ? time_and_day(rq->arena, utc) : NULL);
}

/* The shape of a table: how wide its columns are, and what they are called. */
struct shape {
    enum web_text title, lead;
    size_t count;
    enum web_text columns[COLUMNS_MAX];
    double weights[COLUMNS_MAX];
};

static void begin_table(struct request *rq, struct data_export_part *section,
                        const struct shape *shape, size_t rows_max)
{
    const char **columns = ARENA_ARRAY(rq->arena, const char *, shape->count);

    for (size_t i = 0; i < shape->count; i++)
        columns[i] = tr(rq, shape->columns[i]);
    *section = (struct data_export_part){
        .title = tr(rq, shape->title),
        .lead = tr(rq, shape->lead),
        .columns = columns,
        .weights = shape->weights,
        .column_count = shape->count,
        .cells = ARENA_ARRAY(rq->arena, const char *, rows_max * shape->count + 1)};
}

static void add_row(struct data_export_part *section, const char *const *cells)
{
    const char **all = (const char **)(uintptr_t)section->cells;

    memcpy(all + section->row_count * section->column_count, cells,
           section->column_count * sizeof(*cells));
    section->row_count++;
}

/* ---- what is told ---- */

static void export_dossier(struct request *rq, const struct held_data *held,
                           struct data_export_part *section)
{
    const struct dossier *dossier = &rq->opened.dossier;
    struct retention retention = request_retention(rq);

    begin_pairs(rq, section, WEB_data_dossier, WEB_data_dossier_why, 10);
    add_pair(section, tr(rq, WEB_data_reference), dossier->reference);
    add_pair(section, tr(rq, WEB_data_state), state_words(rq, dossier->state));
    add_pair(section, tr(rq, WEB_data_questionnaire), rq->opened.survey->q->title.in[rq->lang]);
    add_pair(section, tr(rq, WEB_data_round), rq->opened.response->round);
    add_time(rq, section, WEB_data_created, dossier->created_at);
    add_time(rq, section, WEB_data_changed, dossier->changed_at);
    add_time(rq, section, WEB_data_submitted, dossier->submitted_at);
    add_pair(section, tr(rq, WEB_data_times),
             dossier->revision ? arena_printf(rq->arena, "%d", dossier->revision) : NULL);
    if (*held->mail)
        add_pair(section, tr(rq, WEB_data_mail), held->mail);
    if (retention.ends_on)
        add_pair(section, tr(rq, WEB_data_ends_on), retention.ends_on);
}

static void export_consent(struct request *rq, struct data_export_part *section)
{
    const struct dossier *dossier = &rq->opened.dossier;

    begin_pairs(rq, section, WEB_data_consent, WEB_data_consent_why, 4);
    add_time(rq, section, WEB_data_consent_at, dossier->consent_at);
    add_pair(section, tr(rq, WEB_data_consent_version), dossier->consent_version);
    add_time(rq, section, WEB_data_consent_ended, dossier->consent_ended_at);
    add_time(rq, section, WEB_data_erasure_asked, dossier->erasure_asked_at);
}

static void export_facts(struct request *rq, struct data_export_part *section)
{
    const struct facts *facts = rq->site->loaded.facts;
    const struct value *values = rq->opened.response->values;

    begin_pairs(rq, section, WEB_data_facts, WEB_data_facts_why, facts->count);
    for (size_t i = 0; i < facts->count; i++) {
        if (values[i].kind != VALUE_UNKNOWN && !facts->items[i].is_derived)
            add_pair(section, facts->items[i].label.in[rq->lang],
                     fact_print(facts, i, &values[i], rq->app.today, rq->lang, rq->arena));
    }
}

static void export_answers(struct request *rq, struct data_export_part *section)
{
    static const struct shape shape = {WEB_data_answers,
                                       WEB_data_answers_why,
                                       3,
                                       {WEB_data_question, WEB_data_answer, WEB_data_counts},
                                       {5, 4, 1.2}};
    const struct questionnaire *q = rq->opened.survey->q;

    begin_table(rq, section, &shape, q->question_count);
    for (size_t i = 0; i < q->question_count; i++) {
        const struct answer *answer = &rq->opened.response->answers[i];
        const char *cells[] = {q->questions[i].text.in[rq->lang],
                               answer_print(&q->questions[i], answer, rq->lang, rq->arena),
                               tr(rq, answer->is_active ? WEB_yes : WEB_no)};

        if (answer->state != ANSWER_NONE)
            add_row(section, cells);
    }
}

/* What an officer's question or a file is about, by the id of a question. */
static const char *about(struct request *rq, const char *id)
{
    size_t index;
    const struct question *question = request_question(rq, id, &index);

    return question ? question->label.in[rq->lang] : tr(rq, WEB_data_whole);
}

static void export_evidence(struct request *rq, const struct held_data *held,
                          struct data_export_part *section)
{
    static const struct shape shape = {
        WEB_data_evidence,
        WEB_data_evidence_why,
        4,
        {WEB_data_file, WEB_data_question, WEB_data_size, WEB_data_time},
        {4, 4, 1.5, 2}};

    begin_table(rq, section, &shape, held->evidence_count);
    for (size_t i = 0; i < held->evidence_count; i++) {
        const struct evidence *file = &held->evidence[i];
        const char *cells[] = {file->name, about(rq, file->question), bytes_words(rq, file->size),
                               time_and_day(rq->arena, file->added_at)};

        add_row(section, cells);
    }
}

static void export_questions(struct request *rq, const struct held_data *held,
                           struct data_export_part *section)
{
    static const struct shape shape = {
        WEB_data_asked,
        WEB_data_asked_why,
        5,
        {WEB_data_question, WEB_data_text, WEB_data_time, WEB_data_reply, WEB_data_replied_at},
        {3, 4, 2, 4, 2}};

    begin_table(rq, section, &shape, held->history.question_count);
    for (size_t i = 0; i < held->history.question_count; i++) {
        const struct dossier_question *question = &held->history.questions[i];
        const char *cells[] = {about(rq, question->question), question->text,
                               time_and_day(rq->arena, question->asked_at), question->reply,
                               time_and_day(rq->arena, question->replied_at)};

        add_row(section, cells);
    }
}

static void export_events(struct request *rq, const struct held_data *held,
                          struct data_export_part *section)
{
    static const struct shape shape = {WEB_data_events,
                                       WEB_data_events_why,
                                       4,
                                       {WEB_data_time, WEB_data_what, WEB_data_who, WEB_data_text},
                                       {2, 4, 2, 4}};

    begin_table(rq, section, &shape, held->history.event_count);
    for (size_t i = 0; i < held->history.event_count; i++) {
        const struct dossier_event *event = &held->history.events[i];
        const char *cells[] = {time_and_day(rq->arena, event->at), event_words(rq, event->kind),
                               actor_words(rq, event->actor), event->text};

        add_row(section, cells);
    }
}

static void phrase_technical(struct request *rq, struct data_export_part *section)
{
    begin_pairs(rq, section, WEB_data_technical, WEB_data_technical_why, 2);
    add_pair(section, tr(rq, WEB_data_secret), tr(rq, WEB_data_secret_held));
    add_pair(section, tr(rq, WEB_data_session), tr(rq, WEB_data_session_held));
}

static const char *name_of(struct request *rq)
{
    const char *name = response_fact_text(rq->opened.response, "name");

    return name ? name : tr(rq, WEB_data_no_name);
}

enum status data_record(struct request *rq, struct data_export *out, struct err *err)
{
    struct data_export_part *sections = ARENA_ARRAY(rq->arena, struct data_export_part, SECTIONS);
    struct held_data held;
    enum status status = load_held(rq, &held, err);

    if (status != OK)
        return status;
    export_dossier(rq, &held, &sections[0]);
    export_consent(rq, &sections[1]);
    export_facts(rq, &sections[2]);
    export_answers(rq, &sections[3]);
    export_evidence(rq, &held, &sections[4]);
    export_questions(rq, &held, &sections[5]);
    export_events(rq, &held, &sections[6]);
    phrase_technical(rq, &sections[7]);
    *out = (struct data_export){.service = tr(rq, WEB_site_name),
                           .reference = rq->opened.dossier.reference,
                           .name = name_of(rq),
                           .sections = sections,
                           .section_count = SECTIONS,
                           .help = rq->site->options.contact,
                           .on = rq->app.today};
    return OK;
}

/* ---- for programs ---- */

static const struct json_member dossier_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "state", state),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "questionnaire", questionnaire),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "round", round),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "created_at", created_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "changed_at", changed_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "submitted_at", submitted_at),
    JSON_VALUE(MEMBER_INT, struct dossier_reply, "revision", revision),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "consent_at", consent_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "consent_version", consent_version),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "consent_ended_at", consent_ended_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "erasure_asked_at", erasure_asked_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_reply, "draft_ends_on", draft_ends_on),
};
const struct json_shape shape_dossier =
    JSON_SHAPE(struct dossier_reply, "Dossier", dossier_members);

struct dossier_reply dossier_reply_of(const struct request *rq)
{
    const struct dossier *dossier = &rq->opened.dossier;

    return (struct dossier_reply){.reference = dossier->reference,
                                  .state = dossier_state_code(dossier->state),
                                  .questionnaire = dossier->questionnaire,
                                  .round = rq->opened.response->round,
                                  .created_at = dossier->created_at,
                                  .changed_at = dossier->changed_at,
                                  .submitted_at = dossier->submitted_at,
                                  .revision = dossier->revision,
                                  .consent_at = dossier->consent_at,
                                  .consent_version = dossier->consent_version,
                                  .consent_ended_at = dossier->consent_ended_at,
                                  .erasure_asked_at = dossier->erasure_asked_at,
                                  .draft_ends_on = request_retention(rq).ends_iso};
}

static const struct json_member event_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct dossier_event, "kind", kind),
    JSON_VALUE(MEMBER_TEXT, struct dossier_event, "at", at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_event, "by", actor),
    JSON_VALUE(MEMBER_TEXT, struct dossier_event, "text", text),
};
const struct json_shape shape_event = JSON_SHAPE(struct dossier_event, "Event", event_members);

static const struct json_member asked_members[] = {
    JSON_VALUE(MEMBER_INT64, struct dossier_question, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "question", question),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "text", text),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "asked_at", asked_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "due_on", due_on),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "reply", reply),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "replied_at", replied_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "closed_at", closed_at),
    JSON_VALUE(MEMBER_TEXT, struct dossier_question, "close_reason", close_reason),
};
const struct json_shape shape_asked = JSON_SHAPE(struct dossier_question, "Asked", asked_members);

static const struct json_member file_members[] = {
    JSON_VALUE(MEMBER_INT64, struct evidence, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct evidence, "question", question),
    JSON_VALUE(MEMBER_TEXT, struct evidence, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct evidence, "type", type),
    JSON_VALUE(MEMBER_INT64, struct evidence, "size", size),
    JSON_VALUE(MEMBER_TEXT, struct evidence, "blake2b", hash),
    JSON_VALUE(MEMBER_TEXT, struct evidence, "added_at", added_at),
};
const struct json_shape shape_file = JSON_SHAPE(struct evidence, "File", file_members);

void json_write_response(struct json_writer *w, const void *response)
{
    response_write(w, response);
}

/* All of it. */
struct data_reply {
    struct dossier_reply dossier;
    const struct response *response, *submitted;
    struct held_data held;
};

static const struct json_member data_members[] = {
    {.name = "dossier",
     .type = MEMBER_PART,
     .offset = offsetof(struct data_reply, dossier),
     .shape = &shape_dossier},
    JSON_WRITTEN(struct data_reply, "response", response, json_write_response, NULL),
    JSON_WRITTEN(struct data_reply, "submitted", submitted, json_write_response, NULL),
    JSON_VALUE(MEMBER_TEXT, struct data_reply, "mail", held.mail),
    JSON_PARTS(struct data_reply, "evidence", held.evidence, held.evidence_count, &shape_file),
    JSON_PARTS(struct data_reply, "events", held.history.events, held.history.event_count,
               &shape_event),
    JSON_PARTS(struct data_reply, "questions", held.history.questions, held.history.question_count,
               &shape_asked),
};
const struct json_shape shape_data = JSON_SHAPE(struct data_reply, "Data", data_members);

enum work_queue data_json(struct request *rq)
{
    struct data_reply reply = {.response = rq->opened.response};
    struct err err;
    enum status status = load_held(rq, &reply.held, &err);

    if (status == OK && rq->opened.dossier.assessment)
        status = open_dossier_submitted(&rq->app, &rq->opened, rq->arena, &reply.submitted, &err);
    if (status != OK)
        return request_error(rq, &err);
    reply.dossier = dossier_reply_of(rq);
    return request_reply(rq, 200, &shape_data, &reply);
}

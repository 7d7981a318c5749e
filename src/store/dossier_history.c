/* What happened to a dossier, what officers asked, and what is counted without anybody's name. */
#include "dossier.h"

#include <string.h>

#include "base/date.h"

/* A statement that writes nothing where the dossier is not there, or is erased. */
static enum status write_to_dossier(struct store *store, enum sql_id sql, struct params params,
                                    struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(store, sql, params, &changes, err);

    return status == OK && !changes ? dossier_not_found(err) : status;
}

/* ---- events ---- */

enum status dossier_event_add(struct store *store, int64_t dossier,
                              const struct dossier_event *event, struct err *err)
{
    int64_t seconds;
    enum status status = time_read(event->at, &seconds, err);

    if (status == OK)
        status = dossier_check_text(event->text, err);
    if (status != OK)
        return status;
    return write_to_dossier(store, SQL_EVENT_ADD,
                            PARAMS(INT(dossier), TEXT(event->kind), TEXT(event->at),
                                   TEXT(event->actor), TEXT(event->text)),
                            err);
}

static void read_event(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct dossier_event *event = item;

    event->kind = statement_text(stmt, 0, arena);
    event->at = statement_text(stmt, 1, arena);
    event->actor = statement_text(stmt, 2, arena);
    event->text = statement_text(stmt, 3, arena);
}

enum status dossier_events(struct store *store, int64_t dossier, struct arena *arena,
                           const struct dossier_event **events, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct dossier_event), read_event};
    void *items;
    enum status status = statement_list(store, SQL_EVENT_LIST, PARAMS(INT(dossier)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *events = items;
    return status;
}

/* ---- questions ---- */

static enum status check_question(const struct dossier_question *question, struct err *err)
{
    int64_t seconds;
    day due;
    enum status status = time_read(question->asked_at, &seconds, err);

    if (status == OK)
        status = dossier_check_text(question->text, err);
    if (status == OK && *question->due_on &&
        !day_parse_iso(question->due_on, strlen(question->due_on), &due))
        return err_set(err, BAD_INPUT, "hạn trả lời '%s' phải có dạng 2026-11-23",
                       "the day '%s' must be written as 2026-11-23", question->due_on);
    return status;
}

enum status dossier_ask(struct store *store, int64_t dossier,
                        const struct dossier_question *question, struct err *err)
{
    enum status status = check_question(question, err);

    if (status != OK)
        return status;
    return write_to_dossier(store, SQL_QUESTION_ADD,
                            PARAMS(INT(dossier), TEXT(question->question), TEXT(question->text),
                                   TEXT(question->asked_at), TEXT(question->due_on),
                                   INT(question->account)),
                            err);
}

enum status dossier_reply(struct store *store, int64_t dossier, int64_t question, const char *reply,
                          const char *now, struct err *err)
{
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = dossier_check_text(reply, err);
    if (status != OK)
        return status;
    return write_to_dossier(store, SQL_QUESTION_REPLY,
                            PARAMS(INT(dossier), INT(question), TEXT(reply), TEXT(now)), err);
}

enum status dossier_close_question(struct store *store, int64_t dossier, int64_t question,
                                   const char *reason, const char *now, struct err *err)
{
    int64_t seconds;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = dossier_check_text(reason, err);
    if (status != OK)
        return status;
    return write_to_dossier(store, SQL_QUESTION_CLOSE,
                            PARAMS(INT(dossier), INT(question), TEXT(now), TEXT(reason)), err);
}

static void read_question(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct dossier_question *question = item;

    question->id = db_int(stmt, 0);
    question->question = statement_text(stmt, 1, arena);
    question->text = statement_text(stmt, 2, arena);
    question->asked_at = statement_text(stmt, 3, arena);
    question->due_on = statement_text(stmt, 4, arena);
    question->reply = statement_text(stmt, 5, arena);
    question->replied_at = statement_text(stmt, 6, arena);
    question->account = db_int(stmt, 7);
    question->closed_at = statement_text(stmt, 8, arena);
    question->close_reason = statement_text(stmt, 9, arena);
}

enum status dossier_questions(struct store *store, int64_t dossier, struct arena *arena,
                              const struct dossier_question **questions, size_t *count,
                              struct err *err)
{
    static const struct list_kind kind = {sizeof(struct dossier_question), read_question};
    void *items;
    enum status status = statement_list(store, SQL_QUESTION_LIST, PARAMS(INT(dossier)), &kind,
                                        arena, &items, count, err);

    if (status == OK)
        *questions = items;
    return status;
}

/* ---- counters ---- */

enum status measure_add(struct store *store, const char *on, const char *page, const char *kind,
                        int64_t count, struct err *err)
{
    day date;

    if (!day_parse_iso(on, strlen(on), &date))
        return err_set(err, BAD_INPUT, "ngày '%s' phải có dạng 2026-11-23",
                       "the day '%s' must be written as 2026-11-23", on);
    return statement_write_alone(store, SQL_MEASURE_ADD,
                                 PARAMS(TEXT(on), TEXT(page), TEXT(kind), INT(count)), NULL, err);
}

static void read_measure(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct measure *measure = item;

    measure->on = statement_text(stmt, 0, arena);
    measure->page = statement_text(stmt, 1, arena);
    measure->kind = statement_text(stmt, 2, arena);
    measure->count = db_int(stmt, 3);
}

enum status measures(struct store *store, const char *from, struct arena *arena,
                     const struct measure **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct measure), read_measure};
    void *items;
    enum status status = statement_list(store, SQL_MEASURE_LIST, PARAMS(TEXT(from)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

/* Requests of enterprises about their own data. */
#include "store/data_requests.h"

#include <string.h>

#include "dossier.h"

static const char *const kinds[REQUEST_KIND__MAX] = {[REQUEST_ERASURE] = "erasure",
                                                     [REQUEST_CORRECTION] = "correction",
                                                     [REQUEST_OBJECTION] = "objection"};
static const char *const states[REQUEST_STATE__MAX] = {
    [REQUEST_OPEN] = "open", [REQUEST_DONE] = "done", [REQUEST_REFUSED] = "refused"};

static int find(const char *const *codes, int count, const char *code)
{
    int i = 0;

    while (i < count && strcmp(codes[i], code) != 0)
        i++;
    return i;
}

const char *data_request_kind_code(enum data_request_kind kind)
{
    return kinds[kind];
}

/* REQUEST_KIND__MAX for a word that is none. */
static enum data_request_kind find_kind(const char *code)
{
    return (enum data_request_kind)find(kinds, REQUEST_KIND__MAX, code);
}

/* The order of the statement. */
static void read_request(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct data_request *)item = (struct data_request){
        .id = db_int(stmt, 0),
        .dossier = db_int(stmt, 1),
        .kind = find_kind(db_text(stmt, 2)),
        .text = statement_text(stmt, 3, arena),
        .asked_at = statement_text(stmt, 4, arena),
        .due_on = statement_text(stmt, 5, arena),
        .state = (enum data_request_state)find(states, REQUEST_REFUSED, db_text(stmt, 6)),
        .answered_at = statement_text(stmt, 7, arena),
        .account = db_int(stmt, 8),
        .answer = statement_text(stmt, 9, arena),
        .review_case = db_int(stmt, 10),
        .name = statement_text(stmt, 11, arena),
        .area = statement_text(stmt, 12, arena),
    };
}

enum status data_request_add(struct store *store, const struct data_request *request,
                             struct err *err)
{
    enum status status = dossier_check_text(request->text, err);

    return status == OK
               ? statement_write_alone(store, SQL_DATA_REQUEST_ADD,
                                       PARAMS(INT(request->dossier), TEXT(kinds[request->kind]),
                                              TEXT(request->text), TEXT(request->asked_at),
                                              TEXT(request->due_on)),
                                       NULL, err)
               : status;
}

enum status data_requests(struct store *store, const char *areas, int64_t dossier, size_t max,
                          struct arena *arena, const struct data_request **list, size_t *count,
                          struct err *err)
{
    static const struct list_kind kind = {sizeof(struct data_request), read_request};
    void *items;
    enum status status =
        statement_list(store, SQL_DATA_REQUEST_LIST,
                       PARAMS(TEXT(areas), INT(dossier), INT((int64_t)max)), &kind, arena, &items,
                       count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status data_request_answer(struct store *store, int64_t id, enum data_request_state state,
                                const char *answer, int64_t account, const char *now,
                                struct err *err)
{
    int64_t changes = 0;
    enum status status = dossier_check_text(answer, err);

    if (status == OK)
        status = statement_write_alone(store, SQL_DATA_REQUEST_ANSWER,
                                       PARAMS(INT(id), TEXT(states[state]), TEXT(answer),
                                              INT(account), TEXT(now)),
                                       &changes, err);
    if (status == OK && !changes)
        return err_set(err, CONFLICT, "Yêu cầu này đã được trả lời.",
                       "This request was answered already.");
    return status;
}

enum status data_request_count(struct store *store, const char *areas, const char *today,
                               int64_t *open, int64_t *overdue, struct err *err)
{
    int64_t counts[2] = {0};
    bool has_row;
    enum status status = statement_ints(store, SQL_DATA_REQUEST_COUNT,
                                        PARAMS(TEXT(areas), TEXT(today)), counts, 2, &has_row, err);

    *open = counts[0];
    *overdue = counts[1];
    return status;
}

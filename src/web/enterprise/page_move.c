/* A draft that was begun with the wrong questionnaire moves to another one. */
#include <string.h>

#include "base/array.h"
#include "submission.h"
#include "web/handlers.h"
#include "web_paths.h"

#define REF_BYTES_MAX 130

size_t questionnaires_to_move_to(const struct request *rq, const struct loaded_questionnaire **list)
{
    const struct open_dossier *opened = &rq->opened;
    const char *section = response_fact_text(opened->response, "section");
    bool is_assumed;
    enum legal_form form = response_form(opened->response, &is_assumed);
    size_t count, others = 0;

    if (!open_dossier_may_move(opened))
        return 0;
    count = loaded_data_fitting(&rq->site->loaded, form, "unknown", section, rq->arena, list);
    for (size_t i = 0; i < count; i++) {
        if (list[i] != opened->survey)
            list[others++] = list[i];
    }
    return others;
}

static enum work_queue move(struct request *rq, const struct loaded_questionnaire *survey)
{
    struct err err;

    if (open_dossier_move(&rq->app, &rq->opened, survey, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return request_redirect(rq, path_page_tasks(rq->arena, rq->reference));
}

enum work_queue post_move(struct request *rq)
{
    struct field fields[] = {{.name = "questionnaire", .max = REF_BYTES_MAX}};
    const struct loaded_questionnaire **list =
        ARENA_ARRAY(rq->arena, const struct loaded_questionnaire *, rq->site->loaded.count);
    struct err err;
    size_t count;

    if (!request_form(rq, fields, ARRAY_SIZE(fields)))
        return QUEUE_DONE;
    if (!open_dossier_may_move(&rq->opened))
        return refuse_state(rq);
    count = questionnaires_to_move_to(rq, list);
    for (size_t i = 0; fields[0].value && i < count; i++) {
        if (strcmp(list[i]->q->ref, fields[0].value) == 0)
            return move(rq, list[i]);
    }
    err_set(&err, BAD_INPUT, "Hãy chọn một bộ câu hỏi trong danh sách.",
            "Please choose a questionnaire from the list.");
    return request_error(rq, &err);
}

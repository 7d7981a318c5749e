/* The list of tasks: what is done, what is left, where to go on. */
#include "web/enterprise/replies.h"
#include "web/handlers.h"

#include "controls.h"
#include "progress.h"
#include "submission.h"
#include "web_paths.h"
#include "web_views.h"

static enum task_state state_of(const struct request *rq, size_t section, struct progress progress)
{
    if (rq->opened.done >> section & 1 || (progress.shown && progress.settled == progress.shown))
        return TASK_DONE;
    return progress.settled ? TASK_STARTED : TASK_NOT_STARTED;
}

static struct progress facts_progress(const struct request *rq)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    struct progress progress = {0};

    for (size_t i = 0; i < loaded->fact_page_count; i++) {
        for (size_t k = 0; k < loaded->fact_pages[i].count; k++) {
            size_t fact = loaded->fact_pages[i].facts[k];

            progress.shown++;
            progress.settled += rq->opened.response->values[fact].kind != VALUE_UNKNOWN;
        }
    }
    return progress;
}

static int64_t first_page_of(const struct request *rq, size_t dimension)
{
    const struct question_pages *pages = &rq->opened.survey->pages;

    for (size_t i = 0; i < pages->count; i++) {
        if (pages->items[i].dimension == dimension)
            return (int64_t)i + 1;
    }
    return 1;
}

static int64_t next_open_page(const struct request *rq)
{
    const struct question_pages *pages = &rq->opened.survey->pages;

    for (size_t i = 0; i < pages->count; i++) {
        struct progress progress =
            progress_of(rq->opened.response, pages->items[i].first_question, pages->items[i].count);

        if (progress.settled < progress.shown)
            return (int64_t)i + 1;
    }
    return 0;
}

static struct task_view facts_task(const struct request *rq)
{
    struct progress progress = facts_progress(rq);

    return (struct task_view){.title = tr(rq, WEB_facts_title),
                              .path = path_page_facts(rq->arena, rq->reference, 1),
                              .state = state_of(rq, SECTION_FACTS, progress),
                              .settled = progress.settled,
                              .shown = progress.shown};
}

/* A section that was begun opens as the list of its answers, another one with its first page. */
static struct task_view dimension_task(const struct request *rq, size_t i)
{
    const struct dimension *dimension = &rq->opened.survey->q->dimensions[i];
    struct progress progress =
        progress_of(rq->opened.response, dimension->first_question, dimension->question_count);
    bool is_begun = progress.settled > 0;
    struct path section = path_page_section(rq->arena, rq->reference, (int64_t)i + 1);
    struct path first = path_page_questions(rq->arena, rq->reference, first_page_of(rq, i));

    return (struct task_view){.title = dimension->name.in[rq->lang],
                              .path = is_begun ? section : first,
                              .state = state_of(rq, i + 1, progress),
                              .settled = progress.settled,
                              .shown = progress.shown};
}

static const char *const task_states[] = {"not-started", "started", "done", NULL};

static const struct json_member task_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct task_view, "title", title),
    JSON_CODED(struct task_view, "state", state, task_states),
    JSON_VALUE(MEMBER_SIZE, struct task_view, "answered", settled),
    JSON_VALUE(MEMBER_SIZE, struct task_view, "questions", shown),
};
static const struct json_shape shape_task = JSON_SHAPE(struct task_view, NULL, task_members);

static const struct json_member tasks_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct tasks_page, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct tasks_page, "state", state),
    JSON_VALUE(MEMBER_INT64, struct tasks_page, "version", version),
    JSON_VALUE(MEMBER_TEXT, struct tasks_page, "draft_ends_on", retention.ends_iso),
    JSON_VALUE(MEMBER_TEXT, struct tasks_page, "token", token),
    JSON_PARTS(struct tasks_page, "tasks", tasks, count, &shape_task),
    JSON_WRITTEN(struct tasks_page, "response", response, json_write_response, NULL),
};
const struct json_shape shape_tasks = JSON_SHAPE(struct tasks_page, "Tasks", tasks_members);

/* Where a draft may move to, with the answers that would go along. */
static void list_others(struct request *rq, struct tasks_page *page)
{
    const struct loaded_questionnaire **list =
        ARENA_ARRAY(rq->arena, const struct loaded_questionnaire *, rq->site->loaded.count);
    const struct open_dossier *opened = &rq->opened;
    size_t count = questionnaires_to_move_to(rq, list);
    struct survey_view *views =
        request_surveys(rq, (const struct loaded_questionnaire *const *)list, count);

    page->answered = open_dossier_kept_by(opened, opened->survey, rq->arena);
    for (size_t i = 0; i < count; i++)
        views[i].kept = open_dossier_kept_by(opened, list[i], rq->arena);
    page->others = views;
    page->other_count = count;
}

enum work_queue page_tasks(struct request *rq)
{
    const struct questionnaire *q = rq->opened.survey->q;
    struct task_view *tasks = ARENA_ARRAY(rq->arena, struct task_view, q->dimension_count + 1);
    struct tasks_page page = {.token = rq->form_token,
                              .state = dossier_state_code(rq->opened.dossier.state),
                              .version = rq->opened.dossier.version,
                              .response = rq->opened.response,
                              .retention = request_retention(rq),
                              .reference = rq->reference,
                              .questionnaire = q->title.in[rq->lang],
                              .tasks = tasks,
                              .is_open = open_dossier_is_open(&rq->opened),
                              .is_returned = rq->opened.dossier.state == DOSSIER_RETURNED,
                              .was_submitted = rq->opened.dossier.assessment != 0,
                              .next = next_open_page(rq),
                              .fact_pages = rq->site->loaded.fact_page_count,
                              .saved_at = time_and_day(rq->arena, rq->opened.dossier.changed_at)};
    struct layout layout = request_layout(rq, WEB_tasks_title);

    page.name = response_fact_text(rq->opened.response, "name");
    tasks[page.count++] = facts_task(rq);
    for (size_t i = 0; i < q->dimension_count; i++) {
        struct task_view task = dimension_task(rq, i);

        if (task.shown == 0)
            continue;
        tasks[page.count++] = task;
    }
    page.progress = progress_view_of(rq);
    page.is_fresh = rq->opened.dossier.version == 1; /* nothing was saved since it was begun */
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_tasks, &page);
    list_others(rq, &page);
    request_page(rq, 200);
    view_tasks(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* The list of tasks: what is done, what is left, where to go on. */
#include "web/handlers.h"

#include "controls.h"
#include "web_views.h"

static enum task_state state_of(const struct visit *v, size_t section, struct progress progress)
{
    if (v->filled.done >> section & 1 || (progress.shown && progress.settled == progress.shown))
        return TASK_DONE;
    return progress.settled ? TASK_STARTED : TASK_NOT_STARTED;
}

static struct progress facts_progress(const struct visit *v)
{
    const struct surveys *surveys = &v->site->surveys;
    struct progress progress = {0};

    for (size_t i = 0; i < surveys->fact_page_count; i++) {
        for (size_t k = 0; k < surveys->fact_pages[i].count; k++) {
            size_t fact = surveys->fact_pages[i].facts[k];

            progress.shown++;
            progress.settled += v->filled.response->values[fact].kind != VALUE_UNKNOWN;
        }
    }
    return progress;
}

static int64_t first_page_of(const struct visit *v, size_t dimension)
{
    const struct question_pages *pages = &v->filled.survey->pages;

    for (size_t i = 0; i < pages->count; i++) {
        if (pages->items[i].dimension == dimension)
            return (int64_t)i + 1;
    }
    return 1;
}

static int64_t next_open_page(const struct visit *v)
{
    const struct question_pages *pages = &v->filled.survey->pages;

    for (size_t i = 0; i < pages->count; i++) {
        struct progress progress =
            progress_of(v->filled.response, pages->items[i].first_question, pages->items[i].count);

        if (progress.settled < progress.shown)
            return (int64_t)i + 1;
    }
    return 0;
}

static struct task_view facts_task(const struct visit *v)
{
    struct progress progress = facts_progress(v);

    return (struct task_view){.title = say(v, WEB_facts_title),
                              .kind = "thong-tin",
                              .number = 1,
                              .state = state_of(v, SECTION_FACTS, progress),
                              .settled = progress.settled,
                              .shown = progress.shown};
}

/* A section that was begun opens as the list of its answers, another one with its first page. */
static struct task_view dimension_task(const struct visit *v, size_t i)
{
    const struct dimension *dimension = &v->filled.survey->q->dimensions[i];
    struct progress progress =
        progress_of(v->filled.response, dimension->first_question, dimension->question_count);
    bool is_begun = progress.settled > 0;

    return (struct task_view){.title = dimension->name.in[v->lang],
                              .kind = is_begun ? "phan" : "trang",
                              .number = is_begun ? (int64_t)i + 1 : first_page_of(v, i),
                              .state = state_of(v, i + 1, progress),
                              .settled = progress.settled,
                              .shown = progress.shown};
}

static void write_json(struct visit *v, const struct tasks_page *page)
{
    static const char *const states[TASK__MAX] = {"not-started", "started", "done"};
    struct json_writer w;

    visit_json(v, 200, &w);
    json_begin_object(&w);
    json_member_string(&w, "reference", v->reference);
    json_member_string(&w, "state", dossier_state_code(v->filled.dossier.state));
    json_member_int(&w, "version", v->filled.dossier.version);
    visit_write_keeping(&w, v);
    json_member_string(&w, "token", v->form_token);
    json_key(&w, "tasks");
    json_begin_array(&w);
    for (size_t i = 0; i < page->count; i++) {
        json_begin_object(&w);
        json_member_string(&w, "title", page->tasks[i].title);
        json_member_string(&w, "state", states[page->tasks[i].state]);
        json_member_int(&w, "answered", (int64_t)page->tasks[i].settled);
        json_member_int(&w, "questions", (int64_t)page->tasks[i].shown);
        json_end_object(&w);
    }
    json_end_array(&w);
    json_key(&w, "response");
    response_write(&w, v->filled.response);
    json_end_object(&w);
}

enum work_queue page_tasks(struct visit *v)
{
    const struct questionnaire *q = v->filled.survey->q;
    struct task_view *tasks = ARENA_ARRAY(v->arena, struct task_view, q->dimension_count + 1);
    struct tasks_page page = {.keeping = visit_keeping(v),
                              .reference = v->reference,
                              .questionnaire = q->title.in[v->lang],
                              .tasks = tasks,
                              .is_open = filled_is_open(&v->filled),
                              .was_submitted = v->filled.dossier.assessment != 0,
                              .next = next_open_page(v),
                              .saved_at = time_and_day(v->arena, v->filled.dossier.changed_at)};
    struct layout layout = visit_layout(v, WEB_tasks_title);

    page.name = response_fact_text(v->filled.response, "name");
    tasks[page.count++] = facts_task(v);
    for (size_t i = 0; i < q->dimension_count; i++) {
        struct task_view task = dimension_task(v, i);

        if (task.shown == 0)
            continue;
        page.settled += task.settled;
        page.shown += task.shown;
        tasks[page.count++] = task;
    }
    if (v->wants_json) {
        write_json(v, &page);
        return QUEUE_DONE;
    }
    visit_page(v, 200);
    view_tasks(&v->view, &layout, &page);
    return QUEUE_DONE;
}

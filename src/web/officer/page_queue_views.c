/* The views of the queue that one has named: kept, renamed, deleted; how many cases are in each. */
#include "queue_list.h"
#include "queue_views.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <pthread.h>
#include <string.h>

#include "app/review/queue_views.h"
#include "web_paths.h"
#include "web_views.h"

static const struct json_member views_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct queue_views_page, "token", token),
    JSON_PARTS(struct queue_views_page, "views", views, count, &shape_queue_view),
};
const struct json_shape shape_queue_views =
    JSON_SHAPE(struct queue_views_page, "DeskQueueViews", views_members);

/* ---- counts ---- */

/* A count of 50,000 cases takes some 10 ms, so that a page makes at most COUNTS_AT_ONCE of them,
 * and those of the last minute are taken as they are: by view, of all threads. */
#define COUNTS_KEPT 512
#define COUNT_SECONDS 60
#define COUNTS_AT_ONCE 2

static struct {
    pthread_mutex_t lock;
    struct kept_count {
        int64_t view, at, count;
        uint64_t query; /* a hash: a view that got another query is counted anew */
    } counts[COUNTS_KEPT];
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static struct kept_count *slot_of(int64_t view)
{
    return &kept.counts[(uint64_t)view % COUNTS_KEPT];
}

static bool find_count(struct request *rq, const struct saved_view *view, int64_t *count)
{
    const struct kept_count *slot = slot_of(view->id);
    bool is_known;

    pthread_mutex_lock(&kept.lock);
    is_known = slot->view == view->id && slot->query == hash_of(view->query) &&
               context_seconds(&rq->app) - slot->at < COUNT_SECONDS;
    *count = slot->count;
    pthread_mutex_unlock(&kept.lock);
    return is_known;
}

static void keep_count(struct request *rq, const struct saved_view *view, int64_t count)
{
    pthread_mutex_lock(&kept.lock);
    *slot_of(view->id) = (struct kept_count){view->id, context_seconds(&rq->app), count,
                                             hash_of(view->query)};
    pthread_mutex_unlock(&kept.lock);
}

/* False where it is not known, and was not counted now. */
static bool count_view(struct request *rq, const struct saved_view *view,
                       const struct queue_asked *asked, size_t *budget, int64_t *count)
{
    const struct case_window none = {.sort = asked->sort, .limit = 0};
    struct case_row *rows;
    struct err ignored;
    size_t found;

    if (find_count(rq, view, count))
        return true;
    if (!*budget)
        return false;
    --*budget;
    if (cases_list(&rq->app, &asked->filter, &none, rq->arena, &rows, &found, count, &ignored) !=
        OK)
        return false;
    keep_count(rq, view, *count);
    return true;
}

/* ---- beside the others ---- */

size_t queue_views_add(struct request *rq, const struct queue_asked *here,
                       struct queue_view *views, size_t max)
{
    const char *own = queue_with(rq, here, path_page_queue(rq->arena)).text;
    struct saved_view *list;
    struct err ignored;
    size_t count, budget = COUNTS_AT_ONCE;

    if (queue_views_list(&rq->app, rq->arena, &list, &count, &ignored) != OK)
        return 0;
    for (size_t i = 0; i < count && i < max; i++) {
        struct queue_asked asked;
        int64_t n = 0;
        bool is_counted;

        queue_read(rq, list[i].query, &asked);
        is_counted = count_view(rq, &list[i], &asked, &budget, &n);
        views[i] = (struct queue_view){.id = list[i].id,
                                       .name = list[i].name,
                                       .words = queue_words(rq, &asked),
                                       .path = queue_with(rq, &asked, path_page_queue(rq->arena)),
                                       .count = (size_t)n,
                                       .is_uncounted = !is_counted};
        views[i].is_here = strcmp(views[i].path.text, own) == 0;
    }
    return count < max ? count : max;
}

/* ---- kept, renamed, deleted ---- */

static enum work_queue show(struct request *rq, unsigned status, const struct form_faults *faults)
{
    struct desk_layout layout = desk_layout(rq, WEB_views_title);
    struct queue_view *views = ARENA_ARRAY(rq->arena, struct queue_view, QUEUE_VIEWS_MAX);
    struct queue_views_page page = {.token = rq->form_token, .faults = faults, .views = views};
    struct queue_asked none;

    queue_read(rq, "", &none);
    page.count = queue_views_add(rq, &none, views, QUEUE_VIEWS_MAX);
    layout.is_wide = true;
    layout.layout.has_fault = faults->count > 0;
    if (rq->wants_json)
        return faults->count ? request_faults_json(rq, faults)
                             : request_reply(rq, status, &shape_queue_views, &page);
    request_page(rq, status);
    view_queue_views(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_queue_views(struct request *rq)
{
    static const struct form_faults none;

    return show(rq, 200, &none);
}

static enum work_queue show_fault(struct request *rq, const struct err *err)
{
    struct form_faults *faults = ARENA_NEW(rq->arena, struct form_faults);

    if (err->status != BAD_INPUT && err->status != CONFLICT)
        return request_error(rq, err);
    rq->must_undo = true;
    form_fault_add(faults, "main", tr(rq, WEB_views_name),
                   arena_strdup(rq->arena, err->text[rq->lang]));
    return show(rq, 422, faults);
}

enum { FIELD_NAME, FIELD_OTHER, FIELDS };

enum work_queue post_queue_views(struct request *rq)
{
    struct field fields[FIELDS] = {
        [FIELD_NAME] = {.name = "name", .max = QUEUE_VIEW_NAME_BYTES_MAX},
        [FIELD_OTHER] = {.name = "query", .max = QUEUE_VIEW_QUERY_BYTES_MAX},
    };
    struct queue_asked asked;
    struct path path;
    const char *query;
    struct err err;

    if (!request_form(rq, fields, FIELDS))
        return QUEUE_DONE;
    queue_read(rq, fields[FIELD_OTHER].value ? fields[FIELD_OTHER].value : "", &asked);
    path = queue_with(rq, &asked, path_page_queue(rq->arena));
    query = strchr(path.text, '?');
    if (queue_views_keep(&rq->app, fields[FIELD_NAME].value ? fields[FIELD_NAME].value : "",
                         query ? query + 1 : "", &err) != OK)
        return show_fault(rq, &err);
    return request_redirect(rq, path);
}

enum work_queue post_queue_view(struct request *rq)
{
    struct field fields[FIELDS] = {
        [FIELD_NAME] = {.name = "name", .max = QUEUE_VIEW_NAME_BYTES_MAX},
        [FIELD_OTHER] = {.name = "act", .max = 10},
    };
    struct err err;
    enum status status;

    if (!request_form(rq, fields, FIELDS))
        return QUEUE_DONE;
    if (fields[FIELD_OTHER].value && strcmp(fields[FIELD_OTHER].value, "delete") == 0)
        status = queue_views_drop(&rq->app, rq->number, &err);
    else
        status = queue_views_rename(&rq->app, rq->number,
                                    fields[FIELD_NAME].value ? fields[FIELD_NAME].value : "",
                                    &err);
    if (status != OK)
        return show_fault(rq, &err);
    return request_redirect(rq, path_page_queue_views(rq->arena));
}

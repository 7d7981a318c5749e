/* A file of the inbox is read: in steps, so that nobody waits. */
#include "inbox_reading.h"

#include "web/handlers.h"
#include "base/text.h"
#include "web_paths.h"

#define STEP_MS 20

struct reading {
    struct inbox inbox;
    const void *content;
    size_t len;
    struct inbox_meaning *meanings;
    size_t meaning_count;
    struct inbox_reading read;
    size_t tried, kept;
    const char *done;
};

static enum work_queue keep(struct request *rq)
{
    struct reading *r = rq->page;
    struct path path = path_page_inbox_file(rq->arena, r->inbox.id);
    struct err err;

    if (inbox_keep(&rq->app, &r->inbox, &r->read, &r->kept, STEP_MS, &err) != OK)
        return request_error(rq, &err);
    if (r->kept <= r->read.count)
        return request_go(rq, QUEUE_WRITE, keep);
    return request_redirect(rq, *r->done ? path_with(rq->arena, path, "xong", r->done) : path);
}

/* Nothing of this is kept: it only tells what would become of the rows. */
static enum work_queue try(struct request *rq)
{
    struct reading *r = rq->page;
    struct err err;

    rq->must_undo = true;
    if (inbox_try(&rq->app, &r->inbox, &r->read, &r->tried, STEP_MS, &err) != OK)
        return request_error(rq, &err);
    return request_go(rq, QUEUE_WRITE, r->tried < r->read.count ? try : keep);
}

static enum work_queue read(struct request *rq)
{
    struct reading *r = rq->page;

    inbox_read(rq->arena, &rq->site->loaded, &r->inbox, r->content, r->len, r->meanings,
               r->meaning_count, &r->read);
    return request_go(rq, QUEUE_WRITE, try);
}

enum work_queue inbox_begin_reading(struct request *rq, const struct inbox *inbox, const char *done)
{
    struct reading *r = ARENA_NEW(rq->arena, struct reading);
    struct err err;

    r->inbox = *inbox;
    r->done = done;
    if (inbox_to_read(&rq->app, inbox, rq->arena, &r->content, &r->len, &r->meanings,
                      &r->meaning_count, &err) != OK)
        return request_error(rq, &err);
    rq->page = r;
    return request_go(rq, QUEUE_SLOW, read);
}

static const struct {
    enum web_text text;
    const char *tone;
} states[INBOX_STATE__MAX] = {
    [INBOX_RECEIVED] = {WEB_inbox_received, "warn"},
    [INBOX_UNREADABLE] = {WEB_inbox_unreadable, "bad"},
    [INBOX_READY] = {WEB_inbox_ready, "info"},
    [INBOX_ENTERING] = {WEB_inbox_entering, "mine"},
    [INBOX_ENTERED] = {WEB_inbox_entered, "good"},
    [INBOX_UNDONE] = {WEB_inbox_undone, "quiet"},
    [INBOX_DISCARDED] = {WEB_inbox_discarded, "quiet"},
};

const char *inbox_state_text(struct request *rq, enum inbox_state state, const char **tone)
{
    *tone = states[state].tone;
    return tr(rq, states[state].text);
}

/* What the account that looks at the queue was told lately: for who gets no mail. */
#include "case_page.h"

#include "app/notices.h"
#include "app/review/requests.h"
#include "web/kit/mailer.h"
#include "web_paths.h"

#define NOTICE_DAYS 3
#define NOTICES_MAX 5

/* What firms ask for about their data has days of its own. */
static enum status requests_fill(struct request *rq, struct queue_page *page, struct err *err)
{
    const char *values[2];
    int64_t open = 0, overdue = 0;
    enum status status = requests_count(&rq->app, rq->arena, &open, &overdue, err);

    if (status != OK || !open)
        return status;
    values[0] = arena_printf(rq->arena, "%lld", (long long)open);
    values[1] = arena_printf(rq->arena, "%lld", (long long)overdue);
    page->data_requests = web_tr(rq->lang, WEB_requests_open, rq->arena, values, 2);
    page->data_overdue = overdue > 0;
    return OK;
}

enum status queue_notices_fill(struct request *rq, struct queue_page *page, struct err *err)
{
    const struct outbox_row *list;
    struct queue_notice *shown;
    size_t count;
    enum status status =
        own_notices(&rq->app, NOTICE_DAYS, NOTICES_MAX, rq->arena, &list, &count, err);

    if (status != OK)
        return status;
    shown = ARENA_ARRAY(rq->arena, struct queue_notice, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (list[i].about) /* digests say what the page itself says */
            shown[page->notice_count++] =
                (struct queue_notice){time_and_day(rq->arena, list[i].made_at),
                                      notice_sentence(&list[i], rq->lang, rq->arena),
                                      path_page_case(rq->arena, list[i].about)};
    }
    page->notices = shown;
    return requests_fill(rq, page, err);
}

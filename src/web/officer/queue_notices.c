/* What the account that looks at the queue was told lately: for who gets no mail. */
#include "case_page.h"

#include "app/notices.h"
#include "web/kit/mailer.h"
#include "web_paths.h"

#define NOTICE_DAYS 3
#define NOTICES_MAX 5

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
    return OK;
}

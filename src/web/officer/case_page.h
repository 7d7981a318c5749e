#ifndef SRC_WEB_OFFICER_CASE_PAGE_H
#define SRC_WEB_OFFICER_CASE_PAGE_H

#include "app/review/cases.h"
#include "web/officer/desk.h"

/* One case on its page: which part, question and list it is looked at in stands in the address. */

struct case_view {
    struct request *rq;
    struct open_case c;
    const char *list; /* the query of the queue that one came from; "" */
    const char *filter;
    size_t part;     /* index of the dimension */
    size_t question; /* index; SIZE_MAX: none is open */
    const char *done; /* what was just done; NULL: nothing */
};

/* Reads the case of the path and what the query says. */
MUST_USE enum status case_view_load(struct request *rq, struct case_view *view, struct err *err);
/* The page anew after what was written is kept: it reads much, and stands before nobody's save.
 * `done`: what was just done; NULL: nothing. */
enum work_queue case_view_again(struct request *rq, const char *done);
enum work_queue case_view_show(struct case_view *view, unsigned status,
                               const struct form_faults *faults);
/* The same page at a question; SIZE_MAX: at none. */
struct path case_view_at(const struct case_view *view, size_t question);
/* The question behind one that is shown, in the same part; SIZE_MAX. */
size_t case_view_next(const struct case_view *view, size_t question);
/* How many files a question has. */
size_t case_view_files(const struct open_case *c, const char *id);
/* "+1", "−3", "0". */
const char *case_signed(const struct case_view *view, struct ratio number);
/* Parts of the page. */
void case_open_fill(const struct case_view *view, struct case_page *page);
void case_threads_fill(const struct case_view *view, struct case_page *page);
MUST_USE enum status case_history_fill(const struct case_view *view, struct case_page *page,
                                       struct err *err);
/* What may be done with it: page->acts, hints, and what of undoing. */
void case_acts_fill(const struct case_view *view, struct case_page *page);
/* What an account is called: its full name; "–" if there is none any more. */
const char *account_called(struct request *rq, int64_t account);
/* In the address of the queue: which part of the newest review plan. */
#define QUEUE_PLAN "ke-hoach"
/* The case behind this one in the list that one came from; no text: there is none. */
struct path queue_next(struct request *rq, const char *list, int64_t id);

/* What the account was told lately, above its queue. */
MUST_USE enum status queue_notices_fill(struct request *rq, struct queue_page *page,
                                        struct err *err);

#endif

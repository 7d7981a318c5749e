#ifndef WEB_OFFICER_DESK_H
#define WEB_OFFICER_DESK_H

#include "web/kit/request.h"
#include "web/officer/pages.h"

/*
 * Those who sign in. A request for them is let in by its session, and by what the role of its
 * account may do (app/permission.h): the act stands at the route. What is not let in is asked to
 * sign in, with the form that was sent kept until then.
 */

/* In a queue of the store: lets the request of a route behind ACCESS_STRANGER in, and answers. */
enum work_queue desk_enter(struct request *rq);

/* On to an address of the desk, perhaps with a form that was carried there; to the first page if it
 * is none. In QUEUE_WRITE, with somebody in. */
enum work_queue desk_go_on(struct request *rq, const char *path, const char *body);

struct desk_layout desk_layout(struct request *rq, enum web_text title);
/* "1.234" */
const char *desk_number(const struct request *rq, int64_t number);
/* "Phường Chí Linh"; "toàn tỉnh" for ACCOUNT_AREA_ALL */
const char *desk_area_name(const struct request *rq, const char *area);
/* "Chí Linh, Nam Sách"; "" if there are none. */
const char *desk_areas(struct request *rq, const struct account *account);

/* ---- page_sign_in.c ---- */

enum work_queue desk_show_sign_in(struct request *rq, unsigned status,
                                  const struct sign_in_page *page);
enum work_queue desk_show_prove(struct request *rq, unsigned status,
                                const struct sign_in_page *page);
/* Tries at what one knows: a few for each name from one address. */
MUST_USE enum status desk_limit(struct request *rq, const char *what, const char *name,
                                struct err *err);
MUST_USE enum status desk_limit_return(struct request *rq, const char *what, const char *name,
                                       struct err *err);

/* ---- page_second.c ---- */

/* Whether this browser signed in with the name before. */
bool desk_is_known(struct request *rq, const char *name);
/* In: a whole session, and on to where one wanted to go. */
enum work_queue desk_open(struct request *rq, const char *path, const char *body);
/* The page that asks for the second factor of the half session that was just begun. */
enum work_queue desk_ask_second(struct request *rq, const char *path, const char *body);

/* What is wrong with a password, in the language of the request; NULL: nothing. */
const char *desk_password_fault(struct request *rq, const struct account *account,
                                const char *password);

#endif

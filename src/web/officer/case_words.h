#ifndef SRC_WEB_OFFICER_CASE_WORDS_H
#define SRC_WEB_OFFICER_CASE_WORDS_H

#include "app/review/cases.h"
#include "web/kit/request.h"

/* How cases are told, in the queue and on their own pages. */

/* A class of the style sheet: who moves next. */
const char *case_state_tone(enum case_state state);
/* "còn 3 ngày", "hôm nay", "quá 2 ngày", "tạm dừng", "". */
const char *case_due(struct request *rq, const struct case_standing *at, const char **tone);
/* "May Minh Họa Sen Vàng" of "Công ty TNHH May Minh Họa Sen Vàng"; `form` gets "TNHH". */
const char *case_name(struct request *rq, const char *name, const char **form);
/* Hundredths as people read them. */
const char *case_points(struct request *rq, int64_t hundredths);
/* "−5 Khách hàng, Dữ liệu"; "" where nothing is near. */
const char *case_margin(struct request *rq, const struct case_shown *shown);
/* "Khách hàng, Dữ liệu": in which dimensions that is. */
const char *case_margin_names(struct request *rq, const struct case_shown *shown);
/* "C · nhỏ" */
const char *case_business(struct request *rq, const struct case_shown *shown);
const char *case_area(struct request *rq, const char *area);
/* "mức 3"; "chưa xếp mức". */
const char *case_level_text(struct request *rq, int level);

#endif

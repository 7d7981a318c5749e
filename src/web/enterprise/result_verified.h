#ifndef SRC_WEB_ENTERPRISE_RESULT_VERIFIED_H
#define SRC_WEB_ENTERPRISE_RESULT_VERIFIED_H

#include "app/enterprise/review.h"
#include "web/kit/request.h"
#include "web/enterprise/result_page.h"

/* What was verified beside what was answered, as the page of the result tells it. `t` tells the
 * verified result. */
const struct verified_view *verified_view_of(struct request *rq, const struct phraser *t,
                                             const struct verified_result *verified);

/* The same for programs: the member "verified" of an object; NULL writes null. */
void verified_write(struct request *rq, const struct verified_result *verified,
                    struct json_writer *w);

#endif

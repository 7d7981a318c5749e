#ifndef SRC_WEB_ENTERPRISE_PROGRESS_H
#define SRC_WEB_ENTERPRISE_PROGRESS_H

#include "web/kit/request.h"
#include "web/kit/pages.h"

/* How far the open dossier is, over the questions that are shown; parts without any are left out.
 * In the arena of the request. */
struct progress_view progress_view_of(const struct request *rq);

#endif

#ifndef SRC_WEB_OFFICER_QUEUE_VIEWS_H
#define SRC_WEB_OFFICER_QUEUE_VIEWS_H

#include "queue_list.h"

/* The views that the account named, at most `max`, with counts that are at most a minute old; one
 * that could not be counted within this request says so. Returns how many. `here`: what the page
 * itself shows. */
size_t queue_views_add(struct request *rq, const struct queue_asked *here,
                       struct queue_view *views, size_t max);

#endif

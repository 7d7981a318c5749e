#ifndef WEB_ENTERPRISE_SAMPLE_H
#define WEB_ENTERPRISE_SAMPLE_H

#include "web/kit/request.h"

/*
 * The result of an example enterprise, for those who want to see what they get. The response is
 * packed into the program (src/web/samples) and told like any other, by the rules of the day that
 * the server was started on.
 */

/* Makes it in the arena of the site. Where the data of this server lacks its questionnaire or its
 * facts there is none: the page is then not found. */
void sample_make(struct site *site);

#endif


#ifndef APP_ENTERPRISE_DATA_REQUESTS_H
#define APP_ENTERPRISE_DATA_REQUESTS_H

#include "app/enterprise/dossiers.h"
#include "store/data_requests.h"

/* What an enterprise asks for about its own data (Law 91/2025/QH15, Decree 356/2025/ND-CP), to be
 * answered within two working days; app/review/requests.h has the side of officers. */
#define DATA_REQUEST_WORKING_DAYS 2
#define DATA_REQUESTS_SHOWN 50

/* One of a kind at a time: while it is open, another one changes nothing. DENIED for anybody but
 * the owner. */
MUST_USE enum status open_dossier_ask_data(const struct app_context *app,
                                           const struct open_dossier *opened,
                                           enum data_request_kind kind, const char *text,
                                           struct arena *arena, struct err *err);
/* What was asked, the open ones first. */
MUST_USE enum status open_dossier_data_asked(const struct app_context *app,
                                             const struct open_dossier *opened,
                                             struct arena *arena,
                                             const struct data_request **list, size_t *count,
                                             struct err *err);

#endif

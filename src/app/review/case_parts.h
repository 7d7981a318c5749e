#ifndef SRC_APP_REVIEW_CASE_PARTS_H
#define SRC_APP_REVIEW_CASE_PARTS_H

#include "app/review/cases.h"

/* What the files of cases share. */

/* An answer as it is compared and stored: JSON; "" for none. */
const char *case_answer_text(const struct question *question, const struct answer *answer,
                             struct arena *arena);
/* Reads it back; false if it cannot be read (any more). */
bool case_answer_read(const struct question *question, const char *text, struct arena *arena,
                      struct answer *answer);
/* "answers.4.1.3" */
const char *case_item(const struct question *question, struct arena *arena);
/* Hundredths, half up; 0 for RATIO_NONE. */
int64_t case_hundredths(struct ratio number);
/* The response of an assessment, by the questionnaire as it is loaded now. FAILED where that is not
 * there any more. */
MUST_USE enum status case_response(const struct app_context *app, int64_t assessment, int revision,
                                   struct arena *arena, const struct loaded_questionnaire **survey,
                                   struct response **out, struct store_row *row, struct err *err);
/* What the best combination of policies gives. */
int64_t case_support(const struct evaluation *a, struct arena *arena);
/* Points and level as the store has them. */
int case_level(const struct evaluation *a);

/* The row of a case that the account may see; NOT_FOUND. */
MUST_USE enum status case_load_seen(const struct app_context *app, int64_t id, struct arena *arena,
                                    struct case_row *out, struct err *err);
/* An entry in the audit about a case. */
MUST_USE enum status case_tell(const struct app_context *app, int64_t id,
                               const struct audit_entry *entry, struct err *err);
/* Moves a standing by an act: state and clock. */
void case_step(const struct app_context *app, enum case_act act, struct case_standing *at,
               struct arena *arena);
/* What the enterprise or time does to a case, with its entry in the audit. */
MUST_USE enum status case_follow(const struct app_context *app, struct case_row *row,
                                 enum case_act act, struct arena *arena, struct err *err);
/* Whoever an act concerns is told of it: the enterprise, or who had the case before. */
MUST_USE enum status case_notify(const struct app_context *app, const struct open_case *c,
                                 enum case_act act, const struct case_standing *before,
                                 struct arena *arena, struct err *err);
/* What an account signs in with; "–" if there is none any more. */
const char *case_account_name(const struct app_context *app, int64_t account, struct arena *arena);
/* A day of a case; DAY_NONE where it has none. */
day case_day(const char *text);
/* The dossier of a case gets another state, with an event; none: nothing. */
MUST_USE enum status case_set_dossier(const struct app_context *app, int64_t dossier,
                                      enum dossier_state state, const char *event,
                                      const char *text, struct arena *arena, struct err *err);

#endif

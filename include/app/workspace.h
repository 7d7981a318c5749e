#ifndef APP_WORKSPACE_H
#define APP_WORKSPACE_H

#include "base/arena.h"
#include "base/err.h"
#include "policy/catalogue.h"
#include "report/action_columns.h"
#include "report/wording.h"
#include "score/score.h"
#include "survey/packages.h"
#include "survey/questionnaire.h"
#include "survey/response.h"

/*
 * The data that a province edits (questionnaires/, policies/, reports/), found once and loaded as
 * it is needed. Where a --data folder lacks one of the three, the built-in place stands in.
 */
struct workspace;

/* Folders, after looking at --data, DXREADY_DATA, the installed place and the source tree. */
struct data_folders {
    const char *questionnaires, *policies, *reports;
    const char *fallback_policies; /* for the reference lists; may equal `policies` */
};

/*
 * Opens the data under `data` (NULL: DXREADY_DATA, then beside the program, then the installed
 * place). Loads nothing yet but checks that the folders are there.
 */
MUST_USE enum status workspace_open(struct arena *arena, const char *data, struct workspace **out,
                                    struct err *err);

const struct data_folders *workspace_folders(const struct workspace *ws);

/* The catalogue of policies and facts; loaded at the first call. NULL after setting `err` with
 * the first fault. */
const struct catalogue *workspace_catalogue(struct workspace *ws, struct err *err);

/* The same without policies, for what needs facts and size classes only: a fault in a policy is
 * then no reason to fail. */
const struct catalogue *workspace_reference(struct workspace *ws, struct err *err);

/* A questionnaire by "id@version", with its scorer; NULL after setting `err`. */
const struct scorer *workspace_scorer(struct workspace *ws, const char *ref, struct err *err);

/*
 * The packages of work for a questionnaire, loaded at the first call; *out is NULL where there are
 * none (questionnaires/packages/REF.json).
 */
MUST_USE enum status workspace_packages(struct workspace *ws, const struct questionnaire *q,
                                        const struct packages **out, struct err *err);

/* The wording of reports; loaded at the first call. NULL after setting `err`. */
const struct wording *workspace_wording(struct workspace *ws, struct err *err);

/* The columns of action plans (reports/action-plan.json); loaded at the first call. NULL after
 * setting `err`. */
const struct action_columns *workspace_action_columns(struct workspace *ws, struct err *err);

/* All questionnaires of the folder, sorted by ref. */
MUST_USE enum status workspace_questionnaires(struct workspace *ws,
                                              const struct questionnaire ***list, size_t *count,
                                              struct err *err);

/* The same as a source for response_read(). */
struct questionnaire_source workspace_source(struct workspace *ws);

/* Reads a response file; NULL after adding every fault. Lives in `arena`. */
struct response *workspace_response(struct workspace *ws, struct arena *arena, const char *path,
                                    const char *default_ref, struct faults *faults);

/* Today in Vietnam (UTC+7); the only clock of the program but for logs. */
day today(void);
/* The day in Vietnam of a time such as "2026-11-23T18:30:00Z"; DAY_NONE if it is none. */
day day_of_utc(const char *utc);

#endif

#ifndef SRC_REPORT_DOCUMENT_H
#define SRC_REPORT_DOCUMENT_H

/* Shared by the files document*.c: telling a report in one language, block by block. */

#include "report/document.h"
#include "draw/flow.h"
#include "report/phrase.h"

/* ---- sections ---- */

/* An empty document with the name of the enterprise in its title and header. */
struct flow *phrase_new_flow(const struct phraser *t, enum report_text title);

void phrase_cover(struct phraser *t);
void phrase_overview(struct phraser *t);
void phrase_progress(struct phraser *t);
void phrase_dimensions(struct phraser *t);
void phrase_steps(struct phraser *t);
void phrase_policies(struct phraser *t);
void phrase_actions(struct phraser *t);
void phrase_method(struct phraser *t);
void phrase_answers(struct phraser *t);

/* Boxes and tables that several sections have. */
void phrase_status(struct phraser *t);
void phrase_notes(struct phraser *t);
/* What makes the level uncertain, or why there is none: where there is no place for all notes. */
void phrase_incomplete(struct phraser *t);
void phrase_demand(struct phraser *t);
/* What to do to reach the next level, in packages; and what to do at the top. */
void phrase_packages(struct phraser *t);
void phrase_keeping(struct phraser *t);

/* A cell with plain text. */
static inline struct flow_cell plain_cell(const char *text)
{
    return (struct flow_cell){.text = text};
}

#endif

#ifndef SRC_REPORT_DOCUMENT_H
#define SRC_REPORT_DOCUMENT_H

/* Shared by the files document*.c: telling a report in one language, block by block. */

#include "report/document.h"
#include "draw/flow.h"
#include "report/tell.h"

/* ---- sections ---- */

/* An empty document with the name of the enterprise in its title and header. */
struct flow *tell_new_flow(const struct teller *t, enum report_text title);

void tell_cover(struct teller *t);
void tell_overview(struct teller *t);
void tell_progress(struct teller *t);
void tell_dimensions(struct teller *t);
void tell_steps(struct teller *t);
void tell_policies(struct teller *t);
void tell_actions(struct teller *t);
void tell_method(struct teller *t);
void tell_answers(struct teller *t);

/* Boxes and tables that several sections have. */
void tell_status(struct teller *t);
void tell_notes(struct teller *t);
void tell_demand(struct teller *t);

#define COUNT_OF(array) (sizeof(array) / sizeof(*(array)))

/* A cell with plain text. */
static inline struct flow_cell plain_cell(const char *text)
{
    return (struct flow_cell){.text = text};
}

#endif

#ifndef SRC_REPORT_SHEET_H
#define SRC_REPORT_SHEET_H

/* Shared by card.c, record.c and sheet*.c: what the papers of a dossier are made of. */

#include "report/card.h"
#include "draw/flow.h"

struct sheet {
    struct arena arena;
    struct flow *flow;
    enum lang lang;
};

enum sheet_text {
    SHEET_REFERENCE,
    SHEET_SECRET,
    SHEET_MADE_ON,
    SHEET_NOT_GIVEN,
    SHEET_HELP,
    SHEET_QR_ALT,
    CARD_TITLE,
    CARD_LEAD,
    CARD_QR,
    CARD_SECRET_TITLE,
    CARD_SECRET_TEXT,
    CARD_RESUME,
    CARD_STEP_OPEN,
    CARD_STEP_ENTER,
    CARD_STEP_GO_ON,
    CARD_LOST,
    CARD_LOST_TEXT,
    RECEIPT_TITLE,
    RECEIPT_LEAD,
    RECEIPT_NAME,
    RECEIPT_TAX_CODE,
    RECEIPT_QUESTIONNAIRE,
    RECEIPT_ROUND,
    RECEIPT_TIMES,
    RECEIPT_CONSENT,
    RECEIPT_RESULT,
    RECEIPT_LEVEL,
    RECEIPT_SCORE,
    RECEIPT_SELF,
    RECEIPT_QR,
    RECEIPT_NEXT,
    RECEIPT_STEP_CHECK,
    RECEIPT_STEP_MORE,
    RECEIPT_STEP_AMEND,
    RECEIPT_STEP_WITHDRAW,
    RECEIPT_STATUS,
    RECEIPT_NO_SIGNATURE,
    RECORD_TITLE,
    RECORD_LEAD,
    RECORD_SECRET,
    RECORD_RIGHTS_TITLE,
    RECORD_RIGHTS,
    RECORD_CONTENTS,
    RECORD_NOTHING,
    SHEET_TEXT__MAX
};

/* A sentence; those that have %s are formats for one text. */
const char *sheet_tr(const struct sheet *sheet, enum sheet_text text);
const char *sheet_tr_with(struct sheet *sheet, enum sheet_text text, const char *value);

/* Begins an empty document; the service and `whose` it is stand on every page. */
void sheet_begin(struct sheet *sheet, enum lang lang, enum sheet_text title, const char *service,
                 const char *whose, day on);

/* Lays it out, refuses more than one page if `is_single`, and frees the sheet. */
MUST_USE enum status sheet_end(struct sheet *sheet, bool is_single, struct buf *out,
                               struct err *err);
/* Gives it up. */
void sheet_drop(struct sheet *sheet);

/* A frame with a label and, large, what must be copied without a mistake. */
void sheet_plate(struct sheet *sheet, enum sheet_text label, const char *value);

/* A QR code and what it leads to. */
MUST_USE enum status sheet_qr(struct sheet *sheet, const char *uri, enum sheet_text caption,
                              struct err *err);

/* A box with whom to ask; nothing if `help` is NULL. */
void sheet_help(struct sheet *sheet, enum sheet_text title, enum sheet_text text, const char *help);

#endif

#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/lang.h"

/*
 * The papers that an enterprise keeps of its dossier, each an A4 PDF in one language. All texts are
 * given in that language, UTF-8 and NFC, and borrowed; equal calls give equal bytes, appended to
 * `out`. Errors besides those said: see pdf_finish().
 */

/* ---- the card: how to come back ---- */

struct card {
    const char *service;   /* what the site is called */
    const char *reference; /* "CDS-26-0000172" */
    const char *secret;    /* letters and digits; shown in groups of four */
    const char *uri;  /* the page where a dossier is resumed, with the reference at the most: it
                         is printed, and in a QR code that anybody may scan */
    const char *help; /* whom to ask who lost the secret: office, phone; NULL: not told */
    day on;           /* when it was made */
};

/* One page. BAD_INPUT: the secret stands in the URI, or there is none; LIMIT: the URI is longer
 * than QR_TEXT_BYTES_MAX, or the texts are too long for one page. */
MUST_USE enum status card_pdf(const struct card *card, enum lang lang, struct buf *out,
                              struct err *err);

/* ---- the receipt: that it was submitted ---- */

struct receipt {
    const char *service;
    const char *reference;
    const char *name, *tax_code;       /* NULL: not given */
    const char *questionnaire, *round; /* as people call them */
    const char *submitted_at;          /* "24/11/2026 15:08", time in Vietnam */
    int times;                         /* how often it was submitted, 1: the first time */
    const char *level, *score;         /* "3 – Hình thành", "152/320 (47,5 %)" */
    const char *consent_version;       /* of the wording that was agreed to */
    const char *uri;                   /* the page that tells its status */
    const char *help;                  /* whom to ask; NULL: not told */
    day on;
};

/* One page. LIMIT: as for cards. */
MUST_USE enum status receipt_pdf(const struct receipt *receipt, enum lang lang, struct buf *out,
                                 struct err *err);

/* ---- the record: everything that is held about an enterprise (Law 91/2025/QH15) ---- */

struct data_export_pair {
    const char *label, *value; /* value NULL or "": nothing is held, which is said */
};

/* Pairs, then a table; a section that has neither says that nothing is held. */
struct data_export_part {
    const char *title;
    const char *lead; /* what it is and why it is held; NULL: not told */
    const struct data_export_pair *pairs;
    size_t pair_count;
    const char *const *columns; /* titles */
    const double *weights;      /* of the columns, each > 0; NULL: all the same */
    size_t column_count;        /* at most FLOW_COLUMNS_MAX; 0: no table */
    const char *const *cells;   /* row by row */
    size_t row_count;
};

struct data_export {
    const char *service;
    const char *reference;
    const char *name; /* of the enterprise */
    const struct data_export_part *sections;
    size_t section_count;
    const char *help; /* where to have it corrected or erased; NULL: not told */
    day on;
};

/* As many pages as it takes; with several sections the first page is their list. */
MUST_USE enum status data_export_pdf(const struct data_export *record, enum lang lang,
                                     struct buf *out, struct err *err);

#endif

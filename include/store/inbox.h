#ifndef STORE_INBOX_H
#define STORE_INBOX_H

#include "store/assessments.h"

/*
 * Files of responses that wait to be let in, with what was read of each of their rows. Areas are a
 * list "|hai-duong|chi-linh|", NULL for all; a row is of them if both what it says and what it
 * would change are. Everything runs in the open transaction or in one of its own; lists live in
 * the arena.
 */

enum inbox_state {
    INBOX_RECEIVED,   /* its rows are being read, or that was broken off */
    INBOX_UNREADABLE, /* see `fault` */
    INBOX_READY,      /* read and compared with what is stored; nothing of it is in */
    INBOX_ENTERING,   /* its rows are being let in */
    INBOX_ENTERED,    /* all that could be is in */
    INBOX_UNDONE,     /* what was let in was taken back */
    INBOX_DISCARDED,  /* nobody wants it: content and rows are gone */
    INBOX_STATE__MAX
};

/* What would come, or came, of a row. */
enum inbox_outcome {
    INBOX_NEW,
    INBOX_CHANGED,
    INBOX_SAME,
    INBOX_REFUSED,  /* see its reason */
    INBOX_REVIEWED, /* its case is under review, so it is set aside */
    INBOX_LET_NEW,  /* it is in */
    INBOX_LET_CHANGED,
    INBOX_OUTCOME__MAX
};

/* Texts are never NULL. */
struct inbox {
    int64_t id, version;
    enum inbox_state state;
    const char *sender, *sender_key; /* as typed, and as compared */
    const char *file, *hash;         /* its name; BLAKE2b-256, hex */
    int64_t size, account;           /* who put it there */
    const char *received_at, *questionnaire, *round;
    struct words fault;    /* why it cannot be read; "": it can */
    const char *separator; /* of a table: ",", ";", tab; "" for JSON */
    const char *header;    /* the first row of a table, as CSV with that separator */
    int64_t columns;
    const char *checked_at; /* when its rows were compared with what is stored */
    int64_t import;         /* under way, or the last; 0: none was yet */
    const char *areas;      /* INBOX_ENTERING: of who lets it in; "": all */
};

struct inbox_row {
    int64_t number, line; /* from 1; the line or row of the file */
    enum inbox_outcome outcome;
    const char *name, *tax_code, *area, *stored_area;
    int64_t assessment; /* that it is, or would change; 0: none yet */
    struct words reason;
    const char *cells;    /* as sent: a row of CSV, or JSON in a line */
    const char *response; /* JSON; "" where it is refused or in */
};

/* Cells that are wrong in the same way. */
struct inbox_fault {
    const char *item, *heading; /* id of the column; "" for what concerns a whole row */
    const char *text;           /* in the first of the cells */
    const char *guess;          /* what it probably means; "" where nobody can say */
    bool is_open;               /* people may say what `text` means */
    int64_t cells, bad_rows, line; /* line: of the first */
    int64_t last; /* while it is read: the row that was counted last; not stored */
    struct words fault;
};

struct inbox_heading {
    const char *heading, *meaning, *guess; /* ids of columns; meaning "": passed over */
    bool is_open;                          /* nobody said yet what it is */
    bool is_remembered;                    /* said for all files of the sender */
};

struct inbox_meaning {
    bool is_remembered;
    const char *item, *text, *meaning;
};

/* How many rows by outcome: of one's own areas, and of others'. */
struct inbox_counts {
    int64_t own[INBOX_OUTCOME__MAX], other[INBOX_OUTCOME__MAX];
};

/* Adds it with its content; sets the id. */
MUST_USE enum status inbox_add(struct store *store, struct inbox *inbox, const void *content,
                               size_t len, struct err *err);
MUST_USE enum status inbox_load(struct store *store, int64_t id, struct arena *arena,
                                struct inbox *out, struct err *err);
/* State, fault, separator, header, columns, checked_at, import and areas. CONFLICT: somebody else
 * changed it since it was loaded. */
MUST_USE enum status inbox_set(struct store *store, struct inbox *inbox, struct err *err);
/* The newest first, with an id below `below`: those with a row of the areas, or of the account. */
MUST_USE enum status inbox_list(struct store *store, const char *areas, int64_t account,
                                int64_t below, size_t max, struct arena *arena,
                                struct inbox **list, size_t *count, struct err *err);
/* The oldest whose rows are being let in; 0: none. */
MUST_USE enum status inbox_entering(struct store *store, int64_t *id, struct err *err);
/* NOT_FOUND: it is not kept any more. */
MUST_USE enum status inbox_content(struct store *store, int64_t id, struct arena *arena,
                                   const void **content, size_t *len, struct err *err);
/* Content and rows go. */
MUST_USE enum status inbox_empty(struct store *store, int64_t id, struct err *err);
/* What was read goes: rows, faults, headings. */
MUST_USE enum status inbox_forget(struct store *store, int64_t id, struct err *err);

MUST_USE enum status inbox_row_add(struct store *store, int64_t id, const struct inbox_row *row,
                                   struct err *err);
/* Outcome, assessment, stored area and reason; what was sent is emptied once it is in. */
MUST_USE enum status inbox_row_done(struct store *store, int64_t id, const struct inbox_row *row,
                                    struct err *err);

/* Which rows. */
struct inbox_filter {
    unsigned outcomes; /* a bit for each enum inbox_outcome */
    const char *areas;
    bool only_other; /* those that are not of the areas */
    size_t limit, offset;
};

MUST_USE enum status inbox_rows(struct store *store, int64_t id, const struct inbox_filter *filter,
                                struct arena *arena, struct inbox_row **list, size_t *count,
                                struct err *err);
MUST_USE enum status inbox_count(struct store *store, int64_t id, const char *areas,
                                 struct inbox_counts *counts, struct err *err);

MUST_USE enum status inbox_fault_add(struct store *store, int64_t id, int64_t number,
                                     const struct inbox_fault *fault, struct err *err);
MUST_USE enum status inbox_faults(struct store *store, int64_t id, struct arena *arena,
                                  struct inbox_fault **list, size_t *count, struct err *err);
MUST_USE enum status inbox_heading_add(struct store *store, int64_t id, int64_t number,
                                       const struct inbox_heading *heading, struct err *err);
MUST_USE enum status inbox_headings(struct store *store, int64_t id, struct arena *arena,
                                    struct inbox_heading **list, size_t *count, struct err *err);

/* What people said for this file, then what is remembered for its sender. */
MUST_USE enum status inbox_meanings(struct store *store, const struct inbox *inbox,
                                    struct arena *arena, struct inbox_meaning **list,
                                    size_t *count, struct err *err);
/* Says it; what was said of the same before is replaced. */
MUST_USE enum status inbox_mean(struct store *store, const struct inbox *inbox,
                                const struct inbox_meaning *meaning, int64_t account,
                                const char *at, struct err *err);

/* The area of the case of an assessment, "" if it has none; and the import that it came with. */
MUST_USE enum status inbox_stored_area(struct store *store, int64_t assessment,
                                       struct arena *arena, const char **area, struct err *err);
MUST_USE enum status inbox_import_of(struct store *store, int64_t assessment, int64_t *import,
                                     struct err *err);

#endif

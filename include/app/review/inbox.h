#ifndef APP_REVIEW_INBOX_H
#define APP_REVIEW_INBOX_H

#include "app/context.h"
#include "app/review/import_undo.h"
#include "store/inbox.h"

/*
 * The inbox: files of responses that somebody sent, read and compared with what is stored before
 * anything is let in (docs/review.md). Rows of areas that the account does not have wait for who
 * has them. What changes something is written with its entry in the audit.
 */

/* Named limits of what is taken on the web; `dxready import` takes more. */
#define INBOX_FILE_BYTES_MAX (8 << 20)
#define INBOX_ROWS_MAX 10000
#define INBOX_SENDER_BYTES_MAX 200
/* Kinds of faults that are told, and headings and texts that are asked about at once. */
#define INBOX_FAULTS_MAX 60
#define INBOX_ASKED_MAX 60
#define INBOX_TEXT_BYTES_MAX 300
#define INBOX_LISTED_MAX 50

/* ---- reading: no store, any thread ---- */

struct inbox_reading {
    struct arena *arena;
    struct words fault; /* of the whole file; NULL: none */
    const char *separator, *header;
    int64_t columns;
    struct inbox_row *rows; /* refused, or INBOX_NEW until inbox_try() */
    size_t count;
    struct inbox_fault *faults;
    size_t fault_count;
    struct inbox_heading *headings;
    size_t heading_count;
};

/* Reads a file with what people said that its headings and texts mean. All in the arena. */
void inbox_read(struct arena *arena, const struct loaded_data *loaded, const struct inbox *inbox,
                const void *content, size_t len, const struct inbox_meaning *meanings,
                size_t meaning_count, struct inbox_reading *out);

/* The columns that a heading may mean, and the values that a text in the column of an item may. */
struct inbox_choice {
    const char *id, *label;
};
void inbox_columns(const struct loaded_data *loaded, const char *questionnaire, enum lang lang,
                   struct arena *arena, struct inbox_choice **list, size_t *count);
/* None: nobody can choose. */
void inbox_choices(const struct loaded_data *loaded, const char *questionnaire, const char *item,
                   enum lang lang, struct arena *arena, struct inbox_choice **list, size_t *count);
/* What an item is called. */
const char *inbox_item_name(const struct loaded_data *loaded, const char *questionnaire,
                            const char *item, enum lang lang);

/* ---- a file ---- */

struct open_inbox {
    struct inbox inbox;
    const char *areas; /* of the account; NULL: all */
    struct inbox_counts counts;
    struct inbox_fault *faults;
    size_t fault_count;
    struct inbox_heading *headings;
    size_t heading_count, open_headings;
    struct inbox_meaning *meanings;
    size_t meaning_count;
    const struct store_import *imports; /* that let its rows in, the earliest first */
    size_t import_count;
};

/* NOT_FOUND also for one without a row of the account's areas that somebody else sent. */
MUST_USE enum status open_inbox_load(const struct app_context *app, int64_t id,
                                     struct arena *arena, struct open_inbox *out, struct err *err);
/* The rows that the button would let in. */
int64_t open_inbox_enterable(const struct open_inbox *open);

/* Takes a file in; `inbox` has sender, file, questionnaire and round, and gets all else. */
MUST_USE enum status inbox_receive(const struct app_context *app, struct inbox *inbox,
                                   const void *content, size_t len, struct arena *arena,
                                   struct err *err);
/*
 * Finds out what would come of rows from *done on, for at most `ms` milliseconds, by storing them:
 * the caller must undo what is written.
 */
MUST_USE enum status inbox_try(const struct app_context *app, const struct inbox *inbox,
                               struct inbox_reading *reading, size_t *done, int64_t ms,
                               struct err *err);
/* Keeps rows from *done on in the inbox, likewise, and with the last of them the state. */
MUST_USE enum status inbox_keep(const struct app_context *app, struct inbox *inbox,
                                const struct inbox_reading *reading, size_t *done, int64_t ms,
                                struct err *err);

/* What may be done with it: CONFLICT where its state does not allow it. `version` is of what was
 * seen. */
enum inbox_act { INBOX_ACT_ENTER, INBOX_ACT_DISCARD, INBOX_ACT_READ, INBOX_ACT__MAX };
bool open_inbox_may(const struct open_inbox *open, enum inbox_act act);
MUST_USE enum status open_inbox_act(const struct app_context *app, struct open_inbox *open,
                                    enum inbox_act act, int64_t version, struct err *err);

/* What a row would change, side by side: of what is stored (nothing, for a new one) and in the
 * file, with the score of both. */
#define INBOX_CHANGES_SHOWN 6

struct inbox_change {
    const char *name, *before, *after; /* before NULL: not known */
};

struct inbox_changes {
    struct inbox_change items[INBOX_CHANGES_SHOWN];
    size_t count, total;
    struct ratio points_before, points; /* RATIO_NONE: nothing is stored */
    int level;                          /* LEVEL_NONE: not rated */
};

MUST_USE enum status inbox_row_changes(const struct app_context *app, const struct inbox_row *row,
                                       enum lang lang, struct arena *arena,
                                       struct inbox_changes *out, struct err *err);

/* Rows of a file, for its page; `only_other`: those of others' areas. */
MUST_USE enum status open_inbox_rows(const struct app_context *app, const struct open_inbox *open,
                                     unsigned outcomes, bool only_other, size_t limit,
                                     size_t offset, struct arena *arena, struct inbox_row **list,
                                     size_t *count, struct err *err);
/* Files that the account sees, the newest first, each with what became of its rows. */
MUST_USE enum status inboxes_list(const struct app_context *app, struct arena *arena,
                                  struct inbox **list, struct inbox_counts **counts, size_t *count,
                                  struct err *err);
/* The content of a file and what people said it means, to be read (again). */
MUST_USE enum status inbox_to_read(const struct app_context *app, const struct inbox *inbox,
                                   struct arena *arena, const void **content, size_t *len,
                                   struct inbox_meaning **meanings, size_t *meaning_count,
                                   struct err *err);
/* Says what a heading or a text means, with an entry in the audit. */
MUST_USE enum status open_inbox_mean(const struct app_context *app, const struct open_inbox *open,
                                     const struct inbox_meaning *meaning, struct err *err);

/* Lets in rows of the files that are being let in: in transactions of 20 ms, for at most `ms`; in
 * the thread that writes, with no transaction open. One that was killed goes on here. */
MUST_USE enum status inbox_enter_some(const struct app_context *app, int64_t ms, struct err *err);

#endif

#ifndef APP_REVIEW_CASES_H
#define APP_REVIEW_CASES_H

#include "app/context.h"
#include "app/evaluation.h"
#include "app/review/case_machine.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/dossiers.h"
#include "store/imports.h"

/*
 * Reviewing: what officers do with cases (docs/review.md). Everything runs in the thread that owns
 * the store, for app->account; a case of an area that the account does not have is NOT_FOUND, as if
 * there were none. What changes something is written with its entry in the audit, in the
 * transaction that is open or one of its own.
 */

/* Working days for an officer from submission on, and for an enterprise from a query on; warned
 * before. Set by the program, not by law; docs/review.md says where to change them. */
#define CASE_REVIEW_WORKING_DAYS 10
#define CASE_REPLY_WORKING_DAYS 5
/* A case that changes more than so many per cent of the points needs a second person. */
#define CASE_SECOND_PERCENT 5
/* The furthest that the change of a level is looked for: points. */
#define CASE_MARGIN_MAX 12

/* ---- cases follow assessments ---- */

/* Makes the cases of assessments that were stored, or brings them up to date after they were
 * revised or withdrawn, or a reply or a file came: in one transaction, for at most `ms`
 * milliseconds; `left`: there are more. */
MUST_USE enum status cases_refresh(const struct app_context *app, int64_t ms, bool *left,
                                   struct err *err);
/* ---- time ---- */

/* An enterprise is warned twice: when so many working days are left, and on the last one. */
#define CASE_WARNED_WORKING_DAYS 2
/* Who has taken a case gives it back by not touching it for so many whole working days. */
#define CASE_HELD_WORKING_DAYS 2

/*
 * What time does, in one transaction: enterprises that are asked are warned, each warning on a day
 * of its own; queries whose day has passed expire, never without both warnings, the second before
 * today; cases that nobody touches are given back; who has cases that are due is told once a
 * working day. About CASES_WATCHED acts at a time; `left`: there are more.
 */
#define CASES_WATCHED 200
MUST_USE enum status cases_watch(const struct app_context *app, bool *left, struct err *err);

/* ---- lists ---- */

/* The areas of the account with what lies in them: "|chi-linh|nam-sach|"; NULL: all (also on the
 * command line, without an account). */
const char *areas_seen(const struct app_context *app, struct arena *arena);

/* Cases as store/cases.h lists and counts them, of those that the account may see. */
MUST_USE enum status cases_list(const struct app_context *app, const struct case_filter *filter,
                                const struct case_window *page, struct arena *arena,
                                struct case_row **rows, size_t *count, int64_t *total,
                                struct err *err);
MUST_USE enum status cases_count(const struct app_context *app, struct arena *arena,
                                 struct case_counts *out, struct err *err);

/* Areas that the account may see, as struct case_filter has them; NULL: all. */
const char *cases_areas(const struct app_context *app, struct arena *arena);

/* ---- one case ---- */

/* Why a second person is needed: a bit each. */
enum second_reason {
    SECOND_LEVEL = 1,   /* another level */
    SECOND_SIZE = 2,    /* another size class */
    SECOND_SUPPORT = 4, /* another sum of support */
    SECOND_POINTS = 8   /* more than CASE_SECOND_PERCENT of the points */
};

/* What the enterprise says against what was verified. */
struct case_objection {
    const char *at; /* "": nothing */
    const char *text;
    bool is_open; /* it was not verified anew since */
};

struct open_case {
    struct case_row row;
    const struct loaded_questionnaire *survey;
    const struct response *self; /* as it was answered */
    struct response *verified;   /* with what officers made of it */
    struct evaluation before, after;
    int64_t support_before, support_after; /* what the best combination of policies gives */
    unsigned second;                       /* of enum second_reason */
    const struct case_value **by_question; /* NULL: not looked at yet */
    const struct case_value *values;       /* all, also of facts */
    size_t value_count;
    size_t asked, seen, changed; /* questions that are shown, looked at, changed */
    int64_t dossier;             /* 0: it came from a file */
    const struct dossier_question *queries;
    size_t query_count, open_queries; /* open: not answered, not closed */
    const struct evidence *files;
    size_t file_count;
    struct case_objection objection;
    const struct store_import *import; /* the file that it came with; NULL: it came another way */
    bool has_undo;
    struct case_undo undo;
    bool is_locked; /* another edition would be needed to change anything: verified, or over */
};

MUST_USE enum status open_case_load(const struct app_context *app, int64_t id, struct arena *arena,
                                    struct open_case *out, struct err *err);
/* The same without what only values and decisions need (survey, answers, queries, files, result):
 * for acts that do not look at them. */
MUST_USE enum status open_case_load_row(const struct app_context *app, int64_t id,
                                        struct arena *arena, struct open_case *out,
                                        struct err *err);
/* Notes in the audit that the account is about to read what names an enterprise, once in ten
 * minutes. NOT_FOUND as in open_case_load(). */
MUST_USE enum status open_case_note(const struct app_context *app, int64_t id, struct err *err);
/* What happened to it, the newest first. */
MUST_USE enum status open_case_history(const struct app_context *app, const struct open_case *c,
                                       struct arena *arena, const struct audit_entry **list,
                                       size_t *count, struct err *err);

/* What choosing an option of a question would make of points and level. */
struct option_effect {
    struct ratio points; /* more or less than now */
    int level;           /* LEVEL_NONE: not rated */
};
void open_case_effect(const struct open_case *c, size_t question, size_t option,
                      struct option_effect *effect);

/* ---- values ---- */

/* Why a value is another than the enterprise's: a code in the database. */
struct case_reason {
    const char *code;
    struct words text;
};
extern const struct case_reason case_reasons[];
extern const size_t case_reason_count;
/* The words of a code; the code itself if it is not known. */
struct words case_reason_words(const char *code);

/* What an officer sets. */
struct case_setting {
    size_t question;
    int64_t version;    /* of the value that was seen; 0: there was none */
    const char *option; /* its id; "": as it was answered */
    const char *reason; /* a code; needed where the value is another */
    const char *note;   /* that the enterprise reads */
};

/* Sets or keeps one. BAD_INPUT: no such option, no reason; CONFLICT: somebody was faster, see
 * c->by_question; or the state does not allow it. The case is taken by it, if it is nobody's. */
MUST_USE enum status open_case_set(const struct app_context *app, struct open_case *c,
                                   const struct case_setting *setting, struct arena *arena,
                                   struct err *err);
/* Keeps all of a dimension that was not looked at yet as it was answered; `kept`: how many. */
MUST_USE enum status open_case_keep_part(const struct app_context *app, struct open_case *c,
                                         size_t dimension, struct arena *arena, size_t *kept,
                                         struct err *err);

/* ---- acts ---- */

/* How the reason of an act in the audit begins that a bulk run did: "run:12 ". */
#define CASE_RUN_PREFIX "run:"

/* What an act is done with; NULL and 0 where it needs nothing. */
struct case_input {
    int64_t version;      /* of the case that was seen: CONFLICT for another */
    const char *question; /* CASE_ACT_ASK: an id; "" for the whole */
    const char *text;     /* ASK, CLOSE: the query, the reason; else the reason that is read */
    const char *code;     /* REJECT: "duplicate", "out-of-scope" */
    int64_t query;        /* CLOSE */
    int64_t account;      /* GIVE: to whom */
    int64_t run;          /* the bulk run that it belongs to (app/review/bulk.h): it may be taken
                             back whatever the act; 0: none */
};

/* True if the account may do it now; `why` (may be NULL) is set where it may not, and the state
 * would allow it: an open query, a second person. */
bool open_case_may(const struct app_context *app, const struct open_case *c, enum case_act act,
                   struct err *why);
/* Does it. BAD_INPUT: a reason or a text lacks; CONFLICT, DENIED. */
MUST_USE enum status open_case_act(const struct app_context *app, struct open_case *c,
                                   enum case_act act, const struct case_input *input,
                                   struct arena *arena, struct err *err);
/* Takes the last act back, if the account did it less than CASE_UNDO_SECONDS ago. */
MUST_USE enum status open_case_undo(const struct app_context *app, struct open_case *c,
                                    struct arena *arena, struct err *err);

#endif

#ifndef SURVEY_QUESTIONNAIRE_H
#define SURVEY_QUESTIONNAIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/map.h"
#include "base/ratio.h"
#include "rule/rule.h"

/*
 * A questionnaire: dimensions (trụ cột) of indicators (chỉ số thành phần) of questions (tiêu chí),
 * and the rules that turn points into levels. Loaded from JSON, checked as a whole, then
 * immutable. Format: questionnaires/questionnaire.schema.json and docs/questionnaires.md.
 */

#define DIMENSIONS_MAX 24
#define QUESTIONS_MAX 1000
#define OFFICER_CHARS_MAX 160 /* of what an officer looks for at an option: one sentence */
#define OPTIONS_MAX 64 /* ticks of one question fit in 64 bits */
#define ROWS_MAX 64
#define LEVELS_MAX 20
#define ANSWER_TEXT_CHARS_MAX 5000

enum question_type {
    QUESTION_SINGLE,
    QUESTION_MULTIPLE,
    QUESTION_SCALE, /* rows answered on one ordered set of columns */
    QUESTION_NUMBER,
    QUESTION_YESNO,
    QUESTION_TEXT,
    QUESTION_DATE,
    QUESTION_FILE,
    QUESTION_TYPE__MAX
};

enum legal_form {
    LEGAL_FORM_ENTERPRISE,
    LEGAL_FORM_COOPERATIVE,
    LEGAL_FORM_HOUSEHOLD,
    LEGAL_FORM__MAX
};

/* How far the text of a questionnaire can be relied on. */
enum source_status { STATUS_OFFICIAL, STATUS_REPORTED, STATUS_OWN, SOURCE_STATUS__MAX };

/* `pooled`: sum of points / sum of maxima. `mean`: weighted mean of the percents below. */
enum aggregation { AGGREGATE_POOLED, AGGREGATE_MEAN, AGGREGATION__MAX };

struct option {
    const char *id;
    struct words text;
    struct words officer;        /* what an officer must see for it to be right; NULL: not said. All
                                    scored options have it or none; never shown to enterprises */
    struct ratio points;         /* may be negative in `multiple` */
    bool is_exclusive;           /* `multiple`: stands alone */
    uint64_t requires;           /* `multiple`: ticks that must be there ... */
    struct ratio points_without; /* ... else it earns this instead */
};

struct scale_row {
    const char *id;
    struct words text;
};

/* Points of a number from `from` on (inclusive), or above it (strict). */
struct band {
    struct ratio from;
    bool is_strict;
    struct ratio points;
};

/* What a fact says of an answer: where the rule (over facts) holds, the option is filled in. */
struct prefill {
    const struct rule_node *rule;
    unsigned option;      /* index */
    struct words because; /* "không có trang web": where the filled-in answer comes from */
};

/* Help in the words of some trades (VSIC sections), in place of the general one. */
struct help_variant {
    const char *const *sections;
    size_t section_count;
    struct words help;
};

struct question {
    const char *id;
    enum question_type type;
    struct words label; /* a few words, for tables; falls back to `text` */
    struct words text;
    struct words help;            /* members may be NULL, as in the next two */
    struct words evidence;        /* what would count as proof */
    struct words action;          /* what to do to improve */
    struct ratio weight;          /* multiplies the points and their ceiling */
    struct ratio max;             /* most points before weight; 0 for unscored questions */
    const struct option *options; /* single, yesno, multiple; the columns of a scale */
    size_t option_count;
    const struct scale_row *rows; /* scale */
    size_t row_count;
    const struct band *bands; /* number; in rising order */
    size_t band_count;
    struct words unit;
    struct ratio min_value, max_value; /* number: what may be entered; RATIO_NONE where open */
    struct ratio effort; /* of improving by one step, for the cheapest way (default 1) */
    const struct rule_node *show_if; /* NULL: always shown */
    const struct prefill *prefills;  /* the first whose rule holds counts */
    size_t prefill_count;
    const struct help_variant *help_variants; /* see question_help() */
    size_t help_variant_count;
    const char *criterion; /* in an estimate: the question that it stands for; NULL */
    bool is_scored;
    bool may_be_na;              /* "not applicable" with a reason is allowed */
    bool is_required;            /* the response is incomplete without it, scored or not */
    bool is_asked_first;         /* on the first page, wherever it stands */
    size_t dimension, indicator; /* indexes */
    const struct json *json;
};

struct indicator {
    const char *id;
    struct words name;
    size_t dimension;
    size_t first_question, question_count;
};

struct level_text {
    int level;
    struct words text;
};

struct dimension {
    const char *id;
    struct words name;
    struct words short_name; /* for charts; falls back to `name` */
    struct words meaning;
    enum aggregation score;
    struct ratio weight;
    const struct level_text *meanings; /* what each level means in practice */
    size_t meaning_count;
    size_t first_indicator, indicator_count;
    size_t first_question, question_count; /* its questions stand together */
};

enum bound_kind { BOUND_NONE, BOUND_POINTS, BOUND_PERCENT };

/* One level of the whole or of a dimension, and what it takes. */
/* In place of a level: not rated, or the questionnaire only estimates. */
#define LEVEL_NONE (-1)

struct level_rule {
    int level;
    struct words name, meaning;
    enum bound_kind kind;
    struct ratio bound;
    bool is_strict;            /* above_... (strict) or from_... (inclusive) */
    int rounded_to;            /* decimals to round to (half up) before comparing; -1: not at all */
    size_t at_least;           /* so many dimensions ... */
    int dimension_level;       /* ... at this level or above; at_least 0: no such condition */
    struct words at_bound;     /* dimension levels: said when exactly on the strict bound */
    struct words if_held_back; /* levels: said when only the dimensions are lacking */
    const struct json *json;
};

struct basis {
    const char *document;
    day date;
    struct words note;
};

/* A contradiction between answers that an officer should know of (never scored). */
struct contradiction {
    const struct rule_node *rule; /* true: the answers contradict each other or a fact */
    struct words text;
};

/*
 * A short questionnaire that only estimates what a longer one would find: its questions stand for
 * questions of that one (`criterion`) and have options with the ids of theirs. Its result is a
 * likely band with a range, never a level (score/score.h).
 */
struct estimate {
    const char *of;    /* "id@version"; NULL: no estimate, levels are given */
    struct words name; /* "theo 12 câu": stands beside every band */
    struct words note; /* what is not known of it; said with every result */
};

struct questionnaire {
    const char *file;
    const char *id, *version;
    const char *ref; /* "id@version" */
    struct words title, summary;
    enum source_status status;
    struct words status_note;
    struct words if_not_rated; /* said where nothing that counts was asked */
    int rated_from;            /* coverage (per cent) below which there is no level; 0: any */
    const struct basis *basis;
    size_t basis_count;
    /* Nobody can have answered before: the day of the earliest document in `basis`; where it names
     * none, the year 2000, before which there was no such thing. */
    day exists_from;
    bool respondents[LEGAL_FORM__MAX];
    unsigned sizes; /* bit set of enum size_class values that it is meant for; 0: all */
    int minutes;    /* to read and answer it, as measured, rounded up (survey/reading.h) */
    struct estimate estimate;
    const struct rule_node *rates_if; /* over facts: whom it can rate; NULL: everybody it is for */
    enum aggregation total;
    const struct level_rule *dimension_levels;
    size_t dimension_level_count;
    const struct level_rule *levels; /* rising */
    size_t level_count;
    const struct dimension *dimensions;
    size_t dimension_count;
    const struct indicator *indicators;
    size_t indicator_count;
    const struct question *questions; /* in the order of the file */
    size_t question_count;
    const struct contradiction *contradictions;
    size_t contradiction_count;
    bool has_conditions; /* some question has a show_if */
    struct map question_ids;
    struct rule_schema schema; /* "answers.ID" (and "answers.ID.ROW"), then the facts of ... */
    const struct rule_schema *fact_schema; /* ... enterprises, after `fact_offset`; may be NULL */
    size_t fact_offset;
    char hash[65]; /* BLAKE2b-256 of the canonical text, hex: what a stored result was made with */
};

/*
 * Loads and checks a questionnaire. `facts` (may be NULL) are what rules may say of the
 * enterprise besides its answers. Returns NULL after adding every fault of the file; warnings
 * (authoring advice) do not stop it. Everything lives in the arena.
 */
const struct questionnaire *questionnaire_load(struct arena *arena, const char *path,
                                               const struct rule_schema *facts,
                                               struct faults *faults);

/*
 * Adds a fault for each id that is a name of something else in a table of responses: a fact, a
 * special or computed column, the row of a scale (ID.ROW), another id in capitals; and for options
 * of one question that differ in capitals only. A file is refused for it; a stored questionnaire is
 * still read, so that nothing is lost that was answered before this was asked.
 */
void questionnaire_check_ids(struct arena *arena, const struct questionnaire *q,
                             struct faults *faults);

/* The same from a parsed document (stored in a database, or made by a test), but for its ids. */
const struct questionnaire *questionnaire_read(struct arena *arena, const struct json *root,
                                               const struct rule_schema *facts,
                                               struct faults *faults);

/* Index of a question by id, or MAP_NONE. */
size_t questionnaire_find(const struct questionnaire *q, const char *id);

/* Index of an option (or column) of a question by id, or MAP_NONE. */
size_t question_find_option(const struct question *question, const char *id);

/* Index of the row of a scale; MAP_NONE if there is none. */
size_t question_find_row(const struct question *question, const char *id);

/* The help of a question for a section ("C"; NULL: not known). Members may be NULL. */
struct words question_help(const struct question *question, const char *section);

/* The rule of a level, or NULL. */
const struct level_rule *questionnaire_level(const struct questionnaire *q, int level);

/* What a dimension's level means in practice; members NULL if the file does not say. */
struct words dimension_meaning(const struct dimension *dimension, int level);

/* "enterprise", ... as files spell them. */
const char *legal_form_code(enum legal_form form);
bool legal_form_parse(const char *code, enum legal_form *form);
struct words legal_form_words(enum legal_form form);
struct words source_status_words(enum source_status status);

#endif

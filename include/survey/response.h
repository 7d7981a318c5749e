#ifndef SURVEY_RESPONSE_H
#define SURVEY_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/json_write.h"
#include "survey/facts.h"
#include "survey/questionnaire.h"

/* What one enterprise answered, once, to one version of a questionnaire. */

#define RESPONSE_FILE_BYTES_MAX (1u << 20)
#define ROUND_BYTES_MAX 32

enum answer_state { ANSWER_NONE, ANSWER_GIVEN, ANSWER_NA };

struct answer {
    enum answer_state state;
    bool is_active;  /* shown: its show_if holds; a hidden answer is kept but never counts */
    unsigned option; /* single, yesno: index */
    uint64_t ticks;  /* multiple: bit per option */
    const unsigned char *columns; /* scale: index of the column per row, COLUMN_NONE if open */
    struct ratio number;
    const char *text; /* text, file; date as YYYY-MM-DD; the reason of "not applicable" */
};

#define COLUMN_NONE 255

/* Where questionnaires are found. */
struct questionnaire_source {
    /* By "id@version"; NULL after setting `err`. */
    const struct questionnaire *(*find)(void *context, const char *ref, struct err *err);
    void *context;
    /* Those that are for a form, as "id@version, id@version"; "" if there are none. May be NULL. */
    const char *(*fitting)(void *context, enum legal_form form, struct arena *arena);
    day today; /* days after it are refused; 0: it is not known */
    /* The document was stored by this program, perhaps under earlier rules: what these refuse is
     * left out, with its fault, and what is checked at the end waits until it is typed again. */
    bool is_stored;
};

struct response {
    const struct questionnaire *questionnaire;
    struct questionnaire_source source; /* to name what fits where this one does not */
    const char *round;                  /* NULL if not given */
    day submitted_on;                   /* DAY_NONE if not given */
    struct ratio minutes;               /* taken to answer; RATIO_NONE if not given */
    const struct facts *facts;
    struct value *values;   /* by index of `facts` */
    struct answer *answers; /* by index of the questionnaire's questions */
};

/*
 * Reads a response document (design: contract of responses). `default_ref` and `default_round`
 * (may be NULL) stand in where the document names none. Returns NULL after adding every fault.
 * Texts are borrowed from the document.
 */
struct response *response_read(struct arena *arena, const struct json *root,
                               const struct facts *facts, struct questionnaire_source source,
                               const char *default_ref, struct faults *faults);

/* A response without answers, for forms that are filled in step by step. */
struct response *response_new(struct arena *arena, const struct questionnaire *questionnaire,
                              const struct facts *facts);

/*
 * Reads one answer as JSON gives it, or as text from a CSV cell or a form (`multiple`: ids parted
 * by commas or spaces; `scale`: row=column pairs, or a column for each row in their order, "-" for
 * an open one; "na: reason"). Text may name an option by its code or label (survey/typing.h). Empty
 * text is no answer.
 */
bool answer_read_json(const struct question *question, const struct json *json, struct arena *arena,
                      struct faults *faults, struct answer *answer);
bool answer_read_text(const struct question *question, const char *text, struct place place,
                      struct arena *arena, struct faults *faults, struct answer *answer);

/* True for a text that, given to answer_read_text(), would be "na: reason": an apostrophe before it
 * (there may be some already) makes it the text that it is. */
bool answer_text_needs_mark(const char *text);

/* Whether an answer to another version of the question would be read here, too: a number within its
 * bounds, no tick beside one that stands alone, "not applicable" where it may be. */
bool answer_is_allowed(const struct question *question, const struct answer *answer);

/* How people write the number that a question asks for; false (and of no use) if it asks for none.
 */
bool question_number_form(const struct question *question, struct number_form *form);

/* The same as answer_read_text() for a cell of a column whose numbers are written in `form`. */
bool answer_read_cell(const struct question *question, const char *text,
                      const struct number_form *form, struct place place, struct arena *arena,
                      struct faults *faults, struct answer *answer);

/* One row of a scale, whose answer may be unset so far. */
bool answer_read_row_text(const struct question *question, size_t row, const char *text,
                          struct place place, struct arena *arena, struct faults *faults,
                          struct answer *answer);

/*
 * What is checked once all of a response was read: facts against each other, the days of foundation
 * and of the response, and whether the questionnaire is for its form. True if there was no fault.
 */
bool response_check(const struct response *response, struct place place, struct arena *arena,
                    struct faults *faults);

/* False, and a fault, where it was given before `q` can have existed: its own questionnaire, or one
 * that it is scored again by. */
bool response_check_exists(const struct response *response, const struct questionnaire *q,
                           struct place place, struct faults *faults);

/* A round may be named by an id of at most ROUND_BYTES_MAX bytes; else a fault. */
bool response_check_round(const char *round, struct place place, struct faults *faults);

/*
 * Decides which questions are shown (their show_if, in order) and sets is_active. To be called
 * after answers changed and before scoring.
 */
void response_activate(struct response *response, struct arena *arena);

/* What rules of the questionnaire see: "answers.ID" of active answers, then the facts. */
struct value *response_rule_values(const struct response *response, struct arena *arena);

/* A fact that is a text, by its id; NULL if it was not given, or is none. */
const char *response_fact_text(const struct response *response, const char *id);

/* The form that the response is of; a household by its 12-digit code, else an enterprise. */
enum legal_form response_form(const struct response *response, bool *is_assumed);

/* True if the question is hidden, wholly answered (a scale: every row), or not applicable. */
bool answer_is_settled(const struct question *question, const struct answer *answer);

/* False for a form in which no question that is shown has an answer: that is no assessment. */
bool response_has_answers(const struct response *response);

/* Writes one answer (that was given, or is not applicable) as the value of its member. */
void response_write_answer(struct json_writer *w, const struct question *question,
                           const struct answer *answer);

/* Writes the answers as the member values of a response document: {"1.1.1":"3", ...}. */
void response_write_answers(struct json_writer *w, const struct response *response);

/* The whole response as a document that response_read() takes. */
void response_write(struct json_writer *w, const struct response *response);
/* The same as a text in the arena; cut where it is longer than `max`. */
const char *response_text(const struct response *response, size_t max, struct arena *arena);
/* The members without the braces: others may stand beside. */
void response_write_members(struct json_writer *w, const struct response *response);

/* An answer in words for people; "" if there is none. Owned by the arena. */
const char *answer_print(const struct question *question, const struct answer *answer,
                         enum lang lang, struct arena *arena);

#endif

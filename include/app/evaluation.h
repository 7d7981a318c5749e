#ifndef APP_EVALUATION_H
#define APP_EVALUATION_H

#include "app/workspace.h"
#include "policy/match.h"
#include "score/compare.h"
#include "survey/quality.h"

/* One response with everything that follows from it: what every page and report is made of. */
struct evaluation {
    const struct response *response;
    const struct scorer *scorer;
    struct score score;
    const struct applicant *applicant;
    const struct match *match; /* NULL where only the score was asked for */
    struct score_note notes[SCORE_NOTES_MAX + 4];
    size_t note_count;
    struct quality_flag flags[QUALITY_FLAGS_MAX]; /* for officers; never scored */
    size_t flag_count;
    day on;
};

/* Scores a response; with `with_policies` also matches it on the day. */
MUST_USE enum status evaluate(struct workspace *ws, struct arena *arena,
                            const struct response *response, bool with_policies, day on,
                            struct evaluation *out, struct err *err);

/* True for a question that was answered but is hidden by the other answers: kept, never counted. */
bool evaluation_is_inactive(const struct evaluation *a, size_t question);
/* The same with a scorer of the response's questionnaire that is at hand. */
MUST_USE enum status evaluate_with(struct workspace *ws, const struct scorer *scorer,
                                 struct arena *arena, const struct response *response,
                                 bool with_policies, day on, struct evaluation *out,
                                 struct err *err);

/* The assessment in one sentence: level, score, and what holds it back. */
const char *evaluation_sentence(const struct evaluation *a, enum lang lang, struct arena *arena);

/* The documents of the command line contract (score --json, match --json). */
void evaluation_write_score(struct json_writer *w, const struct evaluation *a, bool with_ledger,
                            struct arena *arena);

/* The compare command's document. */
void comparison_write(struct json_writer *w, const struct comparison *c, struct arena *arena);

void evaluation_write_match(struct json_writer *w, const struct evaluation *a, struct arena *arena);

#endif

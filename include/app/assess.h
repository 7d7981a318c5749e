#ifndef APP_ASSESS_H
#define APP_ASSESS_H

#include "app/workspace.h"
#include "policy/match.h"
#include "score/compare.h"
#include "survey/quality.h"

/* One response with everything that follows from it: what every page and report is made of. */
struct assessment {
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
MUST_USE enum status assess(struct workspace *ws, struct arena *arena,
                            const struct response *response, bool with_policies, day on,
                            struct assessment *out, struct err *err);

/* True for a question that was answered but is hidden by the other answers: kept, never counted. */
bool assessment_is_inactive(const struct assessment *a, size_t question);
/* The same with a scorer of the response's questionnaire that is at hand. */
MUST_USE enum status assess_with(struct workspace *ws, const struct scorer *scorer,
                                 struct arena *arena, const struct response *response,
                                 bool with_policies, day on, struct assessment *out,
                                 struct err *err);

/* The assessment in one sentence: level, score, and what holds it back. */
const char *assessment_sentence(const struct assessment *a, enum lang lang, struct arena *arena);

/* The documents of the command line contract (score --json, match --json). */
void assessment_write_score(struct json_writer *w, const struct assessment *a, bool with_ledger,
                            struct arena *arena);

/* The compare command's document. */
void comparison_write(struct json_writer *w, const struct comparison *c, struct arena *arena);

void assessment_write_match(struct json_writer *w, const struct assessment *a, struct arena *arena);

#endif

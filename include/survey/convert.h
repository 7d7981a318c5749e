#ifndef SURVEY_CONVERT_H
#define SURVEY_CONVERT_H

#include "survey/response.h"

/* True if answers can go along at all: versions of one questionnaire, an estimate and its original.
 */
bool response_may_convert(const struct questionnaire *from, const struct questionnaire *to);

/*
 * True if two files of one questionnaire ask and score the same and differ in nothing but what
 * people read: texts in languages, help of trades, words of single steps, status, basis. Ids and
 * their order, options, points, weights, rules and levels are the same, so stored answers mean the
 * same and their scores are the same.
 */
bool questionnaires_score_alike(const struct questionnaire *a, const struct questionnaire *b);

/* Index of the question of `to` that asks the same: by id in another version, by what it stands for
 * between an estimate and its original; MAP_NONE. Equal ids of two instruments mean nothing. */
size_t question_match(const struct questionnaire *from, const struct question *question,
                      const struct questionnaire *to);

/*
 * The same answers under another version of a questionnaire. Questions, options, rows and ticks are
 * matched by id; between an estimate and the questionnaire that it estimates, by what each question
 * stands for (`criterion`). What has no match stays unanswered and is counted, never guessed: of a
 * questionnaire of another name only the facts are kept.
 */
struct conversion {
    struct response *response;
    /* Answers that the new version does not have the question or an option for, or would refuse: of
     * ticks and rows only what has no match is lost. The questions of the old version. */
    const struct question *const *lost;
    size_t dropped;
    size_t unmatched; /* questions of the new version that the old one does not have */
};

struct conversion response_convert(struct arena *arena, const struct response *response,
                                   const struct questionnaire *to);

#endif

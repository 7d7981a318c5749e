#ifndef RULE_WORDS_H
#define RULE_WORDS_H

#include "base/arena.h"
#include "base/lang.h"
#include "rule/rule.h"

/*
 * The sentence that a person reads for a rule, made from the rule that ran, so that text and rule
 * cannot drift apart: "Số lao động ≤ 100 người (hiện có 145 người, vượt 45 người)".
 */

/* How facts are called and their values written. */
struct rule_speaker {
    /* The name of a fact of the schema, starting with a capital letter. */
    const char *(*label)(void *context, size_t fact, enum lang lang);
    /* A value of that fact as people read it; also for values that a rule compares it with. */
    const char *(*print)(void *context, size_t fact, const struct value *value, enum lang lang,
                         struct arena *arena);
    void *context;
};

/*
 * Puts a rule into words. With `data` the present value stands behind each comparison that does
 * not hold, with the gap where both are numbers; NULL gives the bare condition.
 */
const char *rule_words(const struct rule_node *rule, const struct rule_data *data,
                       const struct rule_speaker *speaker, enum lang lang, struct arena *arena);

#endif

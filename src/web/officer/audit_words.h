#ifndef SRC_WEB_OFFICER_AUDIT_WORDS_H
#define SRC_WEB_OFFICER_AUDIT_WORDS_H

#include "app/audit.h"
#include "web/kit/request.h"

/* How entries of the audit are told: neither codes nor ids of the database. */

extern const struct audit_word {
    const char *code;
    struct words name;
} audit_words[];
extern const size_t audit_word_count;

/* "Đổi tài khoản"; acts of cases by the machine's own words. */
const char *audit_act_words(const struct request *rq, const char *act);
/* "hồ sơ 12", "tài khoản le.thi.mau" */
const char *audit_object_words(const struct request *rq, const char *object);
/* What was there before or after an act, in words; "" where there is nothing to say. Answers only
 * for who `sees_answers`. */
const char *audit_value_words(struct request *rq, const struct audit_entry *entry,
                              const char *value, bool sees_answers);
/* Why; also which columns of a row of a plan were changed. */
const char *audit_reason_words(struct request *rq, const struct audit_entry *entry,
                               bool sees_answers);

#endif

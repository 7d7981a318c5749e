#ifndef SURVEY_NUMBERS_H
#define SURVEY_NUMBERS_H

#include <stdbool.h>

#include "base/lang.h"
#include "base/ratio.h"

/*
 * Numbers as people type them and spreadsheets write them: 1.234,5 and 1,234.5, blanks of any kind
 * between groups of three, a unit behind ("8 người", "51 %", "1.500.000 đ"), amounts in words ("1,5
 * tỷ", "2 tỷ 300 triệu"), Excel's 1.5E+09.
 *
 * A single point or comma before exactly three digits has two readings ("12.500"). One cell alone
 * does not tell which is meant: the other cells of its column and the separator of its file do, or
 * it is refused.
 */
enum number_kind {
    NUMBER_WHOLE,
    NUMBER_DECIMAL,
    NUMBER_SMALL,   /* the same below 1000: a group of thousands cannot be */
    NUMBER_PERCENT, /* 0 to 100, likewise */
    NUMBER_MONEY    /* whole đồng: three decimals cannot be */
};

/* What a single point or comma before three digits is. */
enum number_sign { SIGN_UNCLEAR, SIGN_GROUPS, SIGN_DECIMAL };

struct number_form {
    enum number_kind kind;
    struct words unit; /* may stand behind it; members may be NULL */
    enum number_sign point, comma;
};

/* As people type into a form that stands alone: in Vietnamese a point parts thousands. */
struct number_form number_form_typed(enum number_kind kind, struct words unit);

enum number_result {
    NUMBER_READ,
    NUMBER_NONE,   /* it is no number */
    NUMBER_UNCLEAR /* it has two readings */
};

/* What to say of it, behind the text. */
#define NUMBER_UNCLEAR_VI \
    "có hai cách đọc (dấu phân cách hàng nghìn hay dấu thập phân?); hãy viết không có dấu phân " \
    "cách hàng nghìn, ví dụ 12500 hoặc 12,5"
#define NUMBER_UNCLEAR_EN \
    "has two readings (is it a separator of thousands or a decimal sign?); write it without a "    \
    "separator of thousands, for instance 12500 or 12.5"

enum number_result number_read_typed(const char *text, const struct number_form *form,
                                     struct ratio *out);

/* What the cells of a column show of how it writes numbers; all false at first. */
struct number_evidence {
    bool point_groups, point_decimal, comma_groups, comma_decimal;
};

/* Adds what one cell shows by itself: "1.234.567", "2,5". */
void number_observe(const char *text, const struct number_form *form, struct number_evidence *seen);

/*
 * Decides for a column of a file whose cells are parted by `separator`. Where it is a comma the
 * point is the decimal sign, else the comma; a column that shows the contrary has cells with two
 * readings, and so has a single "1,000" of a file parted by commas.
 */
void number_decide(struct number_form *form, const struct number_evidence *seen, char separator);

#endif

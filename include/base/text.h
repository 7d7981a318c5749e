#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/ratio.h"

/* A text in one language, from two formats that take the same arguments. */
const char *text_printf(struct arena *arena, enum lang lang, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* UTF-8: length of the longest valid prefix (no surrogates, no overlong forms, <= U+10FFFF). */
size_t text_valid_utf8(const char *text, size_t len);

/* Writes a code point as UTF-8 and says how many bytes that takes, at most 4; 0 for what is none:
 * surrogates, what lies above U+10FFFF, and NUL, which no text holds. */
size_t text_put(char *to, uint32_t code);

/* Reads one code point of valid UTF-8 and moves on; 0 at the end. */
uint32_t text_next(const char **text, const char *end);

/* The same text in NFC, so that equal words are equal bytes. Returns `text` itself if it already
 * is, else a copy in `arena`. */
const char *text_nfc(struct arena *arena, const char *text, size_t len, size_t *out_len);

/* The longest run of marks (code points that combine with the letter before them), for limits:
 * text_nfc() sorts each run, in a time that grows with its square. `text` must be UTF-8. */
size_t text_marks_run(const char *text, size_t len);

/*
 * Folds for search: lower case, no marks, đ -> d, all white space and punctuation -> one space,
 * trimmed. "Công ty Đại Phát" -> "cong ty dai phat". Owned by the arena.
 */
const char *text_fold(struct arena *arena, const char *text);

/* Appends the fold of a text, as above. */
void text_fold_to(struct buf *buf, const char *text, size_t len);

/*
 * What makes two names the same name: lower case, white space and punctuation as one space, the
 * tone mark of each syllable behind it, wherever it was written ("hòa" and "hoà"). All marks and đ
 * are kept, since Tuấn is not Tuân; search folds them (above). Owned by the arena.
 */
const char *text_identity(struct arena *arena, const char *text);

/* True for ids: [A-Za-z0-9][A-Za-z0-9._-]*, at most 64 bytes. */
bool text_is_id(const char *text, size_t len);

/* Characters (code points), for limits that people meet. */
size_t text_chars(const char *text);

/* Words between white space that have a letter or digit; in Vietnamese these are the syllables. */
size_t text_syllables(const char *text);

/* Length of the longest prefix with at most `max` bytes that ends between characters. */
size_t text_cut(const char *text, size_t len, size_t max);

/* A name as the first word of a line: "tax relief" as "Tax relief". Letters other than a to z stay.
 */
const char *text_capital(struct arena *arena, const char *text);

/* The one of `names` that is most like `name` (edit distance <= 2 or a third), or NULL. */
const char *text_closest(const char *name, const char *const *names, size_t count);

/* Numbers as people read them: 1.234,5 in Vietnamese, 1,234.5 in English; at most `decimals`
 * decimals, half up, without zeros at the end. */
void text_number_short(struct buf *buf, struct ratio r, unsigned decimals, enum lang lang);

/* Money: "1.234.567 ₫" in Vietnamese, "₫1,234,567" in English; a no-break space before the sign. */
void text_money(struct buf *buf, int64_t dong, enum lang lang);

/* The same as texts of their own in an arena; text_of_number() has exactly `decimals`,
 * text_of_number_short() drops zeros at the end. */
const char *text_of_number(struct arena *arena, struct ratio r, unsigned decimals, enum lang lang);
const char *text_of_number_short(struct arena *arena, struct ratio r, unsigned decimals,
                                 enum lang lang);
const char *text_of_money(struct arena *arena, int64_t dong, enum lang lang);
/* In words of scale: "80 triệu đồng", "1,5 tỷ đồng"; amounts that do not come out even with two
 * decimals are printed in full. */
const char *text_of_money_short(struct arena *arena, int64_t dong, enum lang lang);
/* dd/mm/yyyy. */
const char *text_of_day(struct arena *arena, day d);

#endif

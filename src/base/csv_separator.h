#ifndef SRC_BASE_CSV_SEPARATOR_H
#define SRC_BASE_CSV_SEPARATOR_H

#include <stddef.h>

/* Which character parts the cells of a table: for the reader of CSV only. */

/* Of a first line "sep=;", as Excel writes and obeys it; 0 if there is none. Else the line is
 * passed over: `pos` and `line` move behind it. */
char csv_named_separator(const char *text, size_t len, size_t *pos, int *line);

/*
 * The one that stands as often in most of the first lines, outside of quotations; titles above a
 * table have none or others. Where two are as good, the one that is most frequent in the first
 * line, then the one that is rarer in texts.
 */
char csv_find_separator(const char *text, size_t len);

#endif

#ifndef SRC_BASE_XLSX_ROWS_H
#define SRC_BASE_XLSX_ROWS_H

#include <stdint.h>

#include "base/csv.h"

/*
 * The rows of a workbook (.xlsx, ECMA-376 part 1), for csv_reader_open(), over libminizip and
 * libexpat: those of its first sheet that is not hidden, as the cells look to who sees them:
 *   texts as they are; numbers with at most 15 digits and a decimal point (three decimals get a
 *   zero behind them, so that no reader takes them for thousands); per cents as "51 %"; days as
 *   2026-11-23, from both calendars of Excel; true and false; of a formula what it gave last.
 * Memory holds the texts of the workbook and a piece of the sheet.
 *
 * What is hostile or cannot be read for certain is refused with a fault, which ends the reading: a
 * document type, what meets a limit below, a formula without a value, XML or ZIP that is broken.
 */
#define XLSX_PARTS_MAX 2000
#define XLSX_PART_BYTES_MAX ((uint64_t)512 << 20)
#define XLSX_ALL_BYTES_MAX ((uint64_t)1 << 30)
#define XLSX_STRINGS_BYTES_MAX ((size_t)256 << 20)
#define XLSX_DEPTH_MAX 64
#define XLSX_STYLES_MAX 65536
#define XLSX_RATIO_MAX 2000 /* unpacked to packed, of what is larger than XLSX_RATIO_BYTES */
#define XLSX_RATIO_BYTES ((uint64_t)16 << 20)

struct xlsx_rows;

/* True if a file that begins so may be one. */
bool xlsx_rows_is_zip(const char *data, size_t len);

/* Reads all but the sheet; `fd` is borrowed, `name` stands in faults. NULL after a fault. */
struct xlsx_rows *xlsx_rows_open(int fd, const char *name, struct faults *faults);
void xlsx_rows_free(struct xlsx_rows *rows); /* NULL is fine */

/* As csv_reader_next(): a row ends behind its last cell that holds something. */
enum csv_result xlsx_rows_next(struct xlsx_rows *rows, struct faults *faults,
                               const struct csv_row **row);
/* Back to the first row. */
bool xlsx_rows_rewind(struct xlsx_rows *rows, struct faults *faults);

#endif

#ifndef SRC_BASE_XLSX_CHECK_H
#define SRC_BASE_XLSX_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * True if every part of the packed workbook, an XML document, is there to its end and has the check
 * sum that the archive says, and its sheets have so many cells. libxlsxwriter packs whatever became
 * of its temporary files: where a disk was full it makes a sound archive of sheets that lack their
 * last rows, where memory was short one of rows that lack cells, and says that all went well. Moves
 * the place that `fd` reads from.
 */
bool xlsx_is_whole(int fd, uint64_t cells);

#endif

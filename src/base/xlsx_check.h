#ifndef SRC_BASE_XLSX_CHECK_H
#define SRC_BASE_XLSX_CHECK_H

#include <stdbool.h>

/*
 * True if every part of the packed workbook, an XML document, is there to its end and has the check
 * sum that the archive says. libxlsxwriter packs whatever became of its temporary files: where a
 * disk was full it makes a sound archive of sheets that lack their last rows, and says that all
 * went well. Moves the place that `fd` reads from.
 */
bool xlsx_is_whole(int fd);

#endif

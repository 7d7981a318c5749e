#ifndef SRC_BASE_XLSX_CHECK_H
#define SRC_BASE_XLSX_CHECK_H

#include <stdbool.h>

/*
 * True if every part of the packed workbook, an XML document, is there to its end. libxlsxwriter
 * packs whatever became of its temporary files: where a disk was full it makes a sound archive of
 * sheets that lack their last rows, and says that all went well.
 */
bool xlsx_is_whole(int fd);

#endif

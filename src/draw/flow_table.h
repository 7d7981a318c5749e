#ifndef SRC_DRAW_FLOW_TABLE_H
#define SRC_DRAW_FLOW_TABLE_H

/* Tables as flow.c collects them and flow_table.c sets them. */

#include "flow_parts.h"

struct cell {
    struct flow_cell given;
    struct lines lines;
    struct pdf_element *element;
};

struct row {
    struct row *next;
    enum flow_row kind;
    bool is_odd; /* shaded, if the table has shaded rows */
    struct cell *cells;
    size_t count;
    size_t lines; /* of its longest cell */
    struct pdf_element *element;
};

struct table {
    struct flow_table given;
    struct row *rows, **end;
    size_t plain; /* rows that are neither groups nor totals */
    struct row *header;
    double x, widths[FLOW_COLUMNS_MAX];
};

#endif

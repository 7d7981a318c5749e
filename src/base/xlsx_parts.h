#ifndef SRC_BASE_XLSX_PARTS_H
#define SRC_BASE_XLSX_PARTS_H

#include <stdint.h>

#include "xlsx_rows.h"
#include "zip.h"

/* What the files that read workbooks share: parts of the archive, as XML in pieces. */

struct xlsx_zip {
    struct zip *file;
    const char *name; /* of the workbook, in faults */
    uint64_t bytes;   /* unpacked so far, of all parts */
    uint64_t part_bytes, packed_bytes; /* of the part that is read */
    bool is_refused;  /* a fault was added */
};

/* What a part is read with. Names have no prefix; attributes come as expat gives them. */
struct xlsx_handler {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*text)(void *context, const char *text, int len); /* may be NULL */
    void *context;
};

/* What the parser may hold back of a piece that is not closed, such as a comment: it goes over all
 * of that again with each new piece. */
#define XLSX_TOKEN_BYTES_MAX ((uint64_t)1 << 20)

/* One part that is being read. */
struct xlsx_part {
    struct xlsx_zip *zip;
    struct xlsx_handler handler;
    struct XML_ParserStruct *parser; /* expat's; NULL: none is open */
    unsigned depth;
    uint64_t fed; /* bytes, to the parser */
    bool is_over;
    struct faults *faults; /* of the step that runs */
};

/* Adds a fault of the whole workbook; always false. */
bool xlsx_refuse(struct xlsx_zip *zip, struct faults *faults, const char *vi, const char *en);

/* Opens a part; *is_there is false where there is none of that name (in any case of letters). */
bool xlsx_part_open(struct xlsx_part *part, struct xlsx_zip *zip, const char *name,
                    const struct xlsx_handler *handler, bool *is_there, struct faults *faults);
/* Reads a piece of it; is_over at its end. False after a fault. */
bool xlsx_part_step(struct xlsx_part *part, struct faults *faults);
void xlsx_part_close(struct xlsx_part *part);
/* All of a part at once. */
bool xlsx_part_read(struct xlsx_zip *zip, const char *name, const struct xlsx_handler *handler,
                    bool *is_there, struct faults *faults);

/* The value of an attribute, or NULL; names in a namespace are found by their last part. */
const char *xlsx_attribute(const char **attributes, const char *name);

/* What a number is, by its style. */
enum xlsx_look { XLSX_LOOK_NUMBER, XLSX_LOOK_PERCENT, XLSX_LOOK_DAY };

/* What stands around the sheet. */
struct xlsx_book {
    struct arena arena;
    char *sheet; /* name of its part; NULL: there is none */
    const char **strings;
    size_t string_count;
    unsigned char *looks; /* of styles: enum xlsx_look */
    size_t look_count;
    bool is_1904;
};

/* Reads it; a workbook with several sheets that are seen gets a warning that names the one that is
 * read. */
bool xlsx_book_read(struct xlsx_book *book, struct xlsx_zip *zip, struct faults *faults);

/* A number as it stands in the file, as people see it; "" if it is none. In the arena. */
const char *xlsx_number_text(struct arena *arena, const char *digits, enum xlsx_look look,
                             bool is_1904);

#endif

#ifndef DRAW_PDF_H
#define DRAW_PDF_H

#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "draw/shape.h"

/*
 * A PDF in the making. One document is used by one thread; any number of documents may be made at
 * the same time, in threads or forked processes: nothing is shared but constants, and no fonts
 * have to be prepared (opening a face costs 0.1 ms, see docs/decisions).
 *
 * Equal calls give equal bytes. Texts are UTF-8; what the faces lack is shown as a box (see
 * report/font.h). The document is tagged: what is drawn between pdf_mark() and pdf_unmark()
 * belongs to an element that a screen reader can follow, everything else to nobody.
 *
 * Faults of the library and met limits are kept and told by pdf_finish(); until then drawing goes
 * on without effect.
 */
struct pdf;
struct pdf_element;
struct pdf_entry;

#define PDF_PAGES_MAX 2000
#define PDF_BYTES_MAX ((size_t)64 << 20)

struct pdf_info {
    const char *title;
    const char *author, *subject, *keywords; /* NULL: not told */
    day date;                                /* of making and of the last change */
    enum lang lang;
    const char *mark; /* stands in the first lines, for who looks what this is; NULL: none */
};

struct pdf *pdf_new(const struct pdf_info *info);
void pdf_free(struct pdf *pdf); /* NULL is allowed */

/* Adds a page and goes there; the result is its index, from 0. */
size_t pdf_page_add(struct pdf *pdf, double width, double height);
/* Goes to a page that was added; what is drawn comes on top of it. Closes a mark that is open. */
void pdf_page_select(struct pdf *pdf, size_t page);

void pdf_path(struct pdf *pdf, const struct path_step *steps, size_t count,
              const struct paint *paint);
void pdf_text(struct pdf *pdf, struct point at, const struct lettering *lettering, const char *text,
              size_t len);

/* The picture of the stamp, one bit a module, blank until it is filled in: see stamp.h. */
void pdf_stamp(struct pdf *pdf, struct box box);

/* What an element is (ISO 32000-1, 14.8.4). */
enum pdf_tag {
    PDF_PART,
    PDF_SECTION,
    PDF_H1,
    PDF_H2,
    PDF_H3,
    PDF_PARAGRAPH,
    PDF_LIST,
    PDF_LIST_ITEM,
    PDF_LIST_LABEL,
    PDF_LIST_BODY,
    PDF_CONTENTS,
    PDF_CONTENTS_ITEM,
    PDF_TABLE,
    PDF_ROW,
    PDF_HEADER_CELL,
    PDF_CELL,
    PDF_FIGURE,
    PDF_LINK,
    PDF_SPAN,
    PDF_TAG__MAX
};

/*
 * Adds an element below `parent` (NULL: the document), behind its other children. `alt` says in
 * words what a figure shows; NULL for others. Elements live as long as the document.
 */
struct pdf_element *pdf_element(struct pdf *pdf, struct pdf_element *parent, enum pdf_tag tag,
                                const char *alt);
/* What follows on this page belongs to an element; NULL: to none (headers, grounds, rules). */
void pdf_mark(struct pdf *pdf, struct pdf_element *element);
void pdf_unmark(struct pdf *pdf);

/* Links on the page selected; `element` may be NULL. A URI that is not http, https, mailto or tel
 * is left out. */
void pdf_link_uri(struct pdf *pdf, struct box box, const char *uri, struct pdf_element *element);
void pdf_link_page(struct pdf *pdf, struct box box, size_t page, double y,
                   struct pdf_element *element);

/* Adds an entry to the outline, below `parent` (NULL: top), that leads to a height of a page. */
struct pdf_entry *pdf_outline(struct pdf *pdf, struct pdf_entry *parent, const char *title,
                              size_t page, double y);

/* Appends the document to `out`. LIMIT: too many pages or bytes; FAILED: the library gave up. */
MUST_USE enum status pdf_finish(struct pdf *pdf, struct buf *out, struct err *err);

#endif

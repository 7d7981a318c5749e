#ifndef SRC_DRAW_PDF_PARTS_H
#define SRC_DRAW_PDF_PARTS_H

/* Shared by the files pdf*.c, the only ones that know libharu. */

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_encoder.h>
#include <hpdf_font.h>
#include <hpdf_fontdef.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>
#include <hpdf_utils.h>

#include "base/arena.h"
#include "draw/pdf.h"

/* A page and what is set on it, so that nothing is set twice. */
struct pdf_page {
    HPDF_Page page;
    double height;
    HPDF_Array parents; /* elements by mark, for the parent tree; NULL: none so far */
    int marks;
    bool is_marked;
    enum colour fill, line;
    double line_width;
    bool is_dashed;
    enum face face;
    double size; /* 0: no face is set */
};

struct pdf_element {
    HPDF_Dict dict;
    HPDF_Array kids;
    HPDF_Page page; /* that its dictionary names; NULL: none so far */
    enum pdf_tag tag;
};

/* A key of the parent tree that is not a page: an annotation and its element. */
struct pdf_owner {
    struct pdf_owner *next;
    HPDF_Dict element;
    int key;
};

struct pdf {
    HPDF_Doc doc;
    struct arena arena;
    HPDF_Font fonts[FACE__MAX]; /* NULL: not used so far */
    bool *is_used[FACE__MAX];   /* by code: its glyph is cut out; NULL: none so far */
    struct pdf_page *pages;
    size_t count, cap;
    struct pdf_page *page; /* the one selected */
    struct pdf_element *root;
    struct pdf_owner *owners, **owners_end;
    int keys; /* of the parent tree, handed out */
    bool is_too_long;
    const char *mark; /* NULL: none */
    HPDF_Image stamp; /* its picture; NULL: none was drawn */
};

/* The font of a face, opened when it is needed first; NULL after a fault. */
HPDF_Font pdf_font(struct pdf *pdf, enum face face);

/* Embeds what was used of the faces. */
void pdf_fonts_finish(struct pdf *pdf);

/* The two bytes of a code of font.h, neither of them 0. */
static inline void pdf_code_bytes(unsigned code, unsigned char bytes[2])
{
    bytes[0] = (unsigned char)(code / 255 + 1);
    bytes[1] = (unsigned char)(code % 255 + 1);
}

/* A text object in UTF-16 with a mark of its byte order. */
void *pdf_string(struct pdf *pdf, const char *text);

/* Writes to the content of the page selected. */
void pdf_write(struct pdf *pdf, const char *operators);

/* Joins an annotation and its element. */
void pdf_own(struct pdf *pdf, HPDF_Annotation annotation, struct pdf_element *element);

/* Writes the tree of elements into the catalog. */
void pdf_tree_finish(struct pdf *pdf);

/* Appends the finished document to `out`. */
void pdf_save(struct pdf *pdf, struct buf *out);

#endif

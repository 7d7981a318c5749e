#include "pdf_parts.h"

#include <string.h>

#include "base/array.h"

/* Where a link or an entry leads: the left edge at a height of a page, at the zoom of the reader
 * (HPDF_Destination_SetXYZ cannot keep it). */
static HPDF_Destination destination(struct pdf *pdf, size_t page, double y)
{
    struct pdf_page *to = &pdf->pages[page];
    HPDF_Destination d = HPDF_Page_CreateDestination(to->page);

    if (!d)
        return NULL;
    HPDF_Array_Clear(d);
    HPDF_Array_Add(d, to->page);
    HPDF_Array_AddName(d, "XYZ");
    HPDF_Array_AddNumber(d, 0);
    HPDF_Array_AddNumber(d, (HPDF_INT32)(to->height - y));
    HPDF_Array_Add(d, HPDF_Null_New(pdf->doc->mmgr));
    return d;
}

static HPDF_Rect rect_of(const struct pdf *pdf, struct box box)
{
    double height = pdf->page->height;

    return (HPDF_Rect){(HPDF_REAL)box.x, (HPDF_REAL)(height - box.y - box.height),
                       (HPDF_REAL)(box.x + box.width), (HPDF_REAL)(height - box.y)};
}

static void finish(struct pdf *pdf, HPDF_Annotation annotation, struct pdf_element *element)
{
    HPDF_Array border = HPDF_Array_New(pdf->doc->mmgr);

    for (int i = 0; i < 3; i++)
        HPDF_Array_AddNumber(border, 0);
    HPDF_Dict_Add(annotation, "Border", border);
    HPDF_Dict_AddNumber(annotation, "F", 4); /* printed, not hidden: what PDF/A and PDF/UA want */
    if (element)
        pdf_own(pdf, annotation, element);
}

static bool is_allowed(const char *uri)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:"};

    for (size_t i = 0; i < ARRAY_SIZE(schemes); i++)
        if (strncmp(uri, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

void pdf_link_uri(struct pdf *pdf, struct box box, const char *uri, struct pdf_element *element)
{
    struct buf ascii;
    HPDF_Annotation annotation;

    if (!is_allowed(uri) || pdf->is_too_long)
        return;
    buf_init(&ascii, 4096);
    for (const char *at = uri; *at; at++)
        if ((unsigned char)*at > 0x20 && (unsigned char)*at < 0x7F)
            buf_putc(&ascii, *at);
        else
            buf_printf(&ascii, "%%%02X", (unsigned char)*at);
    annotation = HPDF_Page_CreateURILinkAnnot(pdf->page->page, rect_of(pdf, box), buf_text(&ascii));
    if (annotation) {
        finish(pdf, annotation, element);
        HPDF_Dict_Add(annotation, "Contents", pdf_string(pdf, uri));
    }
    buf_free(&ascii);
}

void pdf_link_page(struct pdf *pdf, struct box box, size_t page, double y,
                   struct pdf_element *element)
{
    HPDF_Annotation annotation;

    if (page >= pdf->count)
        return;
    annotation =
        HPDF_Page_CreateLinkAnnot(pdf->page->page, rect_of(pdf, box), destination(pdf, page, y));
    if (annotation)
        finish(pdf, annotation, element);
}

/* An entry is the library's outline dictionary itself. */
struct pdf_entry *pdf_outline(struct pdf *pdf, struct pdf_entry *parent, const char *title,
                              size_t page, double y)
{
    HPDF_Outline outline;

    if (page >= pdf->count)
        return NULL;
    outline = HPDF_CreateOutline(pdf->doc, (HPDF_Outline)parent, "x", NULL);
    if (!outline)
        return NULL;
    HPDF_Dict_Add(outline, "Title", pdf_string(pdf, title));
    HPDF_Outline_SetDestination(outline, destination(pdf, page, y));
    HPDF_Outline_SetOpened(outline, parent == NULL);
    return (struct pdf_entry *)outline;
}

#include "pdf_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "draw/stamp.h"

static void *HPDF_STDCALL allocate(HPDF_UINT size)
{
    return xmalloc(size);
}

static void HPDF_STDCALL release(void *memory)
{
    free(memory);
}

/* The longest text that the library takes is 65,535 bytes; four of them hold any character. */
#define STRING_BYTES_MAX 60000

void *pdf_string(struct pdf *pdf, const char *text)
{
    const char *end = text + strlen(text);
    struct buf utf16;
    HPDF_Binary binary;

    buf_init(&utf16, STRING_BYTES_MAX + 4);
    buf_add(&utf16, "\xFE\xFF", 2);
    while (text < end && utf16.len < STRING_BYTES_MAX) {
        uint32_t c = font_next(&text, end);

        if (c > 0xFFFF) {
            uint32_t high = 0xD800 + ((c - 0x10000) >> 10);

            buf_putc(&utf16, (char)(high >> 8));
            buf_putc(&utf16, (char)high);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        buf_putc(&utf16, (char)(c >> 8));
        buf_putc(&utf16, (char)c);
    }
    binary = HPDF_Binary_New(pdf->doc->mmgr, (HPDF_BYTE *)utf16.data, (HPDF_UINT)utf16.len);
    buf_free(&utf16);
    return binary;
}

static void set_info(struct pdf *pdf, const struct pdf_info *info)
{
    struct civil date = day_civil(info->date);
    HPDF_Date when = {date.year, date.month, date.mday, 0, 0, 0, '+', 7, 0};
    const struct {
        const char *key, *text;
    } texts[] = {{"Title", info->title},
                 {"Author", info->author},
                 {"Subject", info->subject},
                 {"Keywords", info->keywords},
                 {"Creator", "dxready"}};

    HPDF_SetInfoDateAttr(pdf->doc, HPDF_INFO_CREATION_DATE, when);
    HPDF_SetInfoDateAttr(pdf->doc, HPDF_INFO_MOD_DATE, when);
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        if (texts[i].text)
            HPDF_Dict_Add(pdf->doc->info, texts[i].key, pdf_string(pdf, texts[i].text));
}

static void set_catalog(struct pdf *pdf, enum lang lang)
{
    HPDF_Dict viewer = HPDF_Dict_New(pdf->doc->mmgr);

    HPDF_Dict_AddBoolean(viewer, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_Add(pdf->doc->catalog, "ViewerPreferences", viewer);
    HPDF_Dict_Add(pdf->doc->catalog, "Lang",
                  HPDF_String_New(pdf->doc->mmgr, lang == LANG_VI ? "vi-VN" : "en", NULL));
}

struct pdf *pdf_new(const struct pdf_info *info)
{
    struct pdf *pdf = xmalloc(sizeof(*pdf));

    memset(pdf, 0, sizeof(*pdf));
    arena_init(&pdf->arena);
    pdf->owners_end = &pdf->owners;
    /* No pool: with one, the library keeps what it frees. */
    pdf->doc = HPDF_NewEx(NULL, allocate, release, 0, NULL);
    pdf->doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(pdf->doc, HPDF_COMP_ALL);
    if (info->mark)
        pdf->mark = arena_strdup(&pdf->arena, info->mark);
    set_info(pdf, info);
    set_catalog(pdf, info->lang);
    return pdf;
}

void pdf_free(struct pdf *pdf)
{
    if (!pdf)
        return;
    HPDF_Free(pdf->doc);
    arena_free(&pdf->arena);
    free(pdf->pages);
    free(pdf);
}

size_t pdf_page_add(struct pdf *pdf, double width, double height)
{
    struct pdf_page *page;

    if (pdf->count == PDF_PAGES_MAX) {
        pdf->is_too_long = true;
        return pdf->count - 1;
    }
    if (pdf->page)
        pdf_unmark(pdf);
    if (pdf->count == pdf->cap) {
        pdf->cap = pdf->cap ? 2 * pdf->cap : 16;
        pdf->pages = xrealloc(pdf->pages, pdf->cap * sizeof(*pdf->pages));
    }
    page = &pdf->pages[pdf->count];
    *page = (struct pdf_page){.page = HPDF_AddPage(pdf->doc), .height = height};
    pdf->page = page;
    if (page->page) { /* else the library failed before, and pdf_finish() will tell */
        HPDF_Page_SetWidth(page->page, (HPDF_REAL)width);
        HPDF_Page_SetHeight(page->page, (HPDF_REAL)height);
    }
    return pdf->count++;
}

void pdf_page_select(struct pdf *pdf, size_t page)
{
    pdf_unmark(pdf);
    if (page < pdf->count)
        pdf->page = &pdf->pages[page];
}

void pdf_write(struct pdf *pdf, const char *operators)
{
    HPDF_Page page = pdf->page->page;

    if (page)
        HPDF_Stream_WriteStr(((HPDF_PageAttr)page->attr)->stream, operators);
}

/* Hundredths of a point are finer than any printer, and shorter in the file. */
static HPDF_REAL place(double length)
{
    return (HPDF_REAL)(round(length * 100) / 100);
}

static void set_fill(struct pdf_page *page, enum colour colour)
{
    uint32_t rgb = colour_rgb(colour);

    if (page->fill != colour)
        HPDF_Page_SetRGBFill(page->page, (HPDF_REAL)(rgb >> 16) / 255,
                             (HPDF_REAL)(rgb >> 8 & 255) / 255, (HPDF_REAL)(rgb & 255) / 255);
    page->fill = colour;
}

static void set_line(struct pdf_page *page, const struct paint *paint)
{
    static const HPDF_UINT16 dashes[] = {3, 2};
    uint32_t rgb = colour_rgb(paint->line);

    if (page->line != paint->line)
        HPDF_Page_SetRGBStroke(page->page, (HPDF_REAL)(rgb >> 16) / 255,
                               (HPDF_REAL)(rgb >> 8 & 255) / 255, (HPDF_REAL)(rgb & 255) / 255);
    page->line = paint->line;
    if (page->line_width != paint->width)
        HPDF_Page_SetLineWidth(page->page, (HPDF_REAL)paint->width);
    page->line_width = paint->width;
    if (page->is_dashed != paint->is_dashed)
        HPDF_Page_SetDash(page->page, paint->is_dashed ? dashes : NULL, paint->is_dashed ? 2 : 0,
                          0);
    page->is_dashed = paint->is_dashed;
}

static void add_step(struct pdf_page *page, const struct path_step *step)
{
    double height = page->height;

    switch (step->kind) {
    case STEP_MOVE:
        HPDF_Page_MoveTo(page->page, place(step->to.x), place(height - step->to.y));
        break;
    case STEP_LINE:
        HPDF_Page_LineTo(page->page, place(step->to.x), place(height - step->to.y));
        break;
    case STEP_CURVE:
        HPDF_Page_CurveTo(page->page, place(step->c1.x), place(height - step->c1.y),
                          place(step->c2.x), place(height - step->c2.y), place(step->to.x),
                          place(height - step->to.y));
        break;
    case STEP_CLOSE:
        HPDF_Page_ClosePath(page->page);
        break;
    }
}

void pdf_path(struct pdf *pdf, const struct path_step *steps, size_t count,
              const struct paint *paint)
{
    struct pdf_page *page = pdf->page;

    if (!count || (!paint->fill && !paint->line))
        return;
    if (paint->fill)
        set_fill(page, paint->fill);
    if (paint->line)
        set_line(page, paint);
    for (size_t i = 0; i < count; i++)
        add_step(page, &steps[i]);
    if (paint->fill && paint->line)
        HPDF_Page_FillStroke(page->page);
    else if (paint->fill)
        HPDF_Page_Fill(page->page);
    else
        HPDF_Page_Stroke(page->page);
}

/* The library cuts out the glyphs whose widths were asked for. */
static void use_glyph(struct pdf *pdf, enum face face, unsigned code)
{
    const HPDF_FontAttr attr = pdf->fonts[face]->attr;

    if (!pdf->is_used[face])
        pdf->is_used[face] = ARENA_ARRAY(&pdf->arena, bool, font_code_last() + 1);
    if (!pdf->is_used[face][code])
        HPDF_TTFontDef_GetCharWidth(attr->fontdef, (HPDF_UINT16)font_code_picture(code));
    pdf->is_used[face][code] = true;
}

/* A byte of a literal string (ISO 32000-1, 7.3.4.2). */
static char *put_byte(char *at, unsigned char byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        *at++ = '\\';
    if (byte != '\r') {
        *at++ = (char)byte;
        return at;
    }
    *at++ = '\\';
    *at++ = 'r';
    return at;
}

#define CODES_AT_ONCE 500

/* Shows a text by its codes. The library would write them in hexadecimal, twice as long, and look
 * each width up anew. */
static void show(struct pdf *pdf, enum face face, const char *text, const char *end)
{
    HPDF_Stream stream = ((HPDF_PageAttr)pdf->page->page->attr)->stream;
    char codes[4 * CODES_AT_ONCE + 8], *at = codes;
    size_t count = 0;

    while (text < end) {
        uint32_t c = font_next(&text, end);

        if (!font_is_invisible(c)) {
            unsigned code = font_code(c);
            unsigned char bytes[2];

            use_glyph(pdf, face, code);
            pdf_code_bytes(code, bytes);
            if (!count++) {
                at = codes;
                *at++ = '(';
            }
            at = put_byte(put_byte(at, bytes[0]), bytes[1]);
        }
        if (count == CODES_AT_ONCE || (text == end && count)) {
            memcpy(at, ") Tj\n", 5);
            HPDF_Stream_Write(stream, (const HPDF_BYTE *)codes, (HPDF_UINT)(at + 5 - codes));
            count = 0;
        }
    }
}

void pdf_text(struct pdf *pdf, struct point at, const struct lettering *lettering, const char *text,
              size_t len)
{
    struct pdf_page *page = pdf->page;
    HPDF_Font font = pdf_font(pdf, lettering->face);
    double width = 0;

    if (!len || !font)
        return;
    if (lettering->anchor != ANCHOR_START)
        width = font_text_width(lettering->face, lettering->size, text, len);
    if (lettering->anchor == ANCHOR_MIDDLE)
        width /= 2;
    set_fill(page, lettering->colour);
    HPDF_Page_BeginText(page->page);
    if (page->face != lettering->face || page->size != lettering->size)
        HPDF_Page_SetFontAndSize(page->page, font, (HPDF_REAL)lettering->size);
    page->face = lettering->face;
    page->size = lettering->size;
    HPDF_Page_MoveTextPos(page->page, place(at.x - width), place(page->height - at.y));
    if (page->page)
        show(pdf, lettering->face, text, text + len);
    HPDF_Page_EndText(page->page);
}

/* Not packed: it is filled in later. 0 is paper, as in what prints one ink. The library's own
 * pictures of one bit are packed always. */
static HPDF_Image new_stamp(struct pdf *pdf)
{
    static const HPDF_BYTE blank[STAMP_PICTURE_BYTES];
    HPDF_Dict image = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);
    HPDF_Array decode = HPDF_Array_New(pdf->doc->mmgr);

    if (!image)
        return NULL;
    image->header.obj_class |= HPDF_OSUBCLASS_XOBJECT;
    HPDF_Dict_AddName(image, "Type", "XObject");
    HPDF_Dict_AddName(image, "Subtype", "Image");
    HPDF_Dict_AddName(image, "ColorSpace", "DeviceGray");
    HPDF_Dict_AddNumber(image, "Width", QR_STAMP_SIZE);
    HPDF_Dict_AddNumber(image, "Height", QR_STAMP_SIZE);
    HPDF_Dict_AddNumber(image, "BitsPerComponent", 1);
    HPDF_Array_AddNumber(decode, 1);
    HPDF_Array_AddNumber(decode, 0);
    HPDF_Dict_Add(image, "Decode", decode);
    HPDF_Stream_Write(image->stream, blank, sizeof(blank));
    return image;
}

void pdf_stamp(struct pdf *pdf, struct box box)
{
    struct pdf_page *page = pdf->page;

    if (!pdf->stamp)
        pdf->stamp = new_stamp(pdf);
    if (pdf->stamp)
        HPDF_Page_DrawImage(page->page, pdf->stamp, (HPDF_REAL)place(box.x),
                            (HPDF_REAL)place(page->height - box.y - box.height),
                            (HPDF_REAL)place(box.width), (HPDF_REAL)place(box.height));
}

enum status pdf_finish(struct pdf *pdf, struct buf *out, struct err *err)
{
    size_t start = out->len;

    if (pdf->count && !pdf->is_too_long) {
        pdf_unmark(pdf);
        pdf_tree_finish(pdf);
        pdf_fonts_finish(pdf);
        HPDF_AddPageLabel(pdf->doc, 0, HPDF_PAGE_NUM_STYLE_DECIMAL, 1, NULL);
        if (HPDF_GetError(pdf->doc) == HPDF_OK)
            pdf_save(pdf, out);
    }
    if (pdf->is_too_long || out->len - start > PDF_BYTES_MAX)
        return err_set(err, LIMIT, "Tài liệu PDF quá dài: tối đa %d trang và %zu MB.",
                       "The PDF document is too long: at most %d pages and %zu MB.", PDF_PAGES_MAX,
                       PDF_BYTES_MAX >> 20);
    if (out->len == start || HPDF_GetError(pdf->doc) != HPDF_OK)
        return err_set(err, FAILED, "Không tạo được tài liệu PDF (mã lỗi %lX).",
                       "The PDF document could not be made (code %lX).",
                       (unsigned long)HPDF_GetError(pdf->doc));
    if (out->is_full)
        return err_set(err, LIMIT, "Tài liệu PDF lớn hơn giới hạn %zu byte.",
                       "The PDF document is larger than the limit of %zu bytes.", out->max);
    return OK;
}

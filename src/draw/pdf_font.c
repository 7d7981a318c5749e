#include "pdf_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

/*
 * libharu's own UTF-8 encoder looks 65,536 characters up in every face of every document (4.6 ms)
 * and embeds a map of as many entries. Ours knows only the codes of font.h, so that a face opens in
 * 0.1 ms. A text is given as its codes, two bytes each; neither byte may be 0, since the library
 * takes texts that end with one.
 */
#define ENCODING "dxready"

static HPDF_BOOL is_any_byte(HPDF_Encoder encoder, HPDF_BYTE byte)
{
    (void)encoder;
    (void)byte;
    return HPDF_TRUE;
}

static HPDF_STATUS encoder_init(HPDF_Encoder encoder)
{
    HPDF_STATUS status = HPDF_CMapEncoder_InitAttr(encoder);
    HPDF_CMapEncoderAttr attr = encoder->attr;

    if (status != HPDF_OK)
        return status;
    /* One code more than there are: the library leaves the last one out of its tables. */
    for (unsigned code = 0; code <= font_code_last() + 1; code++) {
        unsigned char b[2];

        pdf_code_bytes(code, b);
        attr->cid_map[b[1]][b[0]] = (HPDF_UINT16)(b[0] << 8 | b[1]);
        attr->unicode_map[b[1]][b[0]] =
            code > font_code_last() ? 0x20 : (HPDF_UNICODE)font_code_picture(code);
    }
    attr->is_lead_byte_fn = is_any_byte;
    attr->is_trial_byte_fn = is_any_byte;
    snprintf(attr->registry, sizeof(attr->registry), "Adobe");
    /* What makes the library choose Identity-H. */
    snprintf(attr->ordering, sizeof(attr->ordering), "Identity-H");
    encoder->type = HPDF_ENCODER_TYPE_DOUBLE_BYTE;
    return HPDF_OK;
}

/* Codes whose meanings rise one by one, as a range of a CMap may. */
struct run {
    unsigned first, last;
};

#define RUNS_MAX 300

static unsigned find_runs(struct run *runs)
{
    unsigned count = 0;
    uint32_t before = 0;

    for (unsigned code = 0; code <= font_code_last(); code++) {
        uint32_t meaning = font_code_meaning(code);
        bool continues = code % 255 != 0 && meaning == before + 1 && (meaning & 0xff) != 0;

        if (!continues && count < RUNS_MAX)
            runs[count++].first = code;
        runs[count - 1].last = code;
        before = meaning;
    }
    return count;
}

static void put_ranges(struct buf *out)
{
    struct run runs[RUNS_MAX];
    unsigned count = find_runs(runs);

    for (unsigned i = 0; i < count; i++) {
        unsigned char from[2], to[2];

        if (i % 100 == 0) /* the most that one list may have */
            buf_printf(out, "%s%u beginbfrange\n", i ? "endbfrange\n" : "",
                       count - i < 100 ? count - i : 100);
        pdf_code_bytes(runs[i].first, from);
        pdf_code_bytes(runs[i].last, to);
        buf_printf(out, "<%02X%02X> <%02X%02X> <%04X>\n", from[0], from[1], to[0], to[1],
                   (unsigned)font_code_meaning(runs[i].first));
    }
    buf_puts(out, "endbfrange\n");
}

/* The library's map from codes to characters is no valid CMap (libharu #290): a right one stands in
 * its place. */
static void repair_to_unicode(HPDF_Dict cmap)
{
    static const char *const keys[] = {"Type", "CMapName", "CIDSystemInfo", "WMode"};
    struct buf text;

    buf_init(&text, 1 << 16);
    buf_puts(&text, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    put_ranges(&text);
    buf_puts(&text, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    HPDF_MemStream_FreeData(cmap->stream);
    HPDF_Stream_Write(cmap->stream, (const HPDF_BYTE *)buf_text(&text), (HPDF_UINT)text.len);
    buf_free(&text);
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
        HPDF_Dict_RemoveElement(cmap, keys[i]);
}

/* "Roboto-Bold" for "Roboto-Bold,Bold", and no flag that makes viewers embolden it once more. */
static void mend_definition(HPDF_FontDef def, enum face face)
{
    char tag[] = "DXRDYA";

    def->base_font[strcspn(def->base_font, ",")] = '\0';
    def->flags &= ~(HPDF_UINT)HPDF_FONT_FOURCE_BOLD;
    tag[5] = (char)('A' + (int)face);
    HPDF_TTFontDef_SetTagName(def, tag);
}

static HPDF_FontDef load_definition(struct pdf *pdf, enum face face)
{
    static const HPDF_BYTE padding[16];
    const struct asset *file = asset_find(font_files, font_files_count, font_faces[face].file);
    HPDF_UINT len = (HPDF_UINT)file->len;
    HPDF_Stream stream = HPDF_MemStream_New(pdf->doc->mmgr, len + sizeof(padding));
    HPDF_FontDef def;

    HPDF_Stream_Write(stream, file->data, len);
    /* An empty glyph may stand at the end, where the library must not look: it fails. */
    HPDF_Stream_Write(stream, padding, sizeof(padding));
    def = HPDF_TTFontDef_Load(pdf->doc->mmgr, stream, HPDF_TRUE);
    if (!def)
        return NULL;
    mend_definition(def, face);
    return HPDF_List_Add(pdf->doc->fontdef_list, def) == HPDF_OK ? def : NULL;
}

static void mend_font(struct pdf *pdf, HPDF_Font font)
{
    HPDF_FontAttr attr = font->attr;
    HPDF_Dict system = HPDF_Dict_GetItem(attr->descendant_font, "CIDSystemInfo", HPDF_OCLASS_DICT);

    HPDF_Dict_Add(system, "Ordering", HPDF_String_New(pdf->doc->mmgr, "Identity", NULL));
    repair_to_unicode(attr->cmap_stream);
}

HPDF_Font pdf_font(struct pdf *pdf, enum face face)
{
    HPDF_FontDef def;

    if (pdf->fonts[face] || HPDF_GetError(pdf->doc) != HPDF_OK)
        return pdf->fonts[face];
    if (!HPDF_Doc_FindEncoder(pdf->doc, ENCODING))
        HPDF_Doc_RegisterEncoder(
            pdf->doc, HPDF_CMapEncoder_New(pdf->doc->mmgr, (char[]){ENCODING}, encoder_init));
    def = load_definition(pdf, face);
    if (def)
        pdf->fonts[face] = HPDF_GetFont(pdf->doc, def->base_font, ENCODING);
    if (pdf->fonts[face])
        mend_font(pdf, pdf->fonts[face]);
    return pdf->fonts[face];
}

/*
 * The glyphs that the document uses, as the library cuts them out. It then goes back to each table
 * for its check sum, also to the last one, which is empty here; but a stream of the library refuses
 * to go to its own end where that is the end of a chunk of 4,096 bytes. So in one document of some
 * thousands saving fails, and is tried again with one more glyph: another length.
 */
static HPDF_Dict save_glyphs(struct pdf *pdf, HPDF_FontDef def)
{
    HPDF_TTFontDefAttr attr = def->attr;
    HPDF_Dict file = HPDF_DictStream_New(pdf->doc->mmgr, pdf->doc->xref);

    for (unsigned code = 1; HPDF_TTFontDef_SaveFontData(def, file->stream) != HPDF_OK; code++) {
        if (code > font_codes)
            return file; /* the document keeps the fault */
        HPDF_ResetError(pdf->doc);
        HPDF_MemStream_FreeData(file->stream);
        HPDF_TTFontDef_GetCharWidth(def, (HPDF_UINT16)font_code_picture(code));
    }
    HPDF_Dict_AddNumber(file, "Length1", (HPDF_INT32)attr->length1);
    file->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    return file;
}

/* The library's own descriptor lacks the height of capitals, which is required. */
static void describe(struct pdf *pdf, enum face face)
{
    HPDF_FontAttr font = pdf->fonts[face]->attr;
    HPDF_FontDef def = font->fontdef;
    HPDF_TTFontDefAttr attr = def->attr;
    HPDF_Dict d = HPDF_Dict_New(pdf->doc->mmgr);

    HPDF_Xref_Add(pdf->doc->xref, d);
    HPDF_Dict_AddName(d, "Type", "FontDescriptor");
    HPDF_Dict_AddName(d, "FontName", attr->base_font);
    HPDF_Dict_AddNumber(d, "Flags", (HPDF_INT32)def->flags);
    HPDF_Dict_Add(d, "FontBBox", HPDF_Box_Array_New(pdf->doc->mmgr, def->font_bbox));
    HPDF_Dict_AddNumber(d, "ItalicAngle", face == FACE_ITALIC ? -12 : 0);
    HPDF_Dict_AddNumber(d, "Ascent", font_faces[face].ascent);
    HPDF_Dict_AddNumber(d, "Descent", font_faces[face].descent);
    HPDF_Dict_AddNumber(d, "CapHeight", font_faces[face].cap_height);
    HPDF_Dict_AddNumber(d, "StemV", face == FACE_BOLD ? 140 : 88);
    HPDF_Dict_Add(d, "FontFile2", save_glyphs(pdf, def));
    def->descriptor = d;
}

void pdf_fonts_finish(struct pdf *pdf)
{
    for (int face = 0; face < FACE__MAX; face++)
        if (pdf->fonts[face])
            describe(pdf, (enum face)face);
}

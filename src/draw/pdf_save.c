#include "pdf_parts.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "draw/stamp.h"

/*
 * Writes the finished document with object streams and a cross-reference stream (ISO 32000-1, 7.5.7
 * and 7.5.8), which the library's own writer does not know. A tagged report has some thousand
 * small objects; packed they take a tenth of their room, so a file is about half as large. The
 * objects' own bytes are the library's.
 */

/* Readers unpack a whole object stream to see one object: not too many in one. */
#define PACK_OBJECTS_MAX 200

#define STREAM_CHUNK 4096

/* The library adds objects while it writes fonts: some for each face, never so many. */
#define LATE_OBJECTS_MAX 1000

/* Where an object stands: at a place of the file, or in a pack. */
struct entry {
    int type; /* 0 none, 1 place, 2 pack */
    size_t where;
    size_t index; /* in the pack */
};

/* Objects that are written together, once the numbers of all objects are known. */
struct pack {
    struct pack *next;
    HPDF_Stream bodies;
    struct buf heads; /* "number offset " of each */
    size_t count;
    size_t ids[PACK_OBJECTS_MAX];
};

struct saver {
    struct pdf *pdf;
    struct buf *out;
    size_t start; /* of the document in `out` */
    struct entry *entries;
    size_t count, cap; /* of entries: objects of the document, then packs and the references */
    struct pack *first, **end, *open;
    size_t stamp; /* where its picture stands */
};

static size_t object_id(void *object)
{
    return ((HPDF_Obj_Header *)object)->obj_id & 0x00ffffff;
}

/* The text of streams belongs to themselves, and their lengths are known only behind them. */
static bool is_packable(void *object)
{
    unsigned kind = ((HPDF_Obj_Header *)object)->obj_class & HPDF_OCLASS_ANY;

    if (kind == HPDF_OCLASS_DICT)
        return !((HPDF_Dict)object)->stream;
    return kind == HPDF_OCLASS_ARRAY;
}

static void copy_stream(HPDF_Stream stream, struct buf *out)
{
    HPDF_UINT count = HPDF_MemStream_GetBufCount(stream);

    for (HPDF_UINT i = 0; i < count; i++) {
        HPDF_UINT len;
        HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &len);

        buf_add(out, bytes, len);
    }
}

static void begin_object(struct saver *s, size_t id)
{
    s->entries[id] = (struct entry){1, s->out->len - s->start, 0};
    buf_printf(s->out, "%zu 0 obj\n", id);
}

/* An object of its own, as the library would write it. */
static void write_object(struct saver *s, size_t id, void *object)
{
    HPDF_Stream text = HPDF_MemStream_New(s->pdf->doc->mmgr, STREAM_CHUNK);

    begin_object(s, id);
    if (text) {
        HPDF_Obj_WriteValue(object, text, NULL);
        copy_stream(text, s->out);
        HPDF_Stream_Free(text);
    }
    if (object == s->pdf->stamp)
        s->stamp = s->out->len - s->start - STAMP_PICTURE_BYTES - strlen("\nendstream");
    buf_puts(s->out, "\nendobj\n");
}

/* A lack of memory ends the program here, too: a stream that is left out breaks the document. */
static void *take_memory(void *unused, unsigned count, unsigned size)
{
    (void)unused;
    return xmalloc((size_t)count * size);
}

static void give_memory(void *unused, void *memory)
{
    (void)unused;
    free(memory);
}

/* As compress() of the library, which fails where there is no memory. Returns the length. */
static size_t deflate_all(const struct buf *bytes, unsigned char *packed, size_t room)
{
    z_stream z = {.zalloc = take_memory, .zfree = give_memory};

    (void)deflateInit(&z, Z_DEFAULT_COMPRESSION);
    z.next_in = (unsigned char *)(uintptr_t)buf_text(bytes);
    z.avail_in = (uInt)bytes->len;
    z.next_out = packed;
    z.avail_out = (uInt)room;
    (void)deflate(&z, Z_FINISH);
    (void)deflateEnd(&z);
    return z.total_out;
}

/* A stream of ours: its dictionary without the length, and its bytes, deflated. */
static void write_packed_stream(struct buf *out, const char *dictionary, const struct buf *bytes)
{
    size_t room = compressBound(bytes->len);
    unsigned char *packed = xmalloc(room);
    size_t len = deflate_all(bytes, packed, room);

    buf_printf(out, "<</Type%s/Filter/FlateDecode/Length %zu>>stream\n", dictionary, len);
    buf_add(out, packed, len);
    buf_puts(out, "\nendstream\nendobj\n");
    free(packed);
}

static struct pack *open_pack(struct saver *s)
{
    struct pack *pack = ARENA_NEW(&s->pdf->arena, struct pack);

    pack->bodies = HPDF_MemStream_New(s->pdf->doc->mmgr, STREAM_CHUNK);
    buf_init(&pack->heads, PDF_BYTES_MAX);
    *s->end = pack;
    s->end = &pack->next;
    return pack;
}

static void pack_object(struct saver *s, size_t id, void *object)
{
    struct pack *pack = s->open;

    if (!pack || pack->count == PACK_OBJECTS_MAX)
        pack = s->open = open_pack(s);
    if (!pack->bodies) /* no memory: the library keeps the fault for pdf_finish() */
        return;
    buf_printf(&pack->heads, "%zu %u ", id, (unsigned)pack->bodies->size);
    pack->ids[pack->count++] = id;
    HPDF_Obj_WriteValue(object, pack->bodies, NULL);
    HPDF_Stream_WriteChar(pack->bodies, '\n');
}

static void write_objects(struct saver *s)
{
    HPDF_Xref xref = s->pdf->doc->xref;

    for (HPDF_UINT i = 1; i < xref->entries->count && i < s->cap; i++) {
        HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref, i);

        if (!entry || !entry->obj)
            continue;
        if (is_packable(entry->obj))
            pack_object(s, i, entry->obj);
        else
            write_object(s, i, entry->obj);
    }
    s->count = xref->entries->count;
    if (s->count > s->cap) { /* told by pdf_finish() */
        s->pdf->is_too_long = true;
        s->count = s->cap;
    }
}

static void write_pack(struct saver *s, struct pack *pack)
{
    size_t id = s->count++;
    char dictionary[80];
    struct buf bytes;

    buf_init(&bytes, PDF_BYTES_MAX);
    buf_add(&bytes, buf_text(&pack->heads), pack->heads.len);
    copy_stream(pack->bodies, &bytes);
    for (size_t i = 0; i < pack->count; i++)
        s->entries[pack->ids[i]] = (struct entry){2, id, i};
    begin_object(s, id);
    snprintf(dictionary, sizeof(dictionary), "/ObjStm/N %zu/First %zu", pack->count,
             pack->heads.len);
    write_packed_stream(s->out, dictionary, &bytes);
    buf_free(&bytes);
}

static void write_packs(struct saver *s)
{
    for (struct pack *pack = s->first; pack; pack = pack->next) {
        if (pack->bodies) {
            write_pack(s, pack);
            HPDF_Stream_Free(pack->bodies);
        }
        buf_free(&pack->heads);
    }
}

/* Big-endian, as many bytes as asked for. */
static void add_number(struct buf *out, size_t number, int bytes)
{
    while (bytes-- > 0)
        buf_putc(out, (char)(number >> (8 * bytes) & 0xff));
}

static void write_cross_references(struct saver *s)
{
    size_t id = s->count++, place = s->out->len - s->start;
    char dictionary[160];
    struct buf table;

    begin_object(s, id);
    buf_init(&table, PDF_BYTES_MAX);
    for (size_t i = 0; i < s->count; i++) {
        add_number(&table, (size_t)s->entries[i].type, 1);
        add_number(&table, s->entries[i].where, 4);
        add_number(&table, s->entries[i].index, 2);
    }
    snprintf(dictionary, sizeof(dictionary), "/XRef/Size %zu/W[1 4 2]/Root %zu 0 R/Info %zu 0 R",
             s->count, object_id(s->pdf->doc->catalog), object_id(s->pdf->doc->info));
    write_packed_stream(s->out, dictionary, &table);
    buf_free(&table);
    if (s->pdf->stamp)
        stamp_put_text(s->out, s->stamp);
    buf_printf(s->out, "startxref\n%zu\n%%%%EOF\n", place);
}

void pdf_save(struct pdf *pdf, struct buf *out)
{
    struct saver s = {.pdf = pdf,
                      .out = out,
                      .start = out->len,
                      .cap = pdf->doc->xref->entries->count + LATE_OBJECTS_MAX};

    s.end = &s.first;
    s.entries = ARENA_ARRAY(&pdf->arena, struct entry, s.cap + s.cap / PACK_OBJECTS_MAX + 2);
    buf_puts(out, "%PDF-1.7\n%\xb5\xb6\xb7\xb8\n%dxready");
    if (pdf->mark)
        buf_printf(out, " %s", pdf->mark);
    buf_putc(out, '\n');
    if (pdf->stamp)
        buf_puts(out, STAMP_MARK);
    write_objects(&s);
    write_packs(&s);
    write_cross_references(&s);
}

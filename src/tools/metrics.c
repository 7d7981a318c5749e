/*
 * Reads the widths out of the faces that hb-subset made: metrics CHARACTERS FACE.ttf... > out.c
 * makes `font_ranges` and `font_faces` (see report/font.h). It fails where a face lacks a character
 * of the list, and where a glyph is a composite of composites: libharu drops the inner glyph, and
 * letters lose their marks without a word.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANGES_MAX 200
#define FILE_MAX (4u << 20)

struct range {
    unsigned first, last;
};

struct face {
    const char *path;
    unsigned char *data;
    size_t len;
    size_t cmap, glyf, loca, hmtx, head, hhea, os2; /* offsets of the tables */
    unsigned units;                                 /* per em */
    unsigned long_metrics;                          /* entries of hmtx that have a width */
    bool has_long_loca;
};

static void die(const struct face *face, const char *what, unsigned long detail)
{
    fprintf(stderr, "metrics: %s: %s (%lX)\n", face->path, what, detail);
    exit(1);
}

static unsigned get16(const struct face *face, size_t at)
{
    if (at + 2 > face->len)
        die(face, "the file ends too early", at);
    return (unsigned)(face->data[at] << 8 | face->data[at + 1]);
}

static size_t get32(const struct face *face, size_t at)
{
    return (size_t)get16(face, at) << 16 | get16(face, at + 2);
}

static int get_signed(const struct face *face, size_t at)
{
    return (int16_t)get16(face, at);
}

static size_t table(const struct face *face, const char *tag)
{
    unsigned count = get16(face, 4);

    for (unsigned i = 0; i < count; i++) {
        size_t at = 12 + 16 * (size_t)i;

        get32(face, at + 12);
        if (memcmp(face->data + at, tag, 4) == 0)
            return get32(face, at + 8);
    }
    die(face, tag, 0);
    return 0;
}

/* The subtable (3, 1) of format 4: the only one that libharu reads. */
static size_t unicode_map(const struct face *face, size_t cmap)
{
    unsigned count = get16(face, cmap + 2);

    for (unsigned i = 0; i < count; i++) {
        size_t at = cmap + 4 + 8 * (size_t)i;
        size_t map = cmap + get32(face, at + 4);

        if (get16(face, at) == 3 && get16(face, at + 2) == 1 && get16(face, map) == 4)
            return map;
    }
    die(face, "no character map of format 4", 0);
    return 0;
}

static void face_read(struct face *face, const char *path)
{
    FILE *in = fopen(path, "rb");

    face->path = path;
    face->data = malloc(FILE_MAX);
    if (!in || !face->data)
        die(face, "cannot be read", 0);
    face->len = fread(face->data, 1, FILE_MAX, in);
    fclose(in);
    face->head = table(face, "head");
    face->hhea = table(face, "hhea");
    face->hmtx = table(face, "hmtx");
    face->glyf = table(face, "glyf");
    face->loca = table(face, "loca");
    face->os2 = table(face, "OS/2");
    face->cmap = unicode_map(face, table(face, "cmap"));
    face->units = get16(face, face->head + 18);
    face->has_long_loca = get16(face, face->head + 50) != 0;
    face->long_metrics = get16(face, face->hhea + 34);
}

static unsigned glyph_of(const struct face *face, unsigned character)
{
    unsigned twice = get16(face, face->cmap + 6);
    size_t ends = face->cmap + 14, starts = ends + twice + 2;

    for (size_t at = 0; at < twice; at += 2) {
        unsigned start = get16(face, starts + at);
        unsigned delta = get16(face, starts + twice + at);
        size_t offset_at = starts + 2 * (size_t)twice + at;
        unsigned offset = get16(face, offset_at), glyph;

        if (character > get16(face, ends + at))
            continue;
        if (character < start)
            return 0;
        if (!offset)
            return (character + delta) & 0xffff;
        glyph = get16(face, offset_at + offset + 2 * (size_t)(character - start));
        return glyph ? (glyph + delta) & 0xffff : 0;
    }
    return 0;
}

/* As libharu computes it, so that what is measured is what the viewer does. */
static unsigned width_of(const struct face *face, unsigned glyph)
{
    unsigned at = glyph < face->long_metrics ? glyph : face->long_metrics - 1;

    return get16(face, face->hmtx + 4 * (size_t)at) * 1000 / face->units;
}

static size_t glyph_place(const struct face *face, unsigned glyph)
{
    return face->glyf + (face->has_long_loca ? get32(face, face->loca + 4 * (size_t)glyph)
                                             : 2 * (size_t)get16(face, face->loca + 2 * glyph));
}

static bool is_composite(const struct face *face, unsigned glyph)
{
    size_t at = glyph_place(face, glyph);

    return at != glyph_place(face, glyph + 1) && get_signed(face, at) < 0;
}

static void check_parts(const struct face *face, unsigned glyph, unsigned character)
{
    size_t at = glyph_place(face, glyph) + 10;
    unsigned flags;

    if (!is_composite(face, glyph))
        return;
    do {
        flags = get16(face, at);
        if (is_composite(face, get16(face, at + 2)))
            die(face, "a composite of composites", character);
        at += flags & 1 ? 8 : 6;
        at += flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0;
    } while (flags & 32);
}

static size_t ranges_read(const char *path, struct range *ranges)
{
    FILE *in = fopen(path, "r");
    char line[200];
    size_t count = 0;

    while (in && fgets(line, sizeof(line), in)) {
        struct range *range = &ranges[count];
        char *rest;

        if (*line == '#' || *line == '\n')
            continue;
        range->first = (unsigned)strtoul(line, &rest, 16);
        range->last = *rest == '-' ? (unsigned)strtoul(rest + 1, &rest, 16) : range->first;
        if (*rest != '\n' || range->last < range->first || ++count == RANGES_MAX ||
            (count > 1 && range->first <= ranges[count - 2].last)) {
            fprintf(stderr, "metrics: %s: %s", path, line);
            exit(1);
        }
    }
    if (!count) {
        fprintf(stderr, "metrics: %s: cannot be read\n", path);
        exit(1);
    }
    fclose(in);
    return count;
}

static void print_ranges(const struct range *ranges, size_t count)
{
    unsigned code = 1;

    printf("const struct font_range font_ranges[] = {\n");
    for (size_t i = 0; i < count; i++) {
        printf("    {0x%X, 0x%X, %u},\n", ranges[i].first, ranges[i].last, code);
        code += ranges[i].last - ranges[i].first + 1;
    }
    printf("};\nconst size_t font_range_count = %zu;\nconst unsigned font_codes = %u;\n\n", count,
           code);
}

static void print_widths(const struct face *face, int index, const struct range *ranges,
                         size_t count)
{
    unsigned printed = 1;

    printf("static const unsigned short widths_%d[] = {\n    %u,", index, width_of(face, 0));
    for (size_t i = 0; i < count; i++)
        for (unsigned c = ranges[i].first; c <= ranges[i].last; c++) {
            unsigned glyph = glyph_of(face, c);

            if (!glyph)
                die(face, "lacks a character", c);
            check_parts(face, glyph, c);
            printf("%s%u,", printed++ % 20 ? " " : "\n    ", width_of(face, glyph));
        }
    printf("\n};\n\n");
}

static int per_thousand(const struct face *face, size_t at)
{
    return get_signed(face, at) * 1000 / (int)face->units;
}

int main(int argc, char **argv)
{
    static struct range ranges[RANGES_MAX];
    struct face faces[8];
    size_t count;

    if (argc < 3 || argc > 10) {
        fprintf(stderr, "usage: metrics CHARACTERS FACE.ttf...\n");
        return 2;
    }
    count = ranges_read(argv[1], ranges);
    printf("/* Made by src/tools/metrics.c. */\n#include \"draw/font.h\"\n\n");
    print_ranges(ranges, count);
    for (int i = 2; i < argc; i++) {
        face_read(&faces[i - 2], argv[i]);
        print_widths(&faces[i - 2], i - 2, ranges, count);
    }
    printf("const struct font_face font_faces[] = {\n");
    for (int i = 0; i + 2 < argc; i++) {
        const struct face *face = &faces[i];
        const char *slash = strrchr(face->path, '/');

        printf("    {\"%s\", %d, %d, %d, widths_%d},\n", slash ? slash + 1 : face->path,
               per_thousand(face, face->hhea + 4), per_thousand(face, face->hhea + 6),
               per_thousand(face, face->os2 + 88), i);
    }
    printf("};\n");
    return 0;
}

#include "test.h"

#include <math.h>

#include "draw/font.h"
#include "draw/palette.h"

static void assert_near(double a, double b, double tolerance)
{
    if (a - b > tolerance || b - a > tolerance)
        fail_msg("%f is not %f", a, b);
}

/* A second reader of the packed faces, that shares nothing with src/tools/metrics.c. */
static const unsigned char *table_of(const struct asset *file, const char *tag)
{
    unsigned count = (unsigned)file->data[4] << 8 | file->data[5];

    for (unsigned i = 0; i < count; i++) {
        const unsigned char *entry = file->data + 12 + 16 * i;

        if (memcmp(entry, tag, 4) == 0)
            return file->data + ((size_t)entry[8] << 24 | (size_t)entry[9] << 16 |
                                 (size_t)entry[10] << 8 | entry[11]);
    }
    return NULL;
}

static unsigned at16(const unsigned char *p, size_t index)
{
    return (unsigned)p[2 * index] << 8 | p[2 * index + 1];
}

static const unsigned char *unicode_map(const struct asset *file)
{
    const unsigned char *cmap = table_of(file, "cmap");

    for (unsigned i = 0; i < at16(cmap, 1); i++) {
        const unsigned char *entry = cmap + 4 + 8 * i;
        const unsigned char *map = cmap + ((size_t)at16(entry, 2) << 16 | at16(entry, 3));

        if (at16(entry, 0) == 3 && at16(entry, 1) == 1)
            return map;
    }
    return NULL;
}

static unsigned glyph_of(const struct asset *file, unsigned character)
{
    const unsigned char *map = unicode_map(file);
    unsigned segments = at16(map, 3) / 2;
    const unsigned char *ends = map + 14, *starts = ends + 2 * segments + 2;
    const unsigned char *deltas = starts + 2 * segments, *offsets = deltas + 2 * segments;

    for (unsigned i = 0; i < segments; i++) {
        if (character > at16(ends, i))
            continue;
        if (character < at16(starts, i))
            return 0;
        if (at16(offsets, i) == 0)
            return (character + at16(deltas, i)) & 0xFFFF;
        return at16(offsets + 2 * i + at16(offsets, i), character - at16(starts, i));
    }
    return 0;
}

static const unsigned char *outline_of(const struct asset *file, unsigned glyph, bool *is_empty)
{
    const unsigned char *loca = table_of(file, "loca"), *glyf = table_of(file, "glyf");
    bool is_long = at16(table_of(file, "head"), 25) != 0;
    size_t at = is_long ? (size_t)at16(loca, 2 * glyph) << 16 | at16(loca, 2 * glyph + 1)
                        : 2 * (size_t)at16(loca, glyph);
    size_t end = is_long ? (size_t)at16(loca, 2 * glyph + 2) << 16 | at16(loca, 2 * glyph + 3)
                         : 2 * (size_t)at16(loca, glyph + 1);

    *is_empty = at == end;
    return glyf + at;
}

static bool is_composite(const struct asset *file, unsigned glyph)
{
    bool is_empty;
    const unsigned char *outline = outline_of(file, glyph, &is_empty);

    return !is_empty && at16(outline, 0) >= 0x8000;
}

/* libharu drops the parts of parts: letters would lose their marks. */
static void assert_flat(const struct asset *file, unsigned glyph, unsigned character)
{
    bool is_empty;
    const unsigned char *part = outline_of(file, glyph, &is_empty) + 10;
    unsigned flags;

    if (!is_composite(file, glyph))
        return;
    do {
        flags = at16(part, 0);
        if (is_composite(file, at16(part, 1)))
            fail_msg("%s: U+%04X is a composite of composites", file->name, character);
        part += (flags & 1 ? 8 : 6) + (flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0);
    } while (flags & 32);
}

static const struct asset *file_of(int face)
{
    return asset_find(font_files, font_files_count, font_faces[face].file);
}

static void assert_drawn(int face, unsigned character)
{
    const struct asset *file = file_of(face);
    unsigned glyph = glyph_of(file, character);

    if (!glyph)
        fail_msg("%s lacks U+%04X", file->name, character);
    assert_flat(file, glyph, character);
}

static void has_every_vietnamese_letter(void **state)
{
    static const unsigned others[] = {0x102, 0x103, 0x110, 0x111, 0x128, 0x129,
                                      0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0};
    bool is_empty;

    (void)state;
    for (int face = 0; face < FACE__MAX; face++) {
        for (unsigned c = 0x1EA0; c <= 0x1EF9; c++)
            assert_drawn(face, c);
        for (unsigned c = 0xC0; c <= 0xFF; c++)
            assert_drawn(face, c);
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
            assert_drawn(face, others[i]);
        outline_of(file_of(face), glyph_of(file_of(face), 0x1EC7), &is_empty);
        assert_false(is_empty);
    }
}

static void has_every_sign_that_reports_use(void **state)
{
    static const char signs[] = "₫€≥≤…•–—“”‘’×−±°%§²³½№\u00A0";
    const char *end = signs + strlen(signs);

    (void)state;
    for (int face = 0; face < FACE__MAX; face++)
        for (const char *at = signs; at < end;)
            assert_drawn(face, font_next(&at, end));
}

static void draws_a_box_for_what_it_lacks(void **state)
{
    static const uint32_t lacking[] = {0x1F600, 0x4E2D, 0x25A1, 0xFFFD, 0xE000, 0x3042};
    bool is_empty;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(lacking); i++)
        assert_int_equal(font_code(lacking[i]), FONT_CODE_MISSING);
    for (int face = 0; face < FACE__MAX; face++) {
        outline_of(file_of(face), 0, &is_empty);
        assert_false(is_empty);
        assert_true(font_code_width((enum face)face, 10, FONT_CODE_MISSING) > 3);
    }
}

static void codes_are_one_to_one(void **state)
{
    (void)state;
    for (unsigned code = 1; code <= font_code_last(); code++) {
        uint32_t picture = font_code_picture(code);

        assert_int_equal(font_code(font_code_meaning(code)), code);
        for (int face = 0; face < FACE__MAX; face++)
            assert_drawn(face, picture);
    }
    assert_int_equal(font_code_meaning(FONT_CODE_MISSING), 0x25A1);
}

static void keeps_what_arrows_mean(void **state)
{
    (void)state;
    assert_int_equal(font_code_meaning(font_code(0x2192)), 0x2192);
    assert_int_equal(font_code_picture(font_code(0x2192)), 0x203A);
    assert_int_equal(font_code_meaning(font_code(0x2713)), 0x2713);
}

static void widths_are_those_of_the_face(void **state)
{
    const unsigned char *hmtx = table_of(file_of(FACE_BOLD), "hmtx");
    unsigned units = at16(table_of(file_of(FACE_BOLD), "head"), 9);

    (void)state;
    for (unsigned c = 'A'; c <= 'Z'; c++) {
        unsigned advance = at16(hmtx, 2 * glyph_of(file_of(FACE_BOLD), c));

        assert_near(font_code_width(FACE_BOLD, 1000, font_code(c)), advance * 1000 / units, 0.01);
    }
    assert_near(font_text_width(FACE_BOLD, 10, "AB", 2),
                font_code_width(FACE_BOLD, 10, font_code('A')) +
                    font_code_width(FACE_BOLD, 10, font_code('B')),
                1e-9);
}

static void figures_have_one_width(void **state)
{
    (void)state;
    for (int face = 0; face < FACE__MAX; face++)
        for (char c = '1'; c <= '9'; c++)
            assert_near(font_text_width((enum face)face, 10, &c, 1),
                        font_text_width((enum face)face, 10, "0", 1), 1e-9);
}

static void what_is_invisible_takes_no_room(void **state)
{
    (void)state;
    assert_near(font_text_width(FACE_REGULAR, 10, "a\u00ADb\u200B", 7),
                font_text_width(FACE_REGULAR, 10, "ab", 2), 1e-9);
}

static void reads_broken_bytes(void **state)
{
    static const char broken[] = "\xFF\xE1\xBB\x41";
    const char *at = broken, *end = broken + 4;

    (void)state;
    assert_int_equal(font_next(&at, end), 0xFFFD);
    assert_int_equal(font_next(&at, end), 0xFFFD);
    assert_int_equal(font_next(&at, end), 0xFFFD);
    assert_int_equal(font_next(&at, end), 'A');
    assert_ptr_equal(at, end);
}

static void fits_whole_characters(void **state)
{
    static const char text[] = "đường";
    double width = font_text_width(FACE_REGULAR, 10, text, strlen("đư"));

    (void)state;
    assert_int_equal(font_text_fit(FACE_REGULAR, 10, text, strlen(text), width + 0.01),
                     strlen("đư"));
    assert_int_equal(font_text_fit(FACE_REGULAR, 10, text, strlen(text), width - 0.01),
                     strlen("đ"));
    assert_int_equal(font_text_fit(FACE_REGULAR, 10, text, strlen(text), 1000), strlen(text));
}

/* ---- Colours ---- */

/* As WCAG 2 defines it: from 1 to 21. */
static double channel(uint32_t value)
{
    double c = (value & 0xFF) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(enum colour colour)
{
    uint32_t rgb = colour_rgb(colour);

    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) + 0.0722 * channel(rgb);
}

static double contrast_of(enum colour a, enum colour b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static void text_keeps_its_contrast(void **state)
{
    static const struct {
        enum colour text, ground;
    } pairs[] = {
        {COLOUR_INK, COLOUR_PAPER},       {COLOUR_INK, COLOUR_PANEL},
        {COLOUR_INK, COLOUR_INFO_PALE},   {COLOUR_INK, COLOUR_GOOD_PALE},
        {COLOUR_INK, COLOUR_WARN_PALE},   {COLOUR_INK, COLOUR_BAD_PALE},
        {COLOUR_MUTED, COLOUR_PAPER},     {COLOUR_MUTED, COLOUR_PANEL},
        {COLOUR_MUTED, COLOUR_INFO_PALE}, {COLOUR_MUTED, COLOUR_GOOD_PALE},
        {COLOUR_MUTED, COLOUR_WARN_PALE}, {COLOUR_MUTED, COLOUR_BAD_PALE},
        {COLOUR_TITLE, COLOUR_PAPER},     {COLOUR_PAPER, COLOUR_TITLE},
        {COLOUR_SOFT, COLOUR_TITLE},      {COLOUR_SOFT, COLOUR_COVER},
        {COLOUR_PAPER, COLOUR_COVER},     {COLOUR_LINK, COLOUR_PAPER},
        {COLOUR_LINK, COLOUR_PANEL},      {COLOUR_LINK, COLOUR_GOOD_PALE},
        {COLOUR_LINK, COLOUR_WARN_PALE},  {COLOUR_LINK, COLOUR_BAD_PALE},
        {COLOUR_LINK, COLOUR_INFO_PALE},  {COLOUR_ACCENT, COLOUR_PAPER},
        {COLOUR_GOOD, COLOUR_GOOD_PALE},  {COLOUR_WARN, COLOUR_WARN_PALE},
        {COLOUR_BAD, COLOUR_BAD_PALE},    {COLOUR_INFO, COLOUR_INFO_PALE},
        {COLOUR_PAPER, COLOUR_GOOD},      {COLOUR_PAPER, COLOUR_WARN},
        {COLOUR_PAPER, COLOUR_BAD},       {COLOUR_PAPER, COLOUR_INFO},
        {COLOUR_GOOD, COLOUR_PANEL},      {COLOUR_WARN, COLOUR_PANEL},
        {COLOUR_BAD, COLOUR_PANEL},       {COLOUR_INFO, COLOUR_PANEL},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        double contrast = contrast_of(pairs[i].text, pairs[i].ground);

        if (contrast < 4.5)
            fail_msg("%06X on %06X: %.2f", colour_rgb(pairs[i].text), colour_rgb(pairs[i].ground),
                     contrast);
    }
}

static void marks_keep_their_contrast(void **state)
{
    static const struct {
        enum colour mark, ground;
    } pairs[] = {
        {COLOUR_ACCENT, COLOUR_PAPER}, {COLOUR_ACCENT, COLOUR_TRACK}, {COLOUR_PEER, COLOUR_PAPER},
        {COLOUR_PEER, COLOUR_TRACK},   {COLOUR_AXIS, COLOUR_PAPER},   {COLOUR_INK, COLOUR_TRACK},
        {COLOUR_LINK, COLOUR_PAPER},   {COLOUR_TITLE, COLOUR_PAPER},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        double contrast = contrast_of(pairs[i].mark, pairs[i].ground);

        if (contrast < 3)
            fail_msg("%06X on %06X: %.2f", colour_rgb(pairs[i].mark), colour_rgb(pairs[i].ground),
                     contrast);
    }
}

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_near(contrast_of(COLOUR_PAPER, COLOUR_PAPER), 1, 1e-9);
    /* 0B7A75 on white, by hand: luminance 0.1549, (1.05 / 0.2049). */
    assert_near(contrast_of(COLOUR_ACCENT, COLOUR_PAPER), 5.25, 0.1);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(has_every_vietnamese_letter),
    cmocka_unit_test(has_every_sign_that_reports_use),
    cmocka_unit_test(draws_a_box_for_what_it_lacks),
    cmocka_unit_test(codes_are_one_to_one),
    cmocka_unit_test(keeps_what_arrows_mean),
    cmocka_unit_test(widths_are_those_of_the_face),
    cmocka_unit_test(figures_have_one_width),
    cmocka_unit_test(what_is_invisible_takes_no_room),
    cmocka_unit_test(reads_broken_bytes),
    cmocka_unit_test(fits_whole_characters),
    cmocka_unit_test(text_keeps_its_contrast),
    cmocka_unit_test(marks_keep_their_contrast),
    cmocka_unit_test(contrast_is_that_of_wcag),
};

RUN(tests)

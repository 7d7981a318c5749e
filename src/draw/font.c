#include "draw/font.h"

#include "base/array.h"
#include "base/text.h"

/* Signs that Roboto lacks, and the nearest ones that it has. */
static const struct stand_in {
    uint16_t meaning, picture;
} stand_ins[] = {
    {0x2015, 0x2014}, /* horizontal bar: em dash */
    {0x2190, 0x2039}, /* leftwards arrow: single guillemet */
    {0x2192, 0x203A}, /* rightwards arrow: single guillemet */
    {0x21D2, 0x00BB}, /* rightwards double arrow: guillemet */
    {0x25AA, 0x2022}, /* small square: bullet */
    {0x25CB, 0x00B0}, /* white circle: degree */
    {0x25CF, 0x2022}, /* black circle: bullet */
    {0x2713, 0x221A}, /* check mark: radical */
    {0x2714, 0x221A}, /* heavy check mark: radical */
    {0x2717, 0x00D7}, /* ballot cross: multiplication sign */
    {0xF0B7, 0x2022}, /* the bullet of Word's Symbol font, which pasted text is full of */
};

#define STAND_INS ARRAY_SIZE(stand_ins)

unsigned font_code_last(void)
{
    return font_codes + (unsigned)STAND_INS - 1;
}

unsigned font_code(uint32_t character)
{
    for (size_t i = 0; i < font_range_count && character >= font_ranges[i].first; i++)
        if (character <= font_ranges[i].last)
            return font_ranges[i].code + (character - font_ranges[i].first);
    for (unsigned i = 0; i < STAND_INS; i++)
        if (stand_ins[i].meaning == character)
            return font_codes + i;
    return FONT_CODE_MISSING;
}

uint32_t font_code_meaning(unsigned code)
{
    if (code >= font_codes)
        return stand_ins[code - font_codes].meaning;
    for (size_t i = font_range_count; code != FONT_CODE_MISSING && i-- > 0;)
        if (code >= font_ranges[i].code)
            return font_ranges[i].first + (code - font_ranges[i].code);
    return 0x25A1;
}

uint32_t font_code_picture(unsigned code)
{
    return code >= font_codes ? stand_ins[code - font_codes].picture : font_code_meaning(code);
}

bool font_is_invisible(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

uint32_t font_next(const char **text, const char *end)
{
    size_t left = (size_t)(end - *text);

    if ((unsigned char)**text < 0x80)
        return (unsigned char)*(*text)++;
    if (text_valid_utf8(*text, left < 4 ? left : 4) > 0)
        return text_next(text, end);
    (*text)++;
    return 0xFFFD;
}

static unsigned width_of(enum face face, unsigned code)
{
    if (code >= font_codes)
        code = font_code(stand_ins[code - font_codes].picture);
    return font_faces[face].widths[code];
}

double font_code_width(enum face face, double size, unsigned code)
{
    return width_of(face, code) * size / 1000;
}

double font_text_width(enum face face, double size, const char *text, size_t len)
{
    const char *end = text + len;
    unsigned long sum = 0;

    while (text < end) {
        uint32_t c = font_next(&text, end);

        if (!font_is_invisible(c))
            sum += width_of(face, font_code(c));
    }
    return (double)sum * size / 1000;
}

size_t font_text_fit(enum face face, double size, const char *text, size_t len, double width)
{
    const char *at = text, *end = text + len;
    unsigned long sum = 0;

    while (at < end) {
        const char *next = at;
        uint32_t c = font_next(&next, end);

        if (!font_is_invisible(c))
            sum += width_of(face, font_code(c));
        if ((double)sum * size / 1000 > width)
            break;
        at = next;
    }
    return (size_t)(at - text);
}

#include "draw/palette.h"

#include <math.h>

static const uint32_t rgb[COLOUR__MAX] = {
    [COLOUR_NONE] = 0xFFFFFF,      [COLOUR_PAPER] = 0xFFFFFF,    [COLOUR_INK] = 0x1A2733,
    [COLOUR_MUTED] = 0x51606E,     [COLOUR_TITLE] = 0x14365C,    [COLOUR_SOFT] = 0xD5E3F2,
    [COLOUR_COVER] = 0x1B426D,     [COLOUR_ACCENT] = 0x0B7A75,   [COLOUR_PEER] = 0xB4540A,
    [COLOUR_LINK] = 0x1A5FA8,      [COLOUR_AXIS] = 0x7F8C99,     [COLOUR_GRID] = 0xD5DCE3,
    [COLOUR_TRACK] = 0xE6EBF0,     [COLOUR_PANEL] = 0xF3F6F9,    [COLOUR_GOOD] = 0x1B6B3A,
    [COLOUR_GOOD_PALE] = 0xE8F4EC, [COLOUR_WARN] = 0x8A5200,     [COLOUR_WARN_PALE] = 0xFCF2E0,
    [COLOUR_BAD] = 0xB0251C,       [COLOUR_BAD_PALE] = 0xFBEAE8, [COLOUR_INFO] = 0x1A5FA8,
    [COLOUR_INFO_PALE] = 0xE9F1FA,
};

uint32_t colour_rgb(enum colour colour)
{
    return rgb[colour];
}

static double channel(uint32_t value)
{
    double c = (value & 0xFF) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(enum colour colour)
{
    return 0.2126 * channel(rgb[colour] >> 16) + 0.7152 * channel(rgb[colour] >> 8) +
           0.0722 * channel(rgb[colour]);
}

double colour_contrast(enum colour a, enum colour b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

enum colour colour_text_on(enum colour ground)
{
    return colour_contrast(COLOUR_INK, ground) >= colour_contrast(COLOUR_PAPER, ground)
               ? COLOUR_INK
               : COLOUR_PAPER;
}

#include "draw/palette.h"

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

#include "base/crockford.h"

#include <ctype.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char crockford_letter(unsigned number)
{
    return alphabet[number % 32];
}

static char letter_meant(char c)
{
    c = (char)toupper((unsigned char)c);
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

bool crockford_parse(const char *typed, size_t count, char *code)
{
    size_t used = 0;

    for (; *typed; typed++) {
        char c = letter_meant(*typed);

        if (c == ' ' || c == '-')
            continue;
        if (!strchr(alphabet, c) || used == count)
            return false;
        code[used++] = c;
    }
    code[used] = '\0';
    return used == count;
}

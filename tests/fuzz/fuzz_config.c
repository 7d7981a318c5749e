/* Any bytes as dxready.conf: one sentence with its line, or settings that keep what config.h says.
 */
#include "fuzz.h"

#include "base/text.h"
#include "cli/config.h"

static void check_value(const char *value)
{
    size_t len = strlen(value), nfc_len;
    struct arena arena;

    MUST(len > 0 && text_valid_utf8(value, len) == len);
    MUST(*value != ' ' && value[len - 1] != ' ');
    for (const char *c = value; *c; c++)
        MUST((unsigned char)*c >= 0x20 && *c != 0x7f);
    arena_init(&arena);
    MUST(text_nfc(&arena, value, len, &nfc_len) && nfc_len == len);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cli_config config;
    struct arena arena;
    struct err err;

    arena_init(&arena);
    if (cli_config_read(&arena, "dxready.conf", (const char *)data, size, &config, &err) != OK) {
        MUST(err.status == BAD_INPUT);
        fuzz_check_err(&err);
    } else {
        for (int i = 0; i < OPTION_ID__MAX; i++) {
            MUST(!config.values[i] || cli_options[i].argument);
            if (config.values[i])
                check_value(config.values[i]);
        }
    }
    arena_free(&arena);
    return 0;
}

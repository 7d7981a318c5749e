#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "cli/cli.h"

/*
 * A file of settings that hold for an installation, one a line: `key = value`. Keys are names of
 * options (authority, contact, listen, public-url); blanks around both and one pair of quotation
 * marks around a value do not count; lines that begin with # and empty ones are passed over.
 */
struct cli_config {
    const char *values[OPTION_ID__MAX]; /* NULL: not set */
};

#define CONFIG_BYTES_MAX (64 << 10)
#define CONFIG_VALUE_CHARS_MAX 200

/*
 * Reads such a text; values are NFC, in the arena. BAD_INPUT with file and line: no UTF-8, a line
 * without '=', an unknown key (the known ones are named), one that is set twice, empty or too long.
 */
MUST_USE enum status cli_config_read(struct arena *arena, const char *path, const char *text,
                                     size_t len, struct cli_config *out, struct err *err);

/*
 * What the command takes and was not given comes from the file of --config or DXREADY_CONFIG
 * (empty: none), or from dxready.conf in the present folder if there is one. Errors: those of
 * file_read() and of cli_config_read().
 */
MUST_USE enum status cli_configure(struct cli *cli, struct err *err);

#endif

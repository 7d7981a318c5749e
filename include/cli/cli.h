#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/workspace.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fault.h"
#include "report/document.h"

/*
 * The command line. Commands and options stand in two const tables (commands.c, options.c); help,
 * manual page and completion come from them (src/tools/manual.c). A command prints its result to
 * standard output and returns a status; what went wrong is a sentence in `err`, printed by main.
 */

enum option_id {
    OPTION_HELP,
    OPTION_LANG,
    OPTION_DATA,
    OPTION_DB,
    OPTION_JSON,
    OPTION_ON,
    OPTION_OUTPUT,
    OPTION_FORCE,
    OPTION_SUMMARY,
    OPTION_ANNEX,
    OPTION_QUESTIONNAIRE,
    OPTION_ROUND,
    OPTION_STRICT,
    OPTION_REPLACE,
    OPTION_REJECTS,
    OPTION_FORMAT,
    OPTION_BY,
    OPTION_INTERNAL,
    OPTION_INCOMPLETE,
    OPTION_LEVEL,
    OPTION_AREA,
    OPTION_SECTION,
    OPTION_SIZE,
    OPTION_FORM,
    OPTION_NAME,
    OPTION_SORT,
    OPTION_LIMIT,
    OPTION_LEDGER,
    OPTION_CASES,
    OPTION_BEFORE,
    OPTION_TO,
    OPTION_ALL,
    OPTION_STORE,
    OPTION_LISTEN,
    OPTION_PUBLIC_URL,
    OPTION_AUTHORITY,
    OPTION_NOTICE,
    OPTION_CONTACT,
    OPTION_SENDMAIL,
    OPTION_MAIL_FROM,
    OPTION_BEHIND_PROXY,
    OPTION_FROM,
    OPTION_KEEP_DRAFTS,
    OPTION_DRY_RUN,
    OPTION_IMPORTS,
    OPTION_JOURNAL,
    OPTION_EVIDENCE,
    OPTION_PLAIN,
    OPTION_FLAGS,
    OPTION_OFFSET,
    OPTION_KEY,
    OPTION_NEW_KEY,
    OPTION_CONFIG,
    OPTION_ROLE,
    OPTION_SENDER,
    OPTION_UNDO,
    OPTION_ID__MAX
};

struct cli_option {
    const char *name;     /* without "--" */
    char letter;          /* 0: none */
    const char *argument; /* what its value is called; NULL: it has none */
    struct words help;
};

#define ON_OPTION(id) (UINT64_C(1) << (id))

/* What every command takes. */
#define COMMON_OPTIONS (ON_OPTION(OPTION_HELP) | ON_OPTION(OPTION_LANG) | ON_OPTION(OPTION_DATA))

struct cli;

struct cli_command {
    const char *name;
    const char *arguments; /* as help shows them */
    struct words help;     /* one line */
    uint64_t options;      /* besides the ones that every command takes */
    size_t min_args, max_args;
    enum status (*run)(struct cli *cli, struct err *err);
};

/* One run of the program. */
struct cli {
    struct arena arena;
    enum lang lang;
    const struct cli_command *command;
    const char *values[OPTION_ID__MAX]; /* NULL: not given; "" for those without a value */
    const char **args;
    size_t arg_count;
    struct faults faults; /* of the inputs; printed by main, one a line */
    struct workspace *workspace;
};

extern const struct cli_option cli_options[OPTION_ID__MAX];
extern const struct cli_command cli_commands[];
extern const size_t cli_command_count;

/* Reads the words after the program's name; BAD_USAGE with a sentence. */
MUST_USE enum status cli_parse(struct cli *cli, int argc, char **argv, struct err *err);

/* Help of the program (command NULL) or of one command, to standard output. */
void cli_print_help(const struct cli_command *command, enum lang lang);

bool cli_has(const struct cli *cli, enum option_id id);

/* The data folder of --data, opened at the first call. */
MUST_USE enum status cli_workspace(struct cli *cli, struct workspace **out, struct err *err);

/* The day of an option, or `fallback`. */
MUST_USE enum status cli_day(const struct cli *cli, enum option_id id, day fallback, day *out,
                             struct err *err);
/* The day of --on, or today. */
MUST_USE enum status cli_on(const struct cli *cli, day *on, struct err *err);

/* The number of an option from min to max, or `fallback`. */
MUST_USE enum status cli_number(const struct cli *cli, enum option_id id, int64_t min, int64_t max,
                                int64_t fallback, int64_t *out, struct err *err);

/* Fails with the faults so far: main prints each. */
enum status cli_refuse(struct cli *cli, struct err *err);

/* Writes to standard output; a full disk is FAILED, a pipe that nobody reads READER_LEFT. */
MUST_USE enum status cli_print(const struct buf *text, struct err *err);

/* ---- the database ---- */

struct database;
struct store_filter;
struct store_row;
struct json_writer;

/* Opens the database of --db for reading; a missing one is an error and is not made. */
MUST_USE enum status cli_database(struct cli *cli, struct database **out, struct err *err);

/* What was imported, by whom and when, the latest first (--imports). */
MUST_USE enum status cli_list_imports(struct cli *cli, struct database *db, struct err *err);

/* The journal of --journal or DXREADY_JOURNAL, before a database is opened to write. */
MUST_USE enum status cli_choose_journal(const struct cli *cli, struct err *err);

/* The folder of --evidence or DXREADY_EVIDENCE, before a database is opened. */
void cli_choose_evidence(const struct cli *cli);

/* The filter of the options, checked. */
MUST_USE enum status cli_filter(struct cli *cli, struct database *db, struct store_filter *filter,
                                struct err *err);

/* The same for what shows single assessments: --flags and --incomplete leave only those. */
MUST_USE enum status cli_choose_rows(struct cli *cli, struct database *db,
                                     struct store_filter *filter, struct err *err);

/*
 * Runs a command that makes the workbook `path` in a process of its own, and ends as it ended; if
 * it died of a signal that is FAILED with a sentence. The child returns from this, too, and goes
 * on to main's end. Before a database is opened: no connection may cross a fork.
 */
MUST_USE enum status cli_run_apart(struct cli *cli,
                                   enum status (*run)(struct cli *cli, struct err *err),
                                   const char *path, struct err *err);

/* Options that choose assessments of the database, for commands that can also take files. */
#define CHOOSING_OPTIONS                                                                           \
    (ON_OPTION(OPTION_DB) | ON_OPTION(OPTION_ROUND) | ON_OPTION(OPTION_LEVEL) |                    \
     ON_OPTION(OPTION_AREA) | ON_OPTION(OPTION_SECTION) | ON_OPTION(OPTION_SIZE) |                 \
     ON_OPTION(OPTION_FORM) | ON_OPTION(OPTION_NAME))

/* BAD_USAGE if one of them is given: the run is about files. */
MUST_USE enum status cli_refuse_options(const struct cli *cli, uint64_t options, struct err *err);

/* Refuses to write over what is read, the database, and (but for --force) what others wrote. */
MUST_USE enum status cli_check_output(struct cli *cli, const char *path, struct err *err);

/* The level of a row: "3", "3*" where it is incomplete, "–" where it is not rated. */
const char *cli_row_level_text(struct arena *arena, const struct store_row *row);

/* Members of a row, for the object that is open. */
void cli_write_row(struct json_writer *w, const struct store_row *row);

/* ---- progress, on a terminal only ---- */

struct watch {
    const struct cli *cli;
    struct words unit; /* what is counted: "responses" */
    bool is_terminal;
    const char *what;    /* that is worked at: a file */
    double first, start; /* of the run, of `what` */
    double last;
    bool has_line;
};

void watch_init(struct watch *watch, const struct cli *cli, struct words unit);
/* From time to time a line on standard error: how far it is, and how long it still takes; `all` is
 * 0 where nobody knows. */
void watch_show(struct watch *watch, const char *what, int64_t done, int64_t all);
/* Clears the line. */
void watch_end(struct watch *watch);

/* ---- short texts, in the language of the run ---- */

const char *cli_say(const struct cli *cli, const char *vi, const char *en);
/* "–" for RATIO_NONE. */
const char *cli_number_text(struct cli *cli, struct arena *arena, struct ratio r,
                            unsigned decimals);
/* "–" for LEVEL_NONE. */
const char *cli_level_text(struct cli *cli, int level);
const char *cli_count_text(struct cli *cli, int64_t count);
const char *cli_money_text(struct cli *cli, int64_t dong);
const char *cli_day_text(struct cli *cli, day d);
/* A number of the store: "47,50", or "–" for STORE_UNKNOWN. */
const char *cli_hundredths_text(struct cli *cli, struct arena *arena, int hundredths);
/* A day of the store (2026-11-30, or NULL): "30/11/2026", "–". */
const char *cli_date_text(struct arena *arena, const char *date);
/* At most so many characters, the last an ellipsis if it was cut. */
const char *cli_cut_text(struct arena *arena, const char *text, size_t chars);

/* ---- tables for people ---- */

#define TABLE_COLUMNS_MAX 40

/* Rows of cells, aligned when printed. */
struct table {
    struct arena *arena;
    size_t columns;
    bool right[TABLE_COLUMNS_MAX]; /* right-aligned: numbers */
    const char **cells;
    size_t count, cap;
};

/* `alignment` has one letter a column: 'l' or 'r'. */
void table_init(struct table *table, struct arena *arena, const char *alignment);
/* Adds the next cell; rows are filled from left to right. The text is borrowed. */
void table_cell(struct table *table, const char *text);
/* The first row is the heading. */
void table_print(const struct table *table, struct buf *out);

/* Commands, one file each or a few that belong together. */
enum status cmd_check(struct cli *cli, struct err *err);
enum status cmd_score(struct cli *cli, struct err *err);
enum status cmd_rule(struct cli *cli, struct err *err);
enum status cmd_match(struct cli *cli, struct err *err);
enum status cli_match_all(struct cli *cli, struct err *err); /* match --all */
enum status cmd_plan(struct cli *cli, struct err *err);
enum status cmd_compare(struct cli *cli, struct err *err);
enum status cli_compare_stored(struct cli *cli, struct err *err); /* compare ID */
enum status cmd_report(struct cli *cli, struct err *err);
enum status cli_report_all(struct cli *cli, struct err *err); /* report without responses */
/* What --summary and --annex ask for. */
enum document_kind cli_document_kind(const struct cli *cli);
enum status cmd_import(struct cli *cli, struct err *err);
enum status cli_undo_import(struct cli *cli, struct err *err); /* import --undo N */
enum status cmd_list(struct cli *cli, struct err *err);
enum status cmd_show(struct cli *cli, struct err *err);
enum status cmd_export(struct cli *cli, struct err *err);
enum status cmd_stats(struct cli *cli, struct err *err);
enum status cmd_rescore(struct cli *cli, struct err *err);
enum status cli_rescore_all(struct cli *cli, struct err *err); /* rescore without responses */
enum status cmd_pages(struct cli *cli, struct err *err);
enum status cmd_purge(struct cli *cli, struct err *err);
enum status cmd_backup(struct cli *cli, struct err *err);
enum status cmd_restore(struct cli *cli, struct err *err);
enum status cmd_doctor(struct cli *cli, struct err *err);
enum status cmd_form(struct cli *cli, struct err *err);
enum status cmd_init(struct cli *cli, struct err *err);
enum status cmd_serve(struct cli *cli, struct err *err);
enum status cmd_user(struct cli *cli, struct err *err);
enum status cmd_audit(struct cli *cli, struct err *err);
enum status cmd_key(struct cli *cli, struct err *err);
enum status cmd_verify(struct cli *cli, struct err *err);
enum status cmd_actions(struct cli *cli, struct err *err);

/* Prints a comparison for people: dimensions, then the answers that moved. */
struct comparison;
void cli_print_comparison(struct cli *cli, const struct comparison *c, struct buf *out);

/* The response in a file, with the questionnaire of --questionnaire where it names none; faults go
 * to cli->faults. */
MUST_USE enum status cli_response(struct cli *cli, struct workspace *ws, const char *path,
                                  const struct response **out, struct err *err);

/* Reads the response of the first argument and assesses it; faults go to cli->faults. */
struct evaluation;
MUST_USE enum status cli_evaluate(struct cli *cli, bool with_policies, struct evaluation *out,
                                  struct err *err);

/* The same for any file. */
MUST_USE enum status cli_evaluate_file(struct cli *cli, const char *path, bool with_policies,
                                       struct evaluation *out, struct err *err);

/* Score with its notes, and the policies with their reasons. */
void cli_print_score(struct cli *cli, const struct evaluation *a, struct buf *out);
void cli_print_match(struct cli *cli, const struct evaluation *a, struct buf *out);

/* Prints what `out` holds, ending in a line end, and frees it. */
MUST_USE enum status cli_finish(struct buf *out, struct err *err);

#endif

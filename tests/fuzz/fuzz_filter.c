/*
 * Any lines as the filters of a list: refused in one sentence, or rows that were stored. Any of
 * them as a reference of an assessment, too.
 */
#include "fuzz_survey.h"

#include "app/database.h"
#include "cli/cli.h"

#define WORDS_MAX 32

static struct database *database;

static void put(const char *name, const char *area, const char *section)
{
    const struct facts *facts = fuzz_reference()->facts;
    struct response *response;
    struct store_put stored;
    struct arena arena;
    struct score score;
    struct err err;

    arena_init(&arena);
    response = response_new(&arena, fuzz_survey()->q, facts);
    response->round = "2026";
    response->values[facts_find(facts, "name")] = value_text(name);
    response->values[facts_find(facts, "area")] = value_text(area);
    response->values[facts_find(facts, "section")] = value_text(section);
    response_activate(response, &arena);
    score_answers(fuzz_survey()->scorer, response->answers, &score);
    MUST(store_put_response(database_store(database), response, &score,
                            &(struct store_extra){.size_class = "unknown",
                                                  .catalogue_hash = "",
                                                  .imported_at = "2026-11-23T08:00:00Z",
                                                  .source = "fuzz"},
                            &stored, &err) == OK);
    arena_free(&arena);
}

/* Two enterprises in a database in memory; made once. */
static void load(void)
{
    static struct arena arena;
    struct workspace *ws;
    struct err err;

    arena_init(&arena);
    MUST(workspace_open(&arena, ".", &ws, &err) == OK);
    MUST(database_open(&arena, ws, ":memory:", DB_CREATE, &database, &err) == OK);
    put("Công ty TNHH Đại Phát", "chi-linh", "C");
    put("Hợp tác xã An Bình", NULL, NULL);
}

static bool take(void *context, const struct store_row *row)
{
    size_t *count = context;

    MUST(row->name && *row->reference);
    ++*count;
    return true;
}

static void check_filter(const struct store_filter *filter)
{
    struct store_page page = {.sort = STORE_BY_NAME};
    struct store_count count;
    size_t listed = 0;
    struct err err;

    if (store_list(database_store(database), filter, &page, take, &listed, &err) != OK) {
        MUST(err.status == LIMIT);
        fuzz_check_err(&err);
        return;
    }
    MUST(listed <= 2);
    MUST(store_count(database_store(database), filter, &count, &err) == OK);
    MUST(count.all == (int64_t)listed);
}

static void check_key(struct arena *arena, const char *key)
{
    struct store_row row;
    struct err err;

    if (store_find(database_store(database), key, NULL, arena, &row, &err) != OK) {
        MUST(err.status == NOT_FOUND);
        fuzz_check_err(&err);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cli cli = {.lang = LANG_VI};
    char *words[WORDS_MAX + 1] = {"dxready", "list"}, *rest;
    struct store_filter filter;
    struct err err;
    int count = 2;

    if (!database)
        load();
    arena_init(&cli.arena);
    faults_init(&cli.faults, &cli.arena);
    rest = arena_strndup(&cli.arena, (const char *)data, size);
    while (rest && count < WORDS_MAX) {
        words[count] = strsep(&rest, "\n");
        check_key(&cli.arena, words[count++]);
    }
    if (cli_parse(&cli, count, words, &err) != OK ||
        (cli.command && cli_filter(&cli, database, &filter, &err) != OK)) {
        MUST(err.status == BAD_USAGE);
        fuzz_check_err(&err);
    } else if (cli.command) {
        check_filter(&filter);
    }
    arena_free(&cli.arena);
    return 0;
}

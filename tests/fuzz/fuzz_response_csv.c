/*
 * Any bytes as a CSV file of responses: every row is accepted or rejected with a reason, and what
 * is accepted scores within its bounds.
 */
#include "fuzz.h"

#include "score/score.h"
#include "survey/response_csv.h"

#define INPUT_BYTES_MAX 20000

static const struct questionnaire *questionnaire;
static const struct scorer *scorer;

static const struct questionnaire *find(void *context, const char *ref, struct err *err)
{
    (void)context;
    if (strcmp(ref, questionnaire->ref) == 0)
        return questionnaire;
    err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s'", "there is no questionnaire '%s'", ref);
    return NULL;
}

static void load(void)
{
    static struct arena arena;
    static struct faults faults;

    arena_init(&arena);
    faults_init(&faults, &arena);
    questionnaire = questionnaire_load(&arena, "tests/data/all-types@1.json",
                                       &fuzz_reference()->facts->schema, &faults);
    MUST(questionnaire);
    scorer = scorer_new(&arena, questionnaire, &faults);
    MUST(scorer);
}

static void read_rows(struct response_csv *csv)
{
    enum response_csv_result result;
    struct response *response;
    struct score score;

    while ((result = response_csv_next(csv, &response)) == RESPONSE_CSV_ROW ||
           result == RESPONSE_CSV_REJECTED) {
        MUST((result == RESPONSE_CSV_REJECTED) == (response_csv_faults(csv)->errors > 0));
        fuzz_check_faults(response_csv_faults(csv));
        MUST(response_csv_cells(csv)->count > 0);
        if (result == RESPONSE_CSV_REJECTED)
            continue;
        score_answers(scorer, response->answers, &score);
        MUST(score.total.raw >= 0 && score.total.raw <= score.total.ceiling);
    }
    MUST((result == RESPONSE_CSV_BROKEN) == (response_csv_faults(csv)->errors > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct response_csv *csv;
    struct csv_reader *reader;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    if (!questionnaire)
        load();
    arena_init(&arena);
    faults_init(&faults, &arena);
    reader = csv_reader_text("fuzz.csv", (const char *)data, size, &faults);
    csv = response_csv_open(reader, fuzz_reference()->facts,
                            (struct questionnaire_source){.find = find},
                            (struct response_csv_defaults){"all-types@1", "2026"}, &faults);
    MUST(!csv == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (csv)
        read_rows(csv);
    response_csv_free(csv);
    csv_reader_free(reader);
    arena_free(&arena);
    return 0;
}

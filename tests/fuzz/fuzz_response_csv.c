/*
 * Any bytes as a CSV file of responses: every row is accepted or rejected with a reason, and what
 * is accepted scores within its bounds.
 */
#include "fuzz_survey.h"

#include "survey/response_csv.h"

#define INPUT_BYTES_MAX 20000

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
        score_answers(fuzz_survey()->scorer, response->answers, &score);
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
    arena_init(&arena);
    faults_init(&faults, &arena);
    reader = csv_reader_text("fuzz.csv", (const char *)data, size, &faults);
    csv = response_csv_open(reader, fuzz_reference()->facts,
                            (struct questionnaire_source){.find = fuzz_find_survey},
                            (struct response_csv_defaults){"all-types@1", "2026", NULL}, &faults);
    MUST(!csv == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (csv)
        read_rows(csv);
    response_csv_free(csv);
    csv_reader_free(reader);
    arena_free(&arena);
    return 0;
}

/* Any bytes as the wording of reports: refused with places, or texts that can all be filled. */
#include "fuzz.h"

#include "report/wording.h"

#define INPUT_BYTES_MAX 20000

static void check_texts(struct arena *arena, const struct wording *w)
{
    for (int lang = 0; lang < LANG__MAX; lang++) {
        for (int i = 0; i < REPORT_TEXT__MAX; i++) {
            const char *text = wording_tr(w, (enum report_text)i, (enum lang)lang, arena, "points",
                                          "{points}", "count", "", "name", "Đ", NULL);

            MUST(text && text_valid_utf8(text, strlen(text)) == strlen(text));
        }
        MUST(wording_owner(w, "customer", (enum lang)lang));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct wording *w = NULL;
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root)
        w = wording_read(&arena, root, &faults);
    MUST(!w == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (w) {
        for (size_t i = 0; i < REPORT_LIST__MAX; i++)
            MUST(w->lists[i].count > 0 && w->lists[i].count <= REPORT_SECTION__MAX);
        check_texts(&arena, w);
    }
    arena_free(&arena);
    return 0;
}

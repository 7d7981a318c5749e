#ifndef APP_LIBRARY_H
#define APP_LIBRARY_H

#include "app/workspace.h"
#include "survey/pages.h"

/*
 * All that a server needs of the data, loaded and prepared once and then only read, by any thread:
 * questionnaires with their pages, the catalogue, the wording, and the facts that are asked before
 * the questions.
 */
struct loaded_questionnaire {
    const struct scorer *scorer;
    const struct questionnaire *q;
    const struct packages *packages; /* of work; NULL: the questionnaire has none */
    struct question_pages pages;
};

struct fact_page {
    const size_t *facts; /* indexes */
    size_t count;
};

struct library {
    struct workspace *ws;
    const struct catalogue *catalogue;
    const struct facts *facts;
    const struct wording *wording;
    const struct loaded_questionnaire *items; /* sorted by ref */
    size_t count;
    struct fact_page fact_pages[FACT_PAGES_MAX]; /* those that have facts, in order */
    size_t fact_page_count;
};

/* Loads everything of the workspace; the first fault ends it. */
MUST_USE enum status library_load(struct workspace *ws, struct arena *arena, struct library *out,
                                  struct err *err);

/* By "id@version"; NULL if there is none. */
const struct loaded_questionnaire *library_find(const struct library *library, const char *ref);

/* The same as a source for response_read(). The context is the struct library. */
struct questionnaire_source library_source(const struct library *library);

/*
 * Those that are for a form and a size class ("micro" ... "not-sme", "unknown": any), the one that
 * fits best first: for household businesses the shortest; for others the most official, then the
 * newest, then the shortest. Those that cannot rate an enterprise of the section (letter; "" or
 * NULL: not known), and those that only estimate, come last. Returns how many were written to
 * `list` (library->count at the most).
 */
size_t library_fitting(const struct library *library, enum legal_form form, const char *size,
                       const char *section, struct arena *arena,
                       const struct loaded_questionnaire **list);

/* True if it gives a level to an enterprise of the section, as far as that is known. */
bool survey_rates(const struct library *library, const struct loaded_questionnaire *survey,
                  enum legal_form form, const char *section, struct arena *arena);

#endif

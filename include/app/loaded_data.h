#ifndef APP_LOADED_DATA_H
#define APP_LOADED_DATA_H

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

struct loaded_data {
    struct workspace *ws;
    const struct catalogue *catalogue;
    const struct facts *facts;
    const struct wording *wording;
    const struct action_columns *action_columns; /* of action plans */
    const struct loaded_questionnaire *items; /* sorted by ref */
    size_t count;
    struct fact_page fact_pages[FACT_PAGES_MAX]; /* those that have facts, in order */
    size_t fact_page_count;
};

/* Loads everything of the workspace; the first fault ends it. */
MUST_USE enum status loaded_data_load(struct workspace *ws, struct arena *arena,
                                      struct loaded_data *out, struct err *err);

/* By "id@version"; NULL if there is none. */
const struct loaded_questionnaire *loaded_data_find(const struct loaded_data *loaded,
                                                    const char *ref);

/* The same as a source for response_read(). The context is the struct loaded_data. */
struct questionnaire_source loaded_data_source(const struct loaded_data *loaded);

/*
 * Those that are for a form and a size class ("micro" ... "not-sme", "unknown": any), the one that
 * fits best first: for household businesses the shortest; for others the most official, then the
 * newest, then the shortest. Those that cannot rate an enterprise of the section (letter; "" or
 * NULL: not known), and those that only estimate, come last. Returns how many were written to
 * `list` (loaded->count at the most).
 */
size_t loaded_data_fitting(const struct loaded_data *loaded, enum legal_form form, const char *size,
                       const char *section, struct arena *arena,
                       const struct loaded_questionnaire **list);

/* True if it gives a level to an enterprise of the section, as far as that is known. */
bool survey_rates(const struct loaded_data *loaded, const struct loaded_questionnaire *survey,
                  enum legal_form form, const char *section, struct arena *arena);

#endif

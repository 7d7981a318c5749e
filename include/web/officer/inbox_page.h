#ifndef WEB_OFFICER_INBOX_PAGE_H
#define WEB_OFFICER_INBOX_PAGE_H

#include "web/officer/pages.h"

/* The inbox: files that arrived, and one of them. */

struct inbox_line {
    int64_t id;
    const char *file, *sender, *day, *state, *tone, *rows;
};

struct inbox_page {
    const char *token;
    const struct form_faults *faults;
    const struct inbox_line *files; /* the newest first */
    size_t count;
    const char *sender, *round, *limits;
    const struct choice_view *surveys;
    size_t survey_count;
};

/* A heading or a text that is asked about. */
struct inbox_ask {
    const char *name; /* of the field; NULL: nobody can choose */
    const char *keep; /* of the box beside it */
    const char *column, *text, *fault, *source;
    int64_t cells, rows;
    const struct choice_view *choices;
    size_t choice_count;
    bool is_kept;
};

struct inbox_shown {
    const char *name, *what, *result; /* of a row: who, what changes or why not, points */
    int64_t line;
};

struct inbox_tab {
    const char *name;
    struct path path;
    int64_t count;
    bool is_here;
};

struct inbox_let_in {
    int64_t id;
    const char *text;
    bool may_undo;
};

struct inbox_file_page {
    const char *token;
    int64_t id, version;
    const char *file, *who, *state, *tone, *sentence, *done, *fault;
    int64_t fresh, changed, same, refused, reviewed, foreign, let_in;
    const struct inbox_ask *headings, *texts;
    size_t heading_count, text_count;
    const char *const *remembered; /* "Loại hình: 'DNTN' là Doanh nghiệp" */
    size_t remembered_count;
    const struct inbox_tab *tabs;
    size_t tab_count;
    const struct inbox_shown *rows;
    size_t row_count;
    size_t page, pages;
    struct path before, next, here;
    const struct inbox_let_in *imports;
    size_t import_count;
    int64_t enterable; /* 0: the button is not there */
    const char *hint;  /* why not; NULL: nothing is to be said */
    bool may_discard, may_read, has_rest, is_entering;
};

#endif

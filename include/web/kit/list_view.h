#ifndef WEB_KIT_LIST_VIEW_H
#define WEB_KIT_LIST_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "web/kit/request.h"

/*
 * One view for everything that is listed: filters as a form of GET, a table whose headings sort it,
 * pages, and a sentence where nothing fits. What is seen stands in the query of the address, so
 * that it can be sent to a colleague and works without scripts; what the query has and the list
 * does not know is passed over.
 *
 * A page declares a struct list_kind, lets list_read() say what is asked for, finds and counts its
 * rows, lets list_window() say which of them are shown, fills those in, and prints view_list().
 */

#define LIST_FILTERS_MAX 12

/* In the query, beside the filters: the column that sorts, whether it descends, which page. */
#define LIST_QUERY_SORT "sap-xep"
#define LIST_QUERY_ORDER "chieu"
#define LIST_QUERY_DESCENDING "giam"
#define LIST_QUERY_PAGE "trang"

struct list_column {
    const char *name; /* in the query: "ten" */
    enum web_text title;
    bool is_number; /* stands to the right */
    bool may_sort;
};

struct list_filter {
    const char *name; /* in the query: "loai" */
    enum web_text label;
    bool is_text; /* typed, not chosen */
};

struct list_kind {
    enum web_text caption;             /* of the table */
    enum web_text counted;             /* "Tìm thấy {1} chính sách." */
    enum web_text none;                /* where nothing fits */
    const struct list_column *columns; /* the first is the heading of its row, and a link */
    size_t column_count;
    const struct list_filter *filters;
    size_t filter_count;
    size_t page_rows; /* on one page */
};

/* What a filter lets choose from; beside them stands "any", whose value is "". */
struct list_choices {
    struct choice_view *items;
    size_t count;
};

/* For at most `max` choices, none of them yet; and one more. */
struct list_choices list_choices_new(struct arena *arena, size_t max);
void list_choices_add(struct list_choices *choices, const char *value, const char *label);
struct list_choices list_choices_two(struct request *rq, const char *first,
                                     enum web_text first_text, const char *second,
                                     enum web_text second_text);

struct list_row {
    struct path path;         /* where its first cell leads; no text: nowhere */
    const char *const *cells; /* one per column; NULL prints nothing */
};

struct list_view {
    const struct list_kind *kind;
    struct path path; /* of the page, without a query */
    /* what is asked for: */
    const struct list_choices *choices;   /* one per filter; what is chosen is marked */
    const char *chosen[LIST_FILTERS_MAX]; /* the value of a choice, or "" */
    size_t sort;                          /* a column that may sort */
    bool is_descending;
    size_t page, pages; /* from 1 */
    /* what there is: */
    size_t total;
    const struct list_row *rows; /* of this page */
    size_t row_count;
};

/* Which rows of all that were found are shown: `count` of them from `first`, from 0. */
struct list_window {
    size_t first, count;
};

/*
 * Reads what the query of the request asks for. `choices` has one item per filter. Without a word
 * about it the list is sorted by its first column that may sort.
 */
void list_read(struct request *rq, const struct list_kind *kind, struct path path,
               const struct list_choices *choices, struct list_view *list);

/* Tells the list how many rows were found. A page behind the last becomes the last. */
struct list_window list_window(struct list_view *list, size_t total);

/* For the template: addresses of the same list, otherwise sorted or another page of it. */
struct path list_sorted(struct arena *arena, const struct list_view *list, size_t column);
struct path list_paged(struct arena *arena, const struct list_view *list, size_t page);
bool list_is_filtered(const struct list_view *list);
/* Whether the query has to name the column that sorts. */
bool list_names_sort(const struct list_view *list);

#endif

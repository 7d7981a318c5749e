/* What all lists share: what is asked for, which rows are shown, the addresses of the others. */
#include "web/kit/list_view.h"

#include <string.h>

#define VALUE_BYTES_MAX 64

enum { LIST_SORT, LIST_ORDER, LIST_PAGE, LIST_FIELDS };

static const char *const list_names[LIST_FIELDS] = {LIST_QUERY_SORT, LIST_QUERY_ORDER,
                                                    LIST_QUERY_PAGE};

/* A filter that chooses nothing that there is chooses nothing. */
static void choose(const struct list_choices *choices, const char *value, const char **chosen)
{
    *chosen = "";
    for (size_t i = 0; value && i < choices->count; i++) {
        struct choice_view *choice = &choices->items[i];

        choice->is_chosen = strcmp(choice->value, value) == 0;
        if (choice->is_chosen)
            *chosen = choice->value;
    }
}

static size_t first_sort(const struct list_kind *kind)
{
    size_t i = 0;

    while (i + 1 < kind->column_count && !kind->columns[i].may_sort)
        i++;
    return i;
}

static size_t sort_of(const struct list_kind *kind, const char *name)
{
    for (size_t i = 0; name && i < kind->column_count; i++) {
        if (kind->columns[i].may_sort && strcmp(kind->columns[i].name, name) == 0)
            return i;
    }
    return first_sort(kind);
}

/* "3"; what is no page is the first. */
static size_t page_of(const char *text)
{
    size_t page = 0;

    for (const char *p = text ? text : ""; *p; p++) {
        if (*p < '0' || *p > '9' || p - text > 8)
            return 1;
        page = 10 * page + (size_t)(*p - '0');
    }
    return page ? page : 1;
}

struct list_choices list_choices_new(struct arena *arena, size_t max)
{
    return (struct list_choices){ARENA_ARRAY(arena, struct choice_view, max), 0};
}

void list_choices_add(struct list_choices *choices, const char *value, const char *label)
{
    choices->items[choices->count++] = (struct choice_view){value, label, false};
}

struct list_choices list_choices_two(struct request *rq, const char *first,
                                     enum web_text first_text, const char *second,
                                     enum web_text second_text)
{
    struct list_choices choices = list_choices_new(rq->arena, 2);

    list_choices_add(&choices, first, tr(rq, first_text));
    list_choices_add(&choices, second, tr(rq, second_text));
    return choices;
}

void list_read(struct request *rq, const struct list_kind *kind, struct path path,
               const struct list_choices *choices, struct list_view *list)
{
    struct field fields[LIST_FIELDS + LIST_FILTERS_MAX] = {{.name = NULL}};
    struct field *filters = fields + LIST_FIELDS;

    for (size_t i = 0; i < LIST_FIELDS; i++)
        fields[i] = (struct field){.name = list_names[i], .max = VALUE_BYTES_MAX};
    for (size_t i = 0; i < kind->filter_count; i++)
        filters[i] = (struct field){.name = kind->filters[i].name, .max = VALUE_BYTES_MAX};
    query_read(rq->arena, rq->x->request.query, fields, LIST_FIELDS + kind->filter_count);
    *list = (struct list_view){.kind = kind, .path = path, .choices = choices, .pages = 1};
    for (size_t i = 0; i < kind->filter_count; i++) {
        if (kind->filters[i].is_text)
            list->chosen[i] = filters[i].value ? filters[i].value : "";
        else
            choose(&choices[i], filters[i].value, &list->chosen[i]);
    }
    list->sort = sort_of(kind, fields[LIST_SORT].value);
    list->is_descending =
        fields[LIST_ORDER].value && strcmp(fields[LIST_ORDER].value, LIST_QUERY_DESCENDING) == 0;
    list->page = page_of(fields[LIST_PAGE].value);
}

struct list_window list_window(struct list_view *list, size_t total)
{
    size_t rows = list->kind->page_rows, first;

    list->total = total;
    list->pages = total ? (total + rows - 1) / rows : 1;
    if (list->page > list->pages)
        list->page = list->pages;
    first = (list->page - 1) * rows;
    list->row_count = total - first < rows ? total - first : rows;
    return (struct list_window){first, list->row_count};
}

/* Only what differs from what the page shows by itself stands in an address. */
static struct path address(struct arena *arena, const struct list_view *list, size_t sort,
                           bool is_descending, size_t page)
{
    struct path path = list->path;

    for (size_t i = 0; i < list->kind->filter_count; i++) {
        if (*list->chosen[i])
            path = path_with(arena, path, list->kind->filters[i].name, list->chosen[i]);
    }
    if (sort != first_sort(list->kind))
        path = path_with(arena, path, LIST_QUERY_SORT, list->kind->columns[sort].name);
    if (is_descending)
        path = path_with(arena, path, LIST_QUERY_ORDER, LIST_QUERY_DESCENDING);
    if (page > 1)
        path = path_with(arena, path, LIST_QUERY_PAGE, arena_printf(arena, "%zu", page));
    return path;
}

struct path list_sorted(struct arena *arena, const struct list_view *list, size_t column)
{
    return address(arena, list, column, column == list->sort && !list->is_descending, 1);
}

struct path list_paged(struct arena *arena, const struct list_view *list, size_t page)
{
    return address(arena, list, list->sort, list->is_descending, page);
}

bool list_names_sort(const struct list_view *list)
{
    return list->sort != first_sort(list->kind);
}

bool list_is_filtered(const struct list_view *list)
{
    for (size_t i = 0; i < list->kind->filter_count; i++) {
        if (*list->chosen[i])
            return true;
    }
    return false;
}

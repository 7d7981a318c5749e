#include "row_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/review/stored_list.h"
#include "policy/size.h"

#define LEVEL_CHARS 16

static const char *const members[ROW_CODE_MAX] = {
    [ROW_CODE_AREA] = "area",       [ROW_CODE_SECTION] = "section", [ROW_CODE_FORM] = "form",
    [ROW_CODE_SIZE] = "size_class", [ROW_CODE_LEVEL] = "level",
};

enum status row_names_init(struct row_names *names, struct cli *cli, const struct app_context *app,
                           struct err *err)
{
    const struct catalogue *reference;
    struct workspace *ws;
    enum status status = cli_workspace(cli, &ws, err);

    *names = (struct row_names){.app = app};
    arena_init(&names->arena);
    map_init(&names->known, &names->arena);
    if (status != OK)
        return status;
    reference = workspace_reference(ws, err);
    names->facts = reference ? reference->facts : NULL;
    return reference ? OK : err->status;
}

void row_names_free(struct row_names *names)
{
    arena_free(&names->arena);
    free(names->items);
}

/* ---- one name ---- */

static struct words term_name(const struct terms *terms, const char *id, day on)
{
    const struct term *term = terms_find_nearest(terms, id, on);

    return term ? term->name : (struct words){{NULL, NULL}};
}

static struct words form_name(const char *code)
{
    enum legal_form form;

    return legal_form_parse(code, &form) ? legal_form_words(form) : (struct words){{NULL, NULL}};
}

static struct words size_name(const char *code)
{
    enum size_class size;

    return size_parse(code, &size) ? size_words(size) : (struct words){{"chưa rõ", "unknown"}};
}

static struct words level_name(const struct row_names *names, const struct store_row *row)
{
    struct words name = {{NULL, NULL}};
    struct err ignored;

    (void)!stored_level_name(names->app, row, &name, &ignored);
    return name;
}

static day answered_on(const struct store_row *row)
{
    day on = DAY_NONE;

    if (row->submitted_on)
        day_parse_iso(row->submitted_on, strlen(row->submitted_on), &on);
    return on;
}

static struct words find(const struct row_names *names, const struct store_row *row,
                         enum row_code kind, const char *code)
{
    switch (kind) {
    case ROW_CODE_AREA:
        return term_name(names->facts->areas, code, answered_on(row));
    case ROW_CODE_SECTION:
        return term_name(names->facts->sections, code, answered_on(row));
    case ROW_CODE_FORM:
        return form_name(code);
    case ROW_CODE_SIZE:
        return size_name(code);
    default:
        return level_name(names, row);
    }
}

/* NULL where it is not given, or is no text: the level. */
static const char *code_of(const struct store_row *row, enum row_code kind)
{
    const char *const codes[ROW_CODE_MAX] = {
        [ROW_CODE_AREA] = row->area,
        [ROW_CODE_SECTION] = row->section,
        [ROW_CODE_FORM] = row->form,
        [ROW_CODE_SIZE] = row->size_class ? row->size_class : "unknown",
    };

    return codes[kind];
}

const char *row_name(struct row_names *names, const struct store_row *row, enum row_code kind,
                     enum lang lang)
{
    const char *code = code_of(row, kind), *name;

    if (!code && kind != ROW_CODE_LEVEL)
        return "–";
    name = find(names, row, kind, code).in[lang];
    return name ? name : code ? code : "";
}

/* ---- all of a document ---- */

static void note(struct row_names *names, const struct store_row *row, enum row_code kind)
{
    char level[LEVEL_CHARS], key[400];
    const char *code = code_of(row, kind);
    const char *group = kind == ROW_CODE_LEVEL ? row->questionnaire : NULL;
    struct words name;

    if (kind == ROW_CODE_LEVEL && row->level != STORE_UNKNOWN) {
        snprintf(level, sizeof(level), "%d", row->level);
        code = level;
    }
    if (!code)
        return;
    snprintf(key, sizeof(key), "%d %s %s", (int)kind, group ? group : "", code);
    if (map_find(&names->known, key) != MAP_NONE)
        return;
    name = find(names, row, kind, code);
    if (names->count == names->cap) {
        names->cap = names->cap ? 2 * names->cap : 64;
        names->items = xrealloc(names->items, names->cap * sizeof(*names->items));
    }
    map_put(&names->known, arena_strdup(&names->arena, key), strlen(key), names->count);
    names->items[names->count++] =
        (struct row_name){kind, group ? arena_strdup(&names->arena, group) : NULL,
                          arena_strdup(&names->arena, code), name};
}

void row_names_note(struct row_names *names, const struct store_row *row)
{
    for (int kind = 0; kind < ROW_CODE_MAX; kind++)
        note(names, row, (enum row_code)kind);
}

static int by_code(const void *left, const void *right)
{
    const struct row_name *a = left, *b = right;
    int order = (int)a->kind - (int)b->kind;

    if (!order && a->group)
        order = strcmp(a->group, b->group);
    return order ? order : strcmp(a->code, b->code);
}

/* The names of one kind; those of levels stand in an object for each questionnaire. */
static void write_kind(const struct row_names *names, enum row_code kind, struct json_writer *w)
{
    const char *group = NULL;

    json_key(w, members[kind]);
    json_begin_object(w);
    for (size_t i = 0; i < names->count; i++) {
        const struct row_name *item = &names->items[i];

        if (item->kind != kind || !item->name.in[LANG_VI])
            continue;
        if (item->group && (!group || strcmp(group, item->group) != 0)) {
            if (group)
                json_end_object(w);
            json_key(w, group = item->group);
            json_begin_object(w);
        }
        json_member_words(w, item->code, item->name);
    }
    if (group)
        json_end_object(w);
    json_end_object(w);
}

void row_names_write(const struct row_names *names, struct json_writer *w)
{
    if (names->count)
        qsort(names->items, names->count, sizeof(*names->items), by_code);
    json_key(w, "names");
    json_begin_object(w);
    for (int kind = 0; kind < ROW_CODE_MAX; kind++)
        write_kind(names, (enum row_code)kind, w);
    json_end_object(w);
}

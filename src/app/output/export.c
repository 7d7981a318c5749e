/* Export: what is exported, and how its formats go about it. */
#include "export.h"

#include <string.h>

#include "survey/response_csv.h"

static const struct export_way *const ways[EXPORT_FORMAT__MAX] = {
    [EXPORT_CSV] = &export_csv, [EXPORT_XLSX] = &export_xlsx, [EXPORT_LINES] = &export_lines};

const char *export_format_code(enum export_format format)
{
    return ways[format]->code;
}

/* ---- which questionnaire a table is of ---- */

struct ref_list {
    struct arena *arena;
    const struct store_filter *filter;
    struct store *store;
    const char *ref; /* NULL: none yet */
    const char *all; /* "a, b" */
    size_t count;
    enum status status;
    struct err *err;
};

static bool take_ref(void *context, const struct store_round *round)
{
    struct ref_list *list = context;
    struct store_filter filter = *list->filter;
    struct store_count count = {0};

    if (list->ref && strcmp(list->ref, round->questionnaire) == 0)
        return true;
    if (filter.questionnaire && strcmp(filter.questionnaire, round->questionnaire) != 0)
        return true;
    filter.questionnaire = round->questionnaire;
    list->status = store_count(list->store, &filter, &count, list->err);
    if (list->status != OK)
        return false;
    if (!count.all)
        return true;
    list->ref = arena_strdup(list->arena, round->questionnaire);
    list->all =
        arena_printf(list->arena, "%s%s%s", list->all, list->count++ ? ", " : "", list->ref);
    return true;
}

static enum status find_columns(struct export *e)
{
    struct store *store = database_store(e->db);
    struct ref_list list = {
        .arena = e->arena, .filter = e->filter, .store = store, .all = "", .err = e->err};
    enum status status = store_rounds(store, take_ref, &list, e->err);
    const struct catalogue *reference;
    const struct questionnaire *q;

    if (status == OK)
        status = list.status;
    if (status != OK)
        return status;
    if (list.count > 1)
        return err_set(e->err, BAD_USAGE,
                       "có đánh giá của nhiều bộ câu hỏi (%s): hãy chọn một bằng --questionnaire, "
                       "hoặc xuất dạng jsonl",
                       "there are assessments of several questionnaires (%s): choose one with "
                       "--questionnaire, or export jsonl",
                       list.all);
    if (!list.ref)
        return err_set(e->err, NOT_FOUND, "không có đánh giá nào để xuất",
                       "there are no assessments to export");
    reference = workspace_reference(e->ws, e->err);
    if (!reference)
        return e->err->status;
    status = store_questionnaire(store, list.ref, &q, e->err);
    if (status == OK)
        export_columns_init(&e->columns, e->arena, q, reference->facts);
    return status;
}

/* ---- what the response came to ---- */

static const struct {
    const char *id;
    enum result_kind kind;
} results[RESULT_PART__MAX] = {
    [RESULT_SIZE_CLASS] = {"size_class", RESULT_CODE},
    [RESULT_POINTS] = {"points", RESULT_HUNDREDTHS},
    [RESULT_MAX] = {"max", RESULT_HUNDREDTHS},
    [RESULT_PERCENT] = {"percent", RESULT_HUNDREDTHS},
    [RESULT_LEVEL] = {"level", RESULT_WHOLE},
    [RESULT_COMPLETE] = {"complete", RESULT_YESNO},
    [RESULT_COVERAGE] = {"coverage", RESULT_HUNDREDTHS},
    [RESULT_DIMENSION_PERCENT] = {"percent", RESULT_HUNDREDTHS},
    [RESULT_DIMENSION_LEVEL] = {"level", RESULT_WHOLE},
};

static struct result_column result_column(struct arena *arena, enum result_part part,
                                          size_t dimension, const char *prefix)
{
    return (struct result_column){
        part, results[part].kind,
        arena_printf(arena, RESPONSE_CSV_COMPUTED "%s%s", prefix, results[part].id), dimension};
}

void export_columns_init(struct export_columns *columns, struct arena *arena,
                         const struct questionnaire *q, const struct facts *facts)
{
    size_t most = RESULT_PART__MAX + 2 * q->dimension_count, count = 0;
    struct result_column *list = ARENA_ARRAY(arena, struct result_column, most);

    response_columns_init(&columns->response, arena, q, facts);
    for (int i = 0; i < RESULT_DIMENSION_PERCENT; i++)
        list[count++] = result_column(arena, (enum result_part)i, 0, "");
    for (size_t i = 0; i < q->dimension_count; i++) {
        const char *prefix = arena_printf(arena, "%s.", q->dimensions[i].id);

        list[count++] = result_column(arena, RESULT_DIMENSION_PERCENT, i, prefix);
        list[count++] = result_column(arena, RESULT_DIMENSION_LEVEL, i, prefix);
    }
    columns->results = list;
    columns->result_count = count;
}

int64_t result_number(const struct result_column *column, const struct questionnaire *q,
                      const struct store_row *row)
{
    const struct store_dimension *dimension = &row->dimensions[column->dimension];

    switch (column->part) {
    case RESULT_POINTS:
        return row->total_points;
    case RESULT_MAX:
        return row->total_max;
    case RESULT_PERCENT:
        return row->total_percent;
    case RESULT_LEVEL:
        return row->level;
    case RESULT_COMPLETE:
        return row->is_complete;
    case RESULT_COVERAGE:
        return row->coverage;
    case RESULT_DIMENSION_PERCENT:
        return dimension->percent;
    case RESULT_DIMENSION_LEVEL:
        return q->dimension_level_count ? dimension->level : STORE_UNKNOWN;
    default:
        return STORE_UNKNOWN;
    }
}

/* ---- all ---- */

static bool take_item(void *context, const struct store_item *item)
{
    struct export *e = context;
    day imported;

    arena_reset(&e->row_arena);
    if (day_parse_iso(item->row.imported_at, DAY_ISO_CHARS, &imported) && imported > e->newest)
        e->newest = imported;
    e->count++;
    e->status = e->way->put(e, item);
    return e->status == OK;
}

static enum status put_all(struct export *e)
{
    enum status status = store_each(database_store(e->db), e->filter, STORE_FACTS | STORE_ANSWERS,
                                    take_item, e, e->err);

    return status == OK ? e->status : status;
}

enum status export_assessments(struct arena *arena, struct workspace *ws, struct database *db,
                               const struct store_filter *filter,
                               const struct export_options *options, struct err *err)
{
    struct export e = {.arena = arena,
                       .ws = ws,
                       .db = db,
                       .filter = filter,
                       .options = options,
                       .way = ways[options->format],
                       .newest = DAY_NONE,
                       .err = err};
    enum status status = e.way->is_table ? find_columns(&e) : OK;

    if (status == OK)
        status = e.way->begin(&e);
    if (status != OK)
        return status;
    arena_init(&e.row_arena);
    status = put_all(&e);
    if (status == OK)
        status = e.way->finish(&e);
    else
        e.way->abandon(&e);
    arena_free(&e.row_arena);
    return status;
}

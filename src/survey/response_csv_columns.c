/* Tables of responses: what their headings mean. */
#include "response_csv_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/text_clean.h"
#include "survey/response_columns.h"

static struct place place_of(const struct response_csv *csv, const char *pointer)
{
    return (struct place){csv_reader_name(csv->reader), csv->header.line, pointer};
}

/* ---- by id ---- */

static bool find_scale_row(const struct questionnaire *q, const char *name, struct column *column)
{
    for (const char *point = strchr(name, '.'); point; point = strchr(point + 1, '.')) {
        size_t at = map_get(&q->question_ids, name, (size_t)(point - name)), row;
        const struct question *question;

        if (at == MAP_NONE || q->questions[at].type != QUESTION_SCALE)
            continue;
        question = &q->questions[at];
        row = question_find_row(question, point + 1);
        if (row != MAP_NONE) {
            column->index = at;
            column->row = row;
            return true;
        }
    }
    return false;
}

static bool find_by_id(const struct response_csv *csv, const char *name, struct column *column)
{
    for (size_t i = 0; i < RESPONSE_SPECIAL_PARTS; i++) {
        if (strcmp(response_special_ids[i], name) == 0) {
            column->kind = (enum column_kind)i;
            return true;
        }
    }
    column->kind = *name ? COLUMN_FACT : COLUMN_NAMELESS;
    column->index = facts_find(csv->facts, name);
    if (!*name || column->index != MAP_NONE)
        return true;
    column->kind = COLUMN_QUESTION;
    column->index = csv->q ? questionnaire_find(csv->q, name) : MAP_NONE;
    if (column->index != MAP_NONE)
        return true;
    column->kind = COLUMN_SCALE_ROW;
    if (csv->q && find_scale_row(csv->q, name, column))
        return true;
    column->kind = COLUMN_COMPUTED;
    return strcmp(name, RESPONSE_CSV_REASON) == 0 ||
           strncmp(name, RESPONSE_CSV_COMPUTED, strlen(RESPONSE_CSV_COMPUTED)) == 0;
}

/* ---- by what people call it ---- */

static void put_name(struct response_csv *csv, struct map *map, const char *key, size_t item)
{
    struct heading *items = csv->headings.items, *first;
    size_t before = *key ? map_put(map, key, strlen(key), item) : MAP_NONE;

    if (before == MAP_NONE)
        return;
    first = &items[before];
    if (first->kind != items[item].kind || first->index != items[item].index ||
        first->row != items[item].row)
        first->other = items[item].id;
}

/* `count` texts that mean the same column; NULL ones are none. */
static void add_names(struct response_csv *csv, struct heading heading, const char *const *names,
                      size_t count)
{
    struct headings *h = &csv->headings;

    for (size_t i = 0; i < count; i++) {
        if (!names[i] || !*names[i])
            continue;
        h->items[h->count] = heading;
        put_name(csv, &h->exact, text_identity(&csv->arena, names[i]), h->count);
        put_name(csv, &h->folded, text_fold(&csv->arena, names[i]), h->count);
        h->count++;
    }
}

#define SPECIAL_NAMES_MAX 8

static const char *const special_names[RESPONSE_SPECIAL_PARTS][SPECIAL_NAMES_MAX] = {
    [RESPONSE_QUESTIONNAIRE] = {"questionnaire", "Bộ câu hỏi", "Mã bộ câu hỏi", "Phiếu"},
    [RESPONSE_ROUND] = {"round", "Đợt", "Đợt đánh giá", "Đợt khảo sát"},
    [RESPONSE_SUBMITTED_ON] = {"submitted_on", "Ngày gửi", "Ngày nộp", "Ngày trả lời",
                               "Ngày gửi phiếu", "Ngày nộp phiếu", "Ngày khảo sát"},
    [RESPONSE_MINUTES] = {"minutes", "Thời gian trả lời", "Time taken", "Số phút",
                          "Thời gian trả lời (phút)"},
};

static void add_specials(struct response_csv *csv)
{
    for (size_t i = 0; i < RESPONSE_SPECIAL_PARTS; i++)
        add_names(csv,
                  (struct heading){.kind = (enum column_kind)i,
                                   .name = special_names[i][1],
                                   .id = response_special_ids[i]},
                  special_names[i], SPECIAL_NAMES_MAX);
}

static void add_facts(struct response_csv *csv)
{
    for (size_t i = 0; i < csv->facts->count; i++) {
        const struct fact *fact = &csv->facts->items[i];
        const char *const names[] = {fact->id, fact->label.in[LANG_VI], fact->label.in[LANG_EN]};
        struct heading heading = {
            .kind = COLUMN_FACT, .index = i, .name = fact->label.in[LANG_VI], .id = fact->id};

        if (fact->is_derived)
            continue;
        add_names(csv, heading, names, ARRAY_SIZE(names));
        heading.is_alias = true;
        add_names(csv, heading, fact->also, fact->also_count);
    }
}

/* "1.1", "Câu 1.1", the question, its short name, and either behind the number. */
static void add_question(struct response_csv *csv, size_t index)
{
    const struct question *q = &csv->q->questions[index];
    struct heading heading = {
        .kind = COLUMN_QUESTION, .index = index, .name = q->text.in[LANG_VI], .id = q->id};

    for (int lang = 0; lang < LANG__MAX; lang++) {
        const char *text = q->text.in[lang] ? q->text.in[lang] : "";
        const char *label = q->label.in[lang] ? q->label.in[lang] : text;
        const char *const names[] = {q->id, text, label,
                                     arena_printf(&csv->arena, "%s %s", q->id, text),
                                     arena_printf(&csv->arena, "%s %s", q->id, label)};

        add_names(csv, heading, names, ARRAY_SIZE(names));
    }
}

#define SCALE_NAMES 6

static void add_scale_rows(struct response_csv *csv, size_t index)
{
    const struct question *q = &csv->q->questions[index];

    for (size_t row = 0; q->type == QUESTION_SCALE && row < q->row_count; row++) {
        const struct scale_row *at = &q->rows[row];
        struct heading heading = {
            .kind = COLUMN_SCALE_ROW,
            .index = index,
            .row = row,
            .name = at->text.in[LANG_VI],
            .id = arena_printf(&csv->arena, "%s.%s", q->id, at->id),
        };

        for (int lang = 0; lang < LANG__MAX; lang++) {
            const char *text = at->text.in[lang] ? at->text.in[lang] : at->id;
            const char *const names[] = {
                heading.id, arena_printf(&csv->arena, "%s %s", q->id, text),
                arena_printf(&csv->arena, "%s %s", q->text.in[lang] ? q->text.in[lang] : q->id,
                             text)};

            add_names(csv, heading, names, ARRAY_SIZE(names));
        }
    }
}

static size_t most_names(const struct response_csv *csv)
{
    size_t count = (size_t)RESPONSE_SPECIAL_PARTS * SPECIAL_NAMES_MAX;

    for (size_t i = 0; i < csv->facts->count; i++)
        count += 3 + csv->facts->items[i].also_count;
    for (size_t i = 0; csv->q && i < csv->q->question_count; i++)
        count += 10 + SCALE_NAMES * csv->q->questions[i].row_count;
    return count;
}

static void build_headings(struct response_csv *csv)
{
    struct headings *h = &csv->headings;

    h->is_built = true;
    h->count = 0;
    map_init(&h->exact, &csv->arena);
    map_init(&h->folded, &csv->arena);
    h->items = ARENA_ARRAY(&csv->arena, struct heading, most_names(csv));
    add_specials(csv);
    add_facts(csv);
    for (size_t i = 0; csv->q && i < csv->q->question_count; i++) {
        add_question(csv, i);
        add_scale_rows(csv, i);
    }
}

/* Without "Câu " or "Question " before it. */
static const char *without_word(const char *text)
{
    static const char *const words[] = {"câu hỏi ", "câu ", "cau hoi ", "cau ", "question "};

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return text + strlen(words[i]);
    }
    return text;
}

static const struct heading *look_up(const struct headings *h, const struct map *map,
                                     const char *key)
{
    size_t at = map_find(map, key);

    if (at == MAP_NONE)
        at = map_find(map, without_word(key));
    return at == MAP_NONE ? NULL : &h->items[at];
}

/* "Doanh thu năm trước (đồng)" without what stands in brackets at its end. */
static const char *without_brackets(struct arena *arena, const char *name)
{
    const char *open = strrchr(name, '(');

    return open && open > name && name[strlen(name) - 1] == ')'
               ? arena_strndup(arena, name, (size_t)(open - name))
               : name;
}

static const struct heading *find_heading(struct response_csv *csv, const char *name)
{
    struct headings *h = &csv->headings;
    struct arena *arena = &csv->arena;
    const char *const forms[] = {name, without_brackets(arena, name)};
    const struct heading *found = NULL;

    if (!h->is_built)
        build_headings(csv);
    for (size_t i = 0; !found && i < ARRAY_SIZE(forms); i++) {
        found = look_up(h, &h->exact, text_identity(arena, forms[i]));
        if (!found)
            found = look_up(h, &h->folded, text_fold(arena, forms[i]));
    }
    return found;
}

/* Numbers of the rows. */
static bool is_ordinal(struct response_csv *csv, const char *name)
{
    static const char *const words[] = {"stt", "tt", "so tt", "so thu tu", "no", "ordinal"};
    const char *fold = text_fold(&csv->arena, name);

    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (strcmp(fold, words[i]) == 0)
            return true;
    }
    return strcmp(name, "#") == 0;
}

size_t response_csv_count_headings(struct response_csv *csv, const struct csv_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++) {
        const char *name = response_csv_cell(&row->fields[i], &csv->arena);
        struct column column;

        count += *name && (find_by_id(csv, name, &column) || is_ordinal(csv, name) ||
                           find_heading(csv, name) != NULL);
    }
    return count;
}

bool response_csv_is_questionnaire(struct response_csv *csv, const char *name)
{
    const struct heading *heading;
    struct column column;

    if (!*name)
        return false;
    if (find_by_id(csv, name, &column))
        return column.kind == COLUMN_QUESTIONNAIRE;
    heading = find_heading(csv, name);
    return heading && heading->kind == COLUMN_QUESTIONNAIRE;
}

/* ---- faults ---- */

/* The name that has the unknown one in it, or is in it. */
static const struct heading *find_containing(const struct response_csv *csv, const char *fold)
{
    const struct headings *h = &csv->headings;

    for (size_t i = 0; strlen(fold) >= 4 && i < h->folded.cap; i++) {
        const struct map_slot *slot = &h->folded.slots[i];

        if (slot->key && slot->len >= 4 && (strstr(slot->key, fold) || strstr(fold, slot->key)))
            return &h->items[slot->value];
    }
    return NULL;
}

/* The id that is most like the name; else NULL, and `found` the heading whose name is, or NULL. */
static const char *closest_id(struct response_csv *csv, const char *name, struct arena *arena,
                              const struct heading **found)
{
    struct headings *h = &csv->headings;
    const char **names = ARENA_ARRAY(arena, const char *, h->count + 1), *closest;
    const char *fold = text_fold(arena, name);

    *found = NULL;
    for (size_t i = 0; i < h->count; i++)
        names[i] = h->items[i].id;
    closest = text_closest(name, names, h->count);
    if (closest)
        return closest;
    for (size_t i = 0; i < h->count; i++)
        names[i] = text_fold(arena, h->items[i].name ? h->items[i].name : "");
    closest = text_closest(fold, names, h->count);
    for (size_t i = 0; closest && !*found && i < h->count; i++)
        *found = names[i] == closest ? &h->items[i] : NULL;
    if (!*found)
        *found = find_containing(csv, fold);
    return NULL;
}

/* The known name that is most like it, and its id behind; NULL if none is. */
static const char *closest_name(struct response_csv *csv, const char *name, struct arena *arena)
{
    const struct heading *found;
    const char *id = closest_id(csv, name, arena, &found);

    if (id || !found)
        return id;
    return arena_printf(arena, "%s' / '%s", found->name, found->id);
}

static void refuse_unknown(struct response_csv *csv, const char *name, struct place place,
                           struct faults *faults)
{
    enum text_fault found = text_find_fault(name, strlen(name));
    struct words why = text_fault_words(found);
    const char *closest;

    if (found != TEXT_SOUND) {
        faults_add(faults, place, "tên cột '%1$s': %2$s%3$.0s", "the heading '%1$s': %3$s%2$.0s",
                   name, why.in[LANG_VI], why.in[LANG_EN]);
        return;
    }
    closest = closest_name(csv, name, faults->arena);
    faults_add(faults, place, "không có dữ kiện hay câu hỏi nào tên '%s' trong %s%s%s%s",
               "there is no fact or question '%s' in %s%s%s%s", name, csv->q->ref,
               closest ? " (≈ '" : "", closest ? closest : "", closest ? "')" : "");
}

/* Fills the short way for options whose ids are one character. */
static void prepare_options(const struct question *question, struct column *column)
{
    if (question->type != QUESTION_SINGLE && question->type != QUESTION_YESNO)
        return;
    for (size_t i = 0; i < question->option_count; i++) {
        const char *id = question->options[i].id;

        if (id[0] > 0 && !id[1])
            column->quick[(unsigned char)id[0]] = (unsigned char)(i + 1);
    }
}

/* ---- all of the header ---- */

static bool find_by_label(struct response_csv *csv, const char *name, struct column *column,
                          struct faults *faults)
{
    const struct heading *heading = find_heading(csv, name);
    struct place place = place_of(csv, column->pointer);

    if (!heading && is_ordinal(csv, name)) {
        column->kind = COLUMN_COMPUTED;
        faults_warn(faults, place, "cột số thứ tự được bỏ qua",
                    "the column with the numbers of the rows is passed over");
        return true;
    }
    if (!heading && csv->q && response_is_result_name(name, csv->q)) {
        column->kind = COLUMN_COMPUTED;
        return true;
    }
    if (!heading) {
        refuse_unknown(csv, name, place, faults);
        return false;
    }
    if (heading->other) {
        faults_add(faults, place,
                   "'%s' là tên của cả hai cột '%s' và '%s'; hãy ghi một trong hai mã",
                   "'%s' is what both '%s' and '%s' are called; write one of the two", name,
                   heading->id, heading->other);
        return false;
    }
    if (heading->is_alias)
        faults_warn(faults, place, "cột này được đọc là '%s' (%s)",
                    "this column is read as '%s' (%s)", heading->name, heading->id);
    column->kind = heading->kind;
    column->index = heading->index;
    column->row = heading->row;
    return true;
}

/* What makes two columns the same one. */
static const char *key_of(struct response_csv *csv, const struct column *column, const char *name)
{
    if (column->kind == COLUMN_COMPUTED)
        return name;
    return arena_printf(&csv->arena, "%d/%zu/%zu", (int)column->kind,
                        column->kind < COLUMN_FACT ? 0 : column->index,
                        column->kind == COLUMN_SCALE_ROW ? column->row : 0);
}

static void refuse_twice(struct response_csv *csv, const char *name, size_t first,
                         struct place place, struct faults *faults)
{
    const char *other = csv->header.fields[first].text;

    if (strcmp(name, other) == 0)
        faults_add(faults, place, "cột '%s' có hai lần", "the column '%s' stands there twice",
                   name);
    else
        faults_add(faults, place, "hai cột '%s' và '%s' cùng chỉ một điều; hãy bỏ một cột",
                   "the columns '%s' and '%s' mean the same; leave one out", other, name);
}

static void prepare_column(struct response_csv *csv, struct column *column)
{
    map_init(&column->known, &csv->arena);
    if (column->kind == COLUMN_QUESTION) {
        const struct question *question = &csv->q->questions[column->index];

        prepare_options(question, column);
        column->has_numbers = question_number_form(question, &column->form);
        column->has_days = question->type == QUESTION_DATE;
    } else if (column->kind == COLUMN_FACT) {
        const struct fact *fact = &csv->facts->items[column->index];

        column->has_numbers = fact_number_form(fact, &column->form);
        column->has_days = fact->kind == FACT_DATE;
    } else {
        column->form = number_form_typed(NUMBER_DECIMAL, (struct words){{"phút", "minutes"}});
        column->has_numbers = column->kind == COLUMN_MINUTES;
        column->has_days = column->kind == COLUMN_SUBMITTED_ON;
    }
}

/* Nobody can be sure: the column is passed over until somebody says what it is. */
static void ask(struct response_csv *csv, struct column *column, const char *name)
{
    const struct heading *found;
    const char *id;

    if (!csv->headings.is_built)
        build_headings(csv);
    id = closest_id(csv, name, &csv->arena, &found);
    response_csv_ask(csv, name, NULL, id ? id : found ? found->id : "");
    column->kind = COLUMN_COMPUTED;
}

static bool is_derived(const struct response_csv *csv, const struct column *column)
{
    return column->kind == COLUMN_FACT && csv->facts->items[column->index].is_derived;
}

/* What people said that it is; false if nobody did. */
static bool find_said(struct response_csv *csv, const char *name, struct column *column)
{
    const char *said = *name ? response_csv_meaning(csv, "", name, &csv->arena) : NULL;

    if (!said || (*said && (!find_by_id(csv, said, column) || is_derived(csv, column))))
        return false;
    if (!*said)
        column->kind = COLUMN_COMPUTED;
    response_csv_ask(csv, name, said, "");
    return true;
}

/* What the heading means; false after a fault. */
static bool find_column(struct response_csv *csv, const char *name, struct column *column,
                        struct faults *faults)
{
    struct place place = place_of(csv, column->pointer);
    struct faults unsaid;

    if (find_said(csv, name, column))
        return true;
    if (csv->defaults.meanings) {
        faults_init(&unsaid, &csv->arena);
        if ((find_by_id(csv, name, column) || find_by_label(csv, name, column, &unsaid)) &&
            !is_derived(csv, column))
            return true;
        ask(csv, column, name);
        return true;
    }
    if (!find_by_id(csv, name, column) && !find_by_label(csv, name, column, faults))
        return false;
    if (!is_derived(csv, column))
        return true;
    faults_add(faults, place, "'%s' do phần mềm tính, không ghi vào phiếu",
               "'%s' is computed, it does not belong into a response", name);
    return false;
}

static const char *id_of(const struct response_csv *csv, const struct column *column,
                         const char *name)
{
    if (column->kind == COLUMN_FACT)
        return csv->facts->items[column->index].id;
    if (column->kind == COLUMN_QUESTION)
        return csv->q->questions[column->index].id;
    return column->kind < COLUMN_FACT ? response_special_ids[column->kind] : name;
}

static void load_column(struct response_csv *csv, size_t cell, struct map *names,
                        struct faults *faults)
{
    struct column *column = &csv->columns[cell];
    const char *name = csv->header.fields[cell].text, *key;
    size_t first;

    column->cell = cell;
    column->pointer = *name ? arena_printf(&csv->arena, "column %s", name)
                            : arena_printf(&csv->arena, "column %zu", cell + 1);
    if (!find_column(csv, name, column, faults))
        return;
    key = key_of(csv, column, name);
    first = *name ? map_put(names, key, strlen(key), cell) : MAP_NONE;
    if (first != MAP_NONE && csv->defaults.meanings)
        ask(csv, column, name);
    else if (first != MAP_NONE)
        refuse_twice(csv, name, first, place_of(csv, column->pointer), faults);
    column->id = id_of(csv, column, name);
    prepare_column(csv, column);
}

static int by_kind(const void *a, const void *b)
{
    const struct column *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

bool response_csv_load_columns(struct response_csv *csv, struct faults *faults)
{
    size_t errors = faults->errors;
    struct map names;

    map_init(&names, &csv->arena);
    csv->headings.is_built = false; /* those of the questionnaire come now */
    csv->count = csv->header.count;
    csv_reader_widen(csv->reader, csv->count);
    csv->columns = ARENA_ARRAY(&csv->arena, struct column, csv->count);
    for (size_t i = 0; i < csv->count; i++)
        load_column(csv, i, &names, faults);
    qsort(csv->columns, csv->count, sizeof(*csv->columns), by_kind);
    return faults->errors == errors;
}

/* Action plans on paper. */
#include "report/action_sheet.h"

#include "base/text.h"
#include "draw/flow.h"

#define EDGE_COLUMNS 2 /* the number of the row, the state */

/* How the columns share the width: people and days need little, tasks much. */
static const struct {
    double weight, minimum;
} shares[ACTION_COLUMN__MAX] = {
    [ACTION_PERSON] = {2.2, 0},         [ACTION_TASK] = {4.2, 0},      [ACTION_TIME] = {0.6, 58},
    [ACTION_RESPONSIBILITY] = {2.4, 0}, [ACTION_AUTHORITY] = {2.0, 0}, [ACTION_RESULT] = {2.8, 0},
};

struct printing {
    const struct action_sheet *sheet;
    enum lang lang;
    struct arena *arena;
    struct flow *flow;
};

static const char *say(const struct printing *p, struct words words)
{
    return words.in[p->lang];
}

static void begin_table(const struct printing *p)
{
    static const struct words state = {{"Trạng thái", "State"}};
    const struct action_columns *columns = p->sheet->columns;
    struct flow_column heads[ACTION_COLUMN__MAX + EDGE_COLUMNS] = {{"", 0.2, 16, true}};
    size_t count = 1;

    for (size_t i = 0; i < columns->count; i++) {
        enum action_column column = columns->items[i].column;

        heads[count++] = (struct flow_column){columns->items[i].name.in[p->lang],
                                              shares[column].weight, shares[column].minimum, false};
    }
    heads[count++] = (struct flow_column){say(p, state), 0.8, 52, false};
    flow_table_begin(p->flow,
                     &(struct flow_table){.columns = heads, .count = count, .is_open = true});
}

/* The task, and behind it whose it is. */
static struct flow_cell task_cell(const struct printing *p, const struct action_line *line)
{
    struct run *runs = ARENA_ARRAY(p->arena, struct run, 2);

    if (!line->owner)
        return (struct flow_cell){.text = line->cells[ACTION_TASK]};
    runs[0] = (struct run){.text = arena_printf(p->arena, "%s\n", line->cells[ACTION_TASK])};
    runs[1] = (struct run){.text = line->owner, .colour = COLOUR_MUTED};
    return (struct flow_cell){.runs = runs, .run_count = 2};
}

static struct flow_cell state_cell(const struct printing *p, const struct action_line *line)
{
    struct run *run = ARENA_NEW(p->arena, struct run);

    *run = (struct run){.text = line->state,
                        .face = line->is_late ? FACE_BOLD : FACE_REGULAR,
                        .colour = line->is_late ? COLOUR_BAD : COLOUR_NONE};
    return (struct flow_cell){.runs = run, .run_count = 1};
}

static void add_line(const struct printing *p, size_t i)
{
    const struct action_columns *columns = p->sheet->columns;
    const struct action_line *line = &p->sheet->lines[i];
    struct flow_cell cells[ACTION_COLUMN__MAX + EDGE_COLUMNS];
    size_t count = 0;

    cells[count++] = (struct flow_cell){.text = arena_printf(p->arena, "%zu", i + 1)};
    for (size_t k = 0; k < columns->count; k++) {
        enum action_column column = columns->items[k].column;

        cells[count++] = column == ACTION_TASK ? task_cell(p, line)
                                               : (struct flow_cell){.text = line->cells[column]};
    }
    cells[count++] = state_cell(p, line);
    flow_row(p->flow, ROW_PLAIN, cells, count);
}

static struct flow *begin(const struct printing *p)
{
    const struct action_sheet *sheet = p->sheet;
    const char *title = sheet->columns->title.in[p->lang], *on = text_of_day(p->arena, sheet->on);
    struct flow_setup setup = {
        .info = {.title = arena_printf(p->arena, "%s – %s", title, sheet->subject),
                 .author = sheet->service,
                 .date = sheet->on,
                 .lang = p->lang},
        .header_left = sheet->service,
        .header_right = sheet->subject,
        .footer = text_printf(p->arena, p->lang, "Lập ngày %s", "Made on %s", on)};

    return flow_new(p->arena, &setup);
}

enum status action_sheet_print(const struct action_sheet *sheet, enum lang lang, struct buf *out,
                               struct err *err)
{
    static const struct words nothing = {{"Chưa có dòng nào.", "There are no rows yet."}};
    struct printing p = {.sheet = sheet, .lang = lang};
    enum status status;
    struct arena arena;

    arena_init(&arena);
    p.arena = &arena;
    p.flow = begin(&p);
    flow_heading(p.flow, 1, sheet->columns->title.in[lang]);
    flow_text(p.flow, FLOW_SMALL, sheet->subject);
    if (sheet->count) {
        begin_table(&p);
        for (size_t i = 0; i < sheet->count; i++)
            add_line(&p, i);
        flow_table_end(p.flow);
    } else {
        flow_text(p.flow, FLOW_BODY, say(&p, nothing));
    }
    status = flow_finish(p.flow, out, err);
    arena_free(&arena);
    return status;
}

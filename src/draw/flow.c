#include "flow_parts.h"

#include <string.h>

#include "flow_table.h"

static const struct flow_page page_places[] = {
    {.margin = 54,
     .top = 78,
     .bottom = 776,
     .foot = 776,
     .header = 44,
     .footer = 806,
     .footer_rule = 792,
     .has_header_rule = true,
     .gap = 22},
    {.margin = 48,
     .top = 56,
     .bottom = 757,
     .foot = 788,
     .header = 40,
     .footer = 814,
     .footer_rule = 801,
     .gap = 14},
};

struct flow *flow_new(struct arena *arena, const struct flow_setup *setup)
{
    struct flow *flow = ARENA_NEW(arena, struct flow);

    flow->arena = arena;
    flow->setup = *setup;
    flow->place = &page_places[setup->is_compact];
    flow->root.kind = BLOCK_COLUMN;
    flow->root.end = &flow->root.first;
    flow->open = &flow->root;
    return flow;
}

static void *copy(struct flow *flow, const void *data, size_t count, size_t size)
{
    void *mine = arena_alloc(flow->arena, count + 1, size);

    if (count)
        memcpy(mine, data, count * size);
    return mine;
}

static struct block *add(struct flow *flow, enum block_kind kind)
{
    struct block *block = ARENA_NEW(flow->arena, struct block);

    block->kind = kind;
    block->parent = flow->open;
    block->end = &block->first;
    flow->last = block;
    *flow->open->end = block;
    flow->open->end = &block->next;
    return block;
}

static void open_container(struct flow *flow, struct block *block)
{
    flow->open = block;
}

static void close_container(struct flow *flow)
{
    if (flow->open->parent)
        flow->open = flow->open->parent;
}

static void add_runs(struct flow *flow, struct block *block, const struct run *runs, size_t count)
{
    block->data = copy(flow, runs, count, sizeof(*runs));
    block->count = count;
}

void flow_cover(struct flow *flow, const struct flow_cover *cover)
{
    struct block *block = add(flow, BLOCK_COVER);

    block->data = copy(flow, cover, 1, sizeof(*cover));
}

void flow_heading(struct flow *flow, int level, const char *text)
{
    struct block *block = add(flow, BLOCK_HEADING);

    block->level = level < 1 ? 1 : level > 3 ? 3 : level;
    block->text = text;
}

void flow_text(struct flow *flow, enum flow_style style, const char *text)
{
    flow_runs(flow, style, &(struct run){.text = text}, 1);
}

/* Plain text takes the face of its style; faces of runs are kept. */
void flow_runs(struct flow *flow, enum flow_style style, const struct run *runs, size_t count)
{
    struct block *block = add(flow, BLOCK_TEXT);

    block->style = style;
    add_runs(flow, block, runs, count);
}

void flow_item(struct flow *flow, const char *marker, const char *text)
{
    flow_item_runs(flow, marker, &(struct run){.text = text}, 1);
}

void flow_keep(struct flow *flow)
{
    if (flow->last)
        flow->last->keeps_next = true;
}

void flow_item_runs(struct flow *flow, const char *marker, const struct run *runs, size_t count)
{
    struct block *block = add(flow, BLOCK_ITEM);

    block->text = marker;
    add_runs(flow, block, runs, count);
}

void flow_pairs(struct flow *flow, const struct flow_pair *pairs, size_t count, unsigned columns)
{
    struct block *block = add(flow, BLOCK_PAIRS);

    block->data = copy(flow, pairs, count, sizeof(*pairs));
    block->count = count;
    block->columns = columns ? columns : 1;
}

void flow_table_begin(struct flow *flow, const struct flow_table *table)
{
    struct block *block = add(flow, BLOCK_TABLE);
    struct table *mine = ARENA_NEW(flow->arena, struct table);

    mine->given = *table;
    if (mine->given.count > FLOW_COLUMNS_MAX)
        mine->given.count = FLOW_COLUMNS_MAX;
    mine->given.columns = copy(flow, table->columns, mine->given.count, sizeof(*table->columns));
    mine->end = &mine->rows;
    block->data = mine;
    flow->table = mine;
}

void flow_row(struct flow *flow, enum flow_row kind, const struct flow_cell *cells, size_t count)
{
    struct table *table = flow->table;
    struct row *row = ARENA_NEW(flow->arena, struct row);

    if (!table)
        return;
    row->kind = kind;
    row->count = count > table->given.count ? table->given.count : count;
    row->cells = ARENA_ARRAY(flow->arena, struct cell, row->count + 1);
    for (size_t i = 0; i < row->count; i++) {
        row->cells[i].given = cells[i];
        row->cells[i].given.runs =
            copy(flow, cells[i].runs, cells[i].run_count, sizeof(*cells[i].runs));
    }
    row->is_odd = kind == ROW_PLAIN && table->plain++ % 2;
    *table->end = row;
    table->end = &row->next;
}

void flow_table_end(struct flow *flow)
{
    flow->table = NULL;
}

void flow_box_begin(struct flow *flow, const struct flow_box *box)
{
    struct block *block = add(flow, BLOCK_BOX);

    block->data = copy(flow, box, 1, sizeof(*box));
    if (box->anchor)
        block->anchor = box->anchor;
    open_container(flow, block);
}

void flow_box_end(struct flow *flow)
{
    close_container(flow);
}

static void open_column(struct flow *flow)
{
    const double *weights = flow->open->data;
    struct block *column = add(flow, BLOCK_COLUMN);

    column->weight =
        column->parent->columns < column->parent->count ? weights[column->parent->columns] : 1;
    column->parent->columns++;
    open_container(flow, column);
}

void flow_columns_begin(struct flow *flow, const double *weights, size_t count)
{
    struct block *block = add(flow, BLOCK_COLUMNS);

    block->data = copy(flow, weights, count, sizeof(*weights));
    block->count = count;
    open_container(flow, block);
    open_column(flow);
}

void flow_columns_next(struct flow *flow)
{
    close_container(flow);
    open_column(flow);
}

void flow_columns_end(struct flow *flow)
{
    close_container(flow);
    close_container(flow);
}

/* What a picture block holds. */
void flow_picture(struct flow *flow, struct picture picture, double width, const char *alt)
{
    struct block *block = add(flow, BLOCK_PICTURE);

    block->data = copy(flow, &picture, 1, sizeof(picture));
    block->weight = width;
    block->text = alt;
}

void flow_contents(struct flow *flow, int level)
{
    add(flow, BLOCK_CONTENTS)->level = level;
}

void flow_page_break(struct flow *flow)
{
    add(flow, BLOCK_BREAK);
}

void flow_chapter(struct flow *flow, const char *name)
{
    struct block *block;

    if (flow->chapter_count == FLOW_CHAPTERS_MAX) {
        flow_page_break(flow);
        return;
    }
    block = add(flow, BLOCK_CHAPTER);
    flow->chapters[flow->chapter_count++] = (struct chapter){.name = name, .block = block};
}

void flow_join(struct flow *flow)
{
    if (flow->chapter_count)
        flow->chapters[flow->chapter_count - 1].block->may_join = true;
}

void flow_next_step(struct flow *flow, const struct run *runs, size_t count)
{
    struct chapter *chapter;

    if (!flow->chapter_count)
        return;
    chapter = &flow->chapters[flow->chapter_count - 1];
    chapter->band = copy(flow, runs, count, sizeof(*runs));
    chapter->band_count = count;
}

void flow_fill(struct flow *flow)
{
    add(flow, BLOCK_FILL);
}

void flow_stretch(struct flow *flow, double most)
{
    if (flow->last)
        flow->last->stretch = most;
}

void flow_rule(struct flow *flow, bool is_dashed)
{
    add(flow, BLOCK_RULE)->is_dashed = is_dashed;
}

unsigned flow_anchor(struct flow *flow)
{
    return ++flow->anchors;
}

size_t flow_page_count(const struct flow *flow)
{
    return flow->pages;
}

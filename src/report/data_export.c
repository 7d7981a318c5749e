/* Everything that is held about an enterprise, for itself. */
#include "sheet.h"

#include "base/text.h"

static void add_pairs(struct sheet *sheet, const struct data_export_part *section)
{
    struct flow_pair *pairs = ARENA_ARRAY(&sheet->arena, struct flow_pair, section->pair_count);

    for (size_t i = 0; i < section->pair_count; i++) {
        const struct data_export_pair *pair = &section->pairs[i];

        pairs[i].label = pair->label;
        pairs[i].value =
            pair->value && *pair->value ? pair->value : sheet_tr(sheet, SHEET_NOT_GIVEN);
    }
    flow_pairs(sheet->flow, pairs, section->pair_count, 1);
}

static void add_table(struct sheet *sheet, const struct data_export_part *section)
{
    struct flow_column columns[FLOW_COLUMNS_MAX] = {0};
    struct flow_cell cells[FLOW_COLUMNS_MAX] = {0};
    size_t count =
        section->column_count < FLOW_COLUMNS_MAX ? section->column_count : FLOW_COLUMNS_MAX;

    for (size_t i = 0; i < count; i++)
        columns[i] = (struct flow_column){section->columns[i],
                                          section->weights ? section->weights[i] : 1, 0, false};
    flow_table_begin(sheet->flow, &(struct flow_table){.columns = columns, .count = count});
    for (size_t row = 0; row < section->row_count; row++) {
        for (size_t i = 0; i < count; i++) {
            const char *text = section->cells[row * section->column_count + i];

            cells[i].text = text && *text ? text : "–";
        }
        flow_row(sheet->flow, ROW_PLAIN, cells, count);
    }
    flow_table_end(sheet->flow);
}

static void add_section(struct sheet *sheet, const struct data_export_part *section)
{
    flow_heading(sheet->flow, 2, section->title);
    if (section->lead) {
        flow_text(sheet->flow, FLOW_BODY, section->lead);
        flow_keep(sheet->flow);
    }
    if (section->pair_count)
        add_pairs(sheet, section);
    if (section->column_count && section->row_count)
        add_table(sheet, section);
    else if (!section->pair_count)
        flow_text(sheet->flow, FLOW_NOTE, sheet_tr(sheet, RECORD_NOTHING));
}

static void add_lead(struct sheet *sheet, const struct data_export *record)
{
    const struct flow_pair pairs[] = {
        {sheet_tr(sheet, RECEIPT_NAME), record->name, NULL},
        {sheet_tr(sheet, SHEET_REFERENCE), record->reference, NULL},
    };

    flow_cover(sheet->flow, &(struct flow_cover){.kicker = record->service,
                                                 .title = sheet_tr(sheet, RECORD_TITLE),
                                                 .subtitle = record->name});
    flow_text(sheet->flow, FLOW_LEAD,
              sheet_tr_with(sheet, RECORD_LEAD, text_of_day(&sheet->arena, record->on)));
    flow_pairs(sheet->flow, pairs, 2, 2);
    flow_text(sheet->flow, FLOW_BODY, sheet_tr(sheet, RECORD_SECRET));
    flow_box_begin(sheet->flow, &(struct flow_box){.tone = TONE_INFO,
                                                   .title = sheet_tr(sheet, RECORD_RIGHTS_TITLE),
                                                   .sign = SIGN_INFO});
    flow_text(sheet->flow, FLOW_BODY, sheet_tr(sheet, RECORD_RIGHTS));
    if (record->help)
        flow_text(sheet->flow, FLOW_BODY, record->help);
    flow_box_end(sheet->flow);
    if (record->section_count > 1) {
        flow_text(sheet->flow, FLOW_STRONG, sheet_tr(sheet, RECORD_CONTENTS));
        flow_keep(sheet->flow);
        flow_contents(sheet->flow, 2);
        flow_page_break(sheet->flow);
    }
}

enum status data_export_pdf(const struct data_export *record, enum lang lang, struct buf *out,
                        struct err *err)
{
    struct sheet sheet;

    sheet_begin(&sheet, lang, RECORD_TITLE, record->service, record->name, record->on);
    add_lead(&sheet, record);
    for (size_t i = 0; i < record->section_count; i++)
        add_section(&sheet, &record->sections[i]);
    return sheet_end(&sheet, false, out, err);
}

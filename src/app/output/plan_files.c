/* Rows of action plans as CSV and PDF. */
#include "app/output/plan_files.h"

#include "base/csv.h"
#include "report/action_sheet.h"

static void write_row(const struct plan_listing *listing, const struct plan_row *row,
                      struct arena *arena, struct csv_writer *w)
{
    csv_put(w, plan_owner_name(row, listing->lang));
    for (size_t i = 0; i < listing->columns->count; i++)
        csv_put(w, plan_text(row, listing->columns->items[i].column, arena));
    csv_put(w, plan_standing(row, listing->today, listing->lang, arena));
    csv_end_row(w);
}

void plan_write_csv(const struct plan_listing *listing, char separator, struct arena *arena,
                    struct buf *out)
{
    static const struct words owner = {{"Đơn vị", "Enterprise"}};
    static const struct words state = {{"Trạng thái", "State"}};
    struct csv_writer w;

    csv_writer_init(&w, out, (struct csv_format){separator, true, true});
    csv_put(&w, owner.in[listing->lang]);
    for (size_t i = 0; i < listing->columns->count; i++)
        csv_put(&w, listing->columns->items[i].name.in[listing->lang]);
    csv_put(&w, state.in[listing->lang]);
    csv_end_row(&w);
    for (size_t i = 0; i < listing->count; i++)
        write_row(listing, &listing->rows[i], arena, &w);
}

static struct action_line line_of(const struct plan_listing *listing, const struct plan_row *row,
                                  struct arena *arena)
{
    struct action_line line = {.owner =
                                   listing->has_owners ? plan_owner_name(row, listing->lang) : NULL,
                               .state = plan_standing(row, listing->today, listing->lang, arena),
                               .is_late = plan_is_overdue(row, listing->today)};

    for (int i = 0; i < ACTION_COLUMN__MAX; i++)
        line.cells[i] = plan_text(row, (enum action_column)i, arena);
    return line;
}

enum status plan_write_pdf(const struct plan_listing *listing, struct arena *arena, struct buf *out,
                           struct err *err)
{
    struct action_line *lines = ARENA_ARRAY(arena, struct action_line, listing->count + 1);
    const struct action_sheet sheet = {.columns = listing->columns,
                                       .subject = listing->subject,
                                       .service = listing->service,
                                       .on = listing->today,
                                       .lines = lines,
                                       .count = listing->count};

    for (size_t i = 0; i < listing->count; i++)
        lines[i] = line_of(listing, &listing->rows[i], arena);
    return action_sheet_print(&sheet, listing->lang, out, err);
}

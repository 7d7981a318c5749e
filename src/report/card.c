/* The card and the receipt of a dossier: one page each. */
#include "sheet.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"

#define GROUP_CHARS 4

static const double sides[] = {7, 4};

/* "Go to https://...": the address is a link. */
static void add_address(struct sheet *sheet, const char *marker, enum sheet_text text,
                        const char *uri)
{
    const struct run runs[] = {{.text = sheet_tr(sheet, text)},
                               {.text = uri, .colour = COLOUR_LINK, .uri = uri},
                               {.text = "."}};

    flow_item_runs(sheet->flow, marker, runs, ARRAY_SIZE(runs));
}

/* ---- the card ---- */

/* Groups of four with blanks between them; what else stands in it is left out. */
static const char *grouped(struct sheet *sheet, const char *secret)
{
    size_t len = strlen(secret), count = 0;
    char *text = arena_alloc(&sheet->arena, 2 * len + 1, 1), *to = text;

    for (size_t i = 0; i < len; i++) {
        if (!isalnum((unsigned char)secret[i]))
            continue;
        if (count && count % GROUP_CHARS == 0)
            *to++ = ' ';
        *to++ = secret[i];
        count++;
    }
    return text;
}

/* True if letters and digits of `part` follow each other in `text`, whatever stands between. */
static bool gives_away(const char *text, const char *part)
{
    for (; *text; text++) {
        const char *a = text, *b = part;

        while (*a && *b) {
            if (!isalnum((unsigned char)*b))
                b++;
            else if (!isalnum((unsigned char)*a))
                a++;
            else if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
                break;
            else
                a++, b++;
        }
        if (!*b)
            return true;
    }
    return false;
}

static void add_card_help(struct sheet *sheet, const struct card *card)
{
    struct flow *flow = sheet->flow;

    flow_box_begin(flow, &(struct flow_box){.tone = TONE_WARN,
                                            .title = sheet_tr(sheet, CARD_SECRET_TITLE),
                                            .sign = SIGN_WARN});
    flow_text(flow, FLOW_BODY, sheet_tr(sheet, CARD_SECRET_TEXT));
    flow_box_end(flow);
    flow_heading(flow, 2, sheet_tr(sheet, CARD_RESUME));
    add_address(sheet, "1.", CARD_STEP_OPEN, card->uri);
    flow_item(flow, "2.", sheet_tr(sheet, CARD_STEP_ENTER));
    flow_item(flow, "3.", sheet_tr(sheet, CARD_STEP_GO_ON));
    sheet_help(sheet, CARD_LOST, CARD_LOST_TEXT, card->help);
}

enum status card_pdf(const struct card *card, enum lang lang, struct buf *out, struct err *err)
{
    struct sheet sheet;
    enum status status;

    if (!*card->secret || gives_away(card->uri, card->secret))
        return err_set(err, BAD_INPUT, "phiếu cần một mã bí mật không nằm trong địa chỉ trang",
                       "a card needs a secret code that is not part of the page's address");
    sheet_begin(&sheet, lang, CARD_TITLE, card->service, card->reference, card->on);
    flow_heading(sheet.flow, 1, sheet_tr(&sheet, CARD_TITLE));
    flow_text(sheet.flow, FLOW_LEAD, sheet_tr(&sheet, CARD_LEAD));
    flow_columns_begin(sheet.flow, sides, 2);
    sheet_plate(&sheet, SHEET_REFERENCE, card->reference);
    sheet_plate(&sheet, SHEET_SECRET, grouped(&sheet, card->secret));
    flow_columns_next(sheet.flow);
    status = sheet_qr(&sheet, card->uri, CARD_QR, err);
    flow_columns_end(sheet.flow);
    if (status != OK) {
        sheet_drop(&sheet);
        return status;
    }
    add_card_help(&sheet, card);
    return sheet_end(&sheet, true, out, err);
}

/* ---- the receipt ---- */

static const char *or_not_given(const struct sheet *sheet, const char *text)
{
    return text && *text ? text : sheet_tr(sheet, SHEET_NOT_GIVEN);
}

static void add_receipt_facts(struct sheet *sheet, const struct receipt *receipt)
{
    const struct flow_pair pairs[] = {
        {sheet_tr(sheet, SHEET_REFERENCE), receipt->reference, NULL},
        {sheet_tr(sheet, RECEIPT_NAME), or_not_given(sheet, receipt->name), NULL},
        {sheet_tr(sheet, RECEIPT_TAX_CODE), or_not_given(sheet, receipt->tax_code), NULL},
        {sheet_tr(sheet, RECEIPT_QUESTIONNAIRE), receipt->questionnaire, NULL},
        {sheet_tr(sheet, RECEIPT_ROUND), receipt->round, NULL},
        {sheet_tr(sheet, RECEIPT_TIMES), arena_printf(&sheet->arena, "%d", receipt->times), NULL},
        {sheet_tr(sheet, RECEIPT_CONSENT), receipt->consent_version, NULL},
    };

    flow_pairs(sheet->flow, pairs, ARRAY_SIZE(pairs), 1);
}

static void add_receipt_result(struct sheet *sheet, const struct receipt *receipt)
{
    const struct flow_pair pairs[] = {
        {sheet_tr(sheet, RECEIPT_LEVEL), receipt->level, NULL},
        {sheet_tr(sheet, RECEIPT_SCORE), receipt->score, NULL},
    };

    flow_box_begin(sheet->flow, &(struct flow_box){.tone = TONE_GOOD,
                                                   .title = sheet_tr(sheet, RECEIPT_RESULT),
                                                   .sign = SIGN_YES});
    flow_pairs(sheet->flow, pairs, ARRAY_SIZE(pairs), 2);
    flow_text(sheet->flow, FLOW_NOTE, sheet_tr(sheet, RECEIPT_SELF));
    flow_box_end(sheet->flow);
}

static void add_receipt_next(struct sheet *sheet, const struct receipt *receipt)
{
    static const enum sheet_text steps[] = {RECEIPT_STEP_CHECK, RECEIPT_STEP_MORE,
                                            RECEIPT_STEP_AMEND, RECEIPT_STEP_WITHDRAW};

    flow_heading(sheet->flow, 2, sheet_tr(sheet, RECEIPT_NEXT));
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
        flow_item(sheet->flow, NULL, sheet_tr(sheet, steps[i]));
    add_address(sheet, NULL, RECEIPT_STATUS, receipt->uri);
    sheet_help(sheet, SHEET_HELP, SHEET_TEXT__MAX, receipt->help);
    flow_text(sheet->flow, FLOW_NOTE, sheet_tr(sheet, RECEIPT_NO_SIGNATURE));
}

enum status receipt_pdf(const struct receipt *receipt, enum lang lang, struct buf *out,
                        struct err *err)
{
    struct sheet sheet;
    enum status status;

    sheet_begin(&sheet, lang, RECEIPT_TITLE, receipt->service, receipt->reference, receipt->on);
    flow_heading(sheet.flow, 1, sheet_tr(&sheet, RECEIPT_TITLE));
    flow_text(sheet.flow, FLOW_LEAD, sheet_tr_with(&sheet, RECEIPT_LEAD, receipt->submitted_at));
    flow_columns_begin(sheet.flow, sides, 2);
    add_receipt_facts(&sheet, receipt);
    flow_columns_next(sheet.flow);
    status = sheet_qr(&sheet, receipt->uri, RECEIPT_QR, err);
    flow_columns_end(sheet.flow);
    if (status != OK) {
        sheet_drop(&sheet);
        return status;
    }
    add_receipt_result(&sheet, receipt);
    add_receipt_next(&sheet, receipt);
    return sheet_end(&sheet, true, out, err);
}

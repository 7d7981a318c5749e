#include "app/mail.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/array.h"
#include "base/text.h"
#include "store/cases.h"

/* ---- taken and settled ---- */

/* Whether what it tells of is still so. */
static enum status is_true(const struct app_context *app, const struct outbox_row *row,
                           struct arena *arena, bool *is_true, struct err *err)
{
    struct case_row about;
    enum status status;

    *is_true = true;
    if (!row->about || !*row->while_state)
        return OK;
    status = case_load(app->store, row->about, arena, &about, err);
    *is_true = status == OK && strcmp(case_state_code(about.at.state), row->while_state) == 0;
    return status == NOT_FOUND ? OK : status;
}

static enum status take(const struct app_context *app, struct arena *arena, struct outbox_row *out,
                        struct err *err)
{
    bool is_still_true = false;
    enum status status = OK;

    while (status == OK && !is_still_true) {
        status = outbox_next(app->store, context_seconds(app), arena, out, err);
        if (status == OK)
            status = is_true(app, out, arena, &is_still_true, err);
        if (status != OK)
            break;
        out->state = is_still_true ? OUTBOX_SENDING : OUTBOX_DROPPED;
        out->attempts += is_still_true;
        status = outbox_move(app->store, out, OUTBOX_WAITING, app->now, err);
    }
    return status;
}

enum status mail_take(const struct app_context *app, struct arena *arena, struct outbox_row *out,
                      struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err), took;

    if (status != OK)
        return status;
    /* what was dropped on the way is kept also where nothing is left */
    took = take(app, arena, out, err);
    status = context_end(app, is_own, took == NOT_FOUND ? OK : took, err);
    return status == OK ? took : status;
}

enum status mail_settle(const struct app_context *app, struct outbox_row *row,
                        enum mail_outcome outcome, struct err *err)
{
    static const int pauses[MAIL_TRIES_MAX - 1] = {60, 300, 1800, 7200, 21600};
    int tries = row->attempts;

    row->state = outcome == MAIL_SENT                ? OUTBOX_SENT
                 : outcome == MAIL_LOST              ? OUTBOX_UNKNOWN
                 : tries < 1 || tries >= MAIL_TRIES_MAX ? OUTBOX_FAILED
                                                     : OUTBOX_WAITING;
    if (row->state == OUTBOX_WAITING)
        row->not_before = context_seconds(app) + pauses[tries - 1];
    return outbox_move(app->store, row, OUTBOX_SENDING, app->now, err);
}

enum status mail_recover(const struct app_context *app, int64_t *lost, struct err *err)
{
    return outbox_lose(app->store, app->now, lost, err);
}

/* ---- written ---- */

/* "=?UTF-8?B?" and "?=" around it: lines of 78 with "Subject: " before it (RFC 2047, 2). */
#define WORD_BYTES_MAX 42
#define LINE_BYTES 57 /* that become a line of 76 */

static void put_base64(const char *text, size_t len, struct buf *out)
{
    char encoded[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];

    sodium_bin2base64(encoded, sizeof(encoded), (const unsigned char *)text, len,
                      sodium_base64_VARIANT_ORIGINAL);
    buf_puts(out, encoded);
}

static bool is_ascii(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || (unsigned char)*text >= 0x7f)
            return false;
    }
    return true;
}

/* Line ends and other controls are blanks: none of them can begin another header. */
static void put_plain(const char *text, struct buf *out)
{
    for (; *text; text++)
        buf_putc(out, (unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text);
}

/* Words that each hold whole characters, folded onto lines of their own. */
static void put_subject(const char *text, struct buf *out)
{
    struct buf plain;
    const char *at;

    if (is_ascii(text) && strlen(text) <= 900) {
        put_plain(text, out);
        return;
    }
    buf_init(&plain, 4096);
    put_plain(text, &plain);
    for (at = buf_text(&plain); *at;) {
        size_t len = text_cut(at, strlen(at), WORD_BYTES_MAX);

        if (at != buf_text(&plain))
            buf_puts(out, "\n ");
        buf_puts(out, "=?UTF-8?B?");
        put_base64(at, len, out);
        buf_puts(out, "?=");
        at += len;
    }
    buf_free(&plain);
}

/* "Mon, 23 Nov 2026 08:00:00 +0000" */
static void put_date(const char *now, struct buf *out)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSep"
                                                                   "OctNovDec";
    day on = DAY_NONE;
    struct civil civil;

    if (strlen(now) < 19 || !day_parse_iso(now, DAY_ISO_CHARS, &on))
        return;
    civil = day_civil(on);
    buf_printf(out, "Date: %.3s, %d %.3s %d %.8s +0000\n", days + (ptrdiff_t)3 * day_of_week(on),
               civil.mday, months + (ptrdiff_t)3 * (civil.month - 1), civil.year, now + 11);
}

static void put_header(const char *name, const char *value, struct buf *out)
{
    buf_printf(out, "%s: ", name);
    put_plain(value, out);
    buf_putc(out, '\n');
}

void mail_write(const struct mail *mail, struct buf *out)
{
    size_t len = strlen(mail->text);

    put_date(mail->now, out);
    if (mail->from)
        put_header("From", mail->from, out);
    put_header("To", mail->to, out);
    buf_puts(out, "Subject: ");
    put_subject(mail->subject, out);
    buf_printf(out, "\nMessage-ID: <dxready.%lld.%.10s@", (long long)mail->id, mail->now);
    put_plain(mail->host, out);
    buf_puts(out, ">\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                  "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64\n\n");
    for (size_t at = 0; at < len; at += LINE_BYTES) {
        put_base64(mail->text + at, len - at < LINE_BYTES ? len - at : LINE_BYTES, out);
        buf_putc(out, '\n');
    }
}

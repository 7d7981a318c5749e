/* What people are told, in words: on the pages, and in mails. */
#include "web/kit/mailer.h"

#include <string.h>

#include "base/array.h"
#include "web/kit/request.h"
#include "web_paths.h"

#define VALUES_MAX 3

static const struct notice_texts {
    enum web_text subject, text;
} texts[NOTICE__MAX] = {
    [NOTICE_ASKED] = {WEB_mail_asked_subject, WEB_mail_asked_text},
    [NOTICE_RETURNED] = {WEB_mail_returned_subject, WEB_mail_returned_text},
    [NOTICE_WARNED] = {WEB_mail_warned_subject, WEB_mail_warned_text},
    [NOTICE_LAST_DAY] = {WEB_mail_last_day_subject, WEB_mail_last_day_text},
    [NOTICE_EXPIRED] = {WEB_mail_expired_subject, WEB_mail_expired_text},
    [NOTICE_VERIFIED] = {WEB_mail_verified_subject, WEB_mail_verified_text},
    [NOTICE_DATA_ANSWERED] = {WEB_mail_data_answered_subject, WEB_mail_data_answered_text},
    [NOTICE_DIGEST] = {WEB_mail_digest_subject, WEB_mail_digest_text},
    [NOTICE_TAKEN] = {WEB_mail_taken_subject, WEB_mail_taken_text},
    [NOTICE_RELEASED] = {WEB_mail_released_subject, WEB_mail_released_text},
};

/* The lines of the detail; "" for those that are not there. */
static void read_values(const struct outbox_row *row, struct arena *arena,
                        const char *values[VALUES_MAX])
{
    char *rest = arena_strdup(arena, row->detail);

    for (size_t i = 0; i < VALUES_MAX; i++) {
        const char *line = strsep(&rest, "\n");

        values[i] = line ? line : "";
    }
}

static const char *say(enum lang lang, enum web_text text, struct arena *arena,
                       const struct outbox_row *row)
{
    const char *values[VALUES_MAX];

    read_values(row, arena, values);
    return web_tr(lang, text, arena, values, VALUES_MAX);
}

const char *notice_sentence(const struct outbox_row *row, enum lang lang, struct arena *arena)
{
    enum notice kind = notice_of(row);

    return kind == NOTICE__MAX ? "" : say(lang, texts[kind].text, arena, row);
}

/* Where it is to be looked at. */
static struct path path_of(const struct outbox_row *row, struct arena *arena)
{
    const char *values[VALUES_MAX];

    if (row->owner_kind == NOTICE_ACCOUNT)
        return row->about ? path_page_case(arena, row->about) : path_page_queue(arena);
    read_values(row, arena, values);
    return path_page_status(arena, values[0]);
}

bool mail_words_of(const struct site *site, const struct outbox_row *row, struct arena *arena,
                   struct mail_words *out)
{
    enum notice kind = notice_of(row);
    const char *contact = site->options.contact, *link;

    if (kind == NOTICE__MAX)
        return false;
    link = arena_printf(arena, "%s%s%s", site->url, row->lang == LANG_EN ? "/en" : "",
                        path_of(row, arena).text);
    out->subject = say(row->lang, texts[kind].subject, arena, row);
    out->text = arena_printf(arena, "%s\n\n%s\n\n%s\n%s%s",
                             say(row->lang, texts[kind].text, arena, row),
                             web_tr(row->lang, WEB_mail_open, arena, &link, 1),
                             web_tr(row->lang, WEB_mail_end, arena, NULL, 0),
                             contact ? contact : "", contact ? "\n" : "");
    return true;
}

/* ---- who wants them ---- */

const char *mail_form_read(struct request *rq, struct form_faults *faults)
{
    struct field field = {.name = "mail", .max = 2 * MAIL_ADDRESS_BYTES_MAX};
    const char *address, *typed;
    struct err err;

    if (!request_form(rq, &field, 1))
        return NULL;
    typed = field.value ? field.value : "";
    if (mail_address_read(typed, rq->arena, &address, &err) == OK)
        return address;
    form_fault_add(faults, "mail", tr(rq, WEB_reminders_address),
                   arena_strdup(rq->arena, err.text[rq->lang]));
    return typed;
}

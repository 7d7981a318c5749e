#ifndef APP_MAIL_H
#define APP_MAIL_H

#include "app/notices.h"
#include "base/buf.h"

/*
 * Mail, one at a time: taken out of the outbox, handed to a program that sends it (sendmail -t),
 * and noted. That it is being sent is on the disk before it is handed over, so that nothing is ever
 * sent twice: what is found so after a crash may have been sent or not, is said so, and stays.
 */

/* Tries in all, and the pauses between them: 1, 5, 30 minutes, 2, 6 hours. */
#define MAIL_TRIES_MAX 6

enum mail_outcome {
    MAIL_SENT,    /* the program took it */
    MAIL_REFUSED, /* the program said that it did not: tried again later */
    MAIL_LOST     /* it was ended, or came to grief: nobody knows */
};

/* The next one that is due, noted as being sent (the caller commits, then sends); what is not true
 * any more is dropped on the way. NOT_FOUND: nothing is due. */
MUST_USE enum status mail_take(const struct app_context *app, struct arena *arena,
                               struct outbox_row *out, struct err *err);
/* What came of it. */
MUST_USE enum status mail_settle(const struct app_context *app, struct outbox_row *row,
                                 enum mail_outcome outcome, struct err *err);
/* Once, before the first is taken: what was being sent when the program ended. */
MUST_USE enum status mail_recover(const struct app_context *app, int64_t *lost, struct err *err);

/* A mail as it is written. Texts are UTF-8; lines end in "\n". */
struct mail {
    const char *from; /* an address; NULL: who sends it says */
    const char *to;
    const char *subject, *text;
    const char *host; /* of the site, for its name */
    int64_t id;
    const char *now; /* UTC */
};

/* RFC 5322 with LF, as sendmail -t takes it: the subject encoded where it needs to be (RFC 2047),
 * the text in base64. What could break a header is a blank in it. */
void mail_write(const struct mail *mail, struct buf *out);

#endif

#ifndef WEB_KIT_MAILER_H
#define WEB_KIT_MAILER_H

#include <sys/types.h>

#include "app/mail.h"

struct site;
struct request;
struct form_faults;

/*
 * Sends what waits in the outbox, in the thread of the store between two batches: each mail is a
 * child process (sendmail -t) that is looked after from tick to tick, and nobody waits for it.
 */
#define MAILS_AT_ONCE 4
#define MAIL_SECONDS_MAX 60 /* then the child is ended */

struct mail_job {
    bool is_busy;
    pid_t child; /* 0: it has ended, and `outcome` is to be noted */
    enum mail_outcome outcome;
    int64_t until_ms;
    struct arena arena; /* of its row */
    struct outbox_row row;
};

struct mailer {
    bool is_begun;
    struct mail_job jobs[MAILS_AT_ONCE];
};

void mailer_tick(struct site *site);
/* At the end of the server: waits for who is at it, ten seconds at the most. */
void mailer_stop(struct site *site);

/* The mail of a row in words: its subject and its text, in the arena. False: it is of a newer
 * program, and has none. */
struct mail_words {
    const char *subject, *text;
};
bool mail_words_of(const struct site *site, const struct outbox_row *row, struct arena *arena,
                   struct mail_words *out);
/* The form of an address: what was sent, read. NULL where it was answered with an error; else the
 * address, or (`faults`) what is wrong with it. */
const char *mail_form_read(struct request *rq, struct form_faults *faults);

/* What it tells, as one sentence in the language of who reads it. */
const char *notice_sentence(const struct outbox_row *row, enum lang lang, struct arena *arena);

#endif

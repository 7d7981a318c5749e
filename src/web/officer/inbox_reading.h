#ifndef SRC_WEB_OFFICER_INBOX_READING_H
#define SRC_WEB_OFFICER_INBOX_READING_H

#include "app/review/inbox.h"
#include "web/officer/desk.h"

/* Reads a file of the inbox (again): in a slow thread, then compares and keeps its rows, a little
 * at a time, and goes to its page, where `done` is said. In QUEUE_WRITE. */
enum work_queue inbox_begin_reading(struct request *rq, const struct inbox *inbox,
                                    const char *done);

/* A text with values. */
#define INBOX_SAY(rq, text, ...)                                                                   \
    web_tr((rq)->lang, (text), (rq)->arena, (const char *const[]){__VA_ARGS__},                    \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* What a state is called, and its colour. */
const char *inbox_state_text(struct request *rq, enum inbox_state state, const char **tone);

#endif

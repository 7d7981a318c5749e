#ifndef SRC_WEB_ENTERPRISE_CODE_H
#define SRC_WEB_ENTERPRISE_CODE_H

#include "web/kit/request.h"

/*
 * The secret of a dossier and the token of its link. Only hashes are stored; the browser that made
 * them keeps both in a cookie that only this server can read, so that they can be shown again and
 * printed for as long as the browser stays open, also after the server was restarted.
 */
struct code {
    char reference[DOSSIER_REFERENCE_BYTES];
    char secret[SECRET_PRINTED_BYTES];
    char token[SESSION_TOKEN_CHARS + 1]; /* of the link, in hex */
    char hash[128];                      /* of the secret; "" until code_hash() */
};

/* Random. */
void code_make(struct code *code);
/* Slow: belongs to QUEUE_SLOW. */
void code_hash(struct code *code);
/* Sets the cookie. */
void code_keep(struct request *rq, const struct code *code);
/* What the cookie holds, if it is of this dossier. */
bool code_read(struct request *rq, const char *reference, struct code *code);
void code_forget(struct request *rq);
/* Opens a dossier that was just added for this visitor, keeps its code, and leads to its page. */
enum work_queue code_hand_over(struct request *rq, struct code *code,
                               const struct dossier *dossier);

#endif


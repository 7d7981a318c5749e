/* The next round from a dossier that was submitted in an earlier one. */
#include <string.h>

#include "after.h"
#include "base/text.h"
#include "code.h"
#include "web/handlers.h"

/* Rounds that may be begun from one dossier: three at once, then one an hour. */
#define AGAIN_TRIES 3
#define AGAIN_SECONDS 3600

struct again {
    struct beginning beginning;
    struct code code;
};

static enum work_queue add_dossier(struct visit *v)
{
    struct again *again = v->page;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct dossier dossier;
    struct err err;
    enum status status;

    session_hash_of(again->code.token, token_hash);
    again->beginning = (struct beginning){.survey = v->filled.survey,
                                          .lang = v->lang,
                                          .secret_hash = again->code.hash,
                                          .token_hash = token_hash};
    /* What was changed in another window meanwhile. */
    status = filled_load(&v->site->desk, v->reference, v->arena, &v->filled, &err);
    if (status == OK)
        status = dossier_begin_again(&v->site->desk, &v->filled, &again->beginning, v->arena,
                                     &dossier, &err);
    if (status != OK)
        return visit_error(v, &err);
    return code_hand_over(v, &again->code, &dossier);
}

static enum work_queue hash_code(struct visit *v)
{
    struct again *again = v->page;

    code_hash(&again->code);
    return visit_go(v, QUEUE_STORE, add_dossier);
}

bool may_begin_again(const struct visit *v)
{
    const char *round = v->filled.response->round;

    return v->filled.dossier.assessment != 0 && v->filled.dossier.state != DOSSIER_WITHDRAWN &&
           v->filled.dossier.state != DOSSIER_ERASED &&
           (!round || strcmp(round, v->site->round) != 0);
}

enum work_queue post_again(struct visit *v)
{
    struct again *again = ARENA_NEW(v->arena, struct again);
    struct err err;

    if (!visit_press(v))
        return QUEUE_DONE;
    if (!may_begin_again(v))
        return refuse_state(v);
    if (visit_limit(v, "again", v->reference, AGAIN_TRIES, AGAIN_SECONDS, &err) != OK)
        return visit_limited(v, &err);
    v->page = again;
    code_make(&again->code);
    return visit_go(v, QUEUE_SLOW, hash_code);
}

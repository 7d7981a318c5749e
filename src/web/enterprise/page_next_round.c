/* The next round from a dossier that was submitted in an earlier one. */
#include <string.h>

#include "submission.h"
#include "base/text.h"
#include "code.h"
#include "web/handlers.h"

/* Rounds that may be begun from one dossier: three at once, then one an hour. */
#define AGAIN_TRIES 3
#define AGAIN_SECONDS 3600

struct next_round {
    const struct loaded_questionnaire *survey;
    struct new_dossier wanted;
    struct code code;
};

static enum work_queue add_dossier(struct request *rq)
{
    struct next_round *again = rq->page;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct dossier dossier;
    struct err err;
    enum status status;

    hash_token(again->code.token, token_hash);
    again->wanted = (struct new_dossier){.survey = again->survey,
                                          .lang = rq->lang,
                                          .secret_hash = again->code.hash,
                                          .token_hash = token_hash};
    /* What was changed in another window meanwhile. */
    status = open_dossier_load(&rq->app, rq->reference, rq->arena, &rq->opened, &err);
    if (status == OK)
        status = dossier_begin_again(&rq->app, &rq->opened, &again->wanted, rq->arena, &dossier,
                                     &err);
    if (status != OK)
        return request_error(rq, &err);
    return code_hand_over(rq, &again->code, &dossier);
}

static enum work_queue hash_code(struct request *rq)
{
    struct next_round *again = rq->page;

    code_hash(&again->code);
    return request_go(rq, QUEUE_WRITE, add_dossier);
}

bool may_begin_again(const struct request *rq)
{
    const char *round = rq->opened.response->round;

    return rq->opened.dossier.assessment != 0 && rq->opened.dossier.state != DOSSIER_WITHDRAWN &&
           rq->opened.dossier.state != DOSSIER_ERASED &&
           (!round || strcmp(round, rq->site->round) != 0);
}

const struct loaded_questionnaire *goes_on_with(const struct request *rq)
{
    const char *of = rq->opened.survey->q->estimate.of;

    return of && rq->opened.dossier.assessment && rq->opened.dossier.state != DOSSIER_WITHDRAWN &&
                   rq->opened.dossier.state != DOSSIER_ERASED
               ? loaded_data_find(&rq->site->loaded, of)
               : NULL;
}

static enum work_queue begin_with(struct request *rq, const struct loaded_questionnaire *survey)
{
    struct next_round *again = ARENA_NEW(rq->arena, struct next_round);
    struct err err;

    if (!survey)
        return refuse_state(rq);
    again->survey = survey;
    if (request_limit(rq, "again", rq->reference, AGAIN_TRIES, AGAIN_SECONDS, &err) != OK)
        return request_limited(rq, &err);
    rq->page = again;
    code_make(&again->code);
    return request_go(rq, QUEUE_SLOW, hash_code);
}

enum work_queue post_again(struct request *rq)
{
    if (!request_press(rq))
        return QUEUE_DONE;
    return begin_with(rq, may_begin_again(rq) ? rq->opened.survey : NULL);
}

enum work_queue post_go_on(struct request *rq)
{
    if (!request_press(rq))
        return QUEUE_DONE;
    return begin_with(rq, goes_on_with(rq));
}

/* What looking at a file is expected to change. */
#include "insight/risk.h"

#include <stdlib.h>

/* Of RISK_PRIOR_FILES with so many signals, those that are guessed to be wrong. */
static const size_t prior_wrong[RISK_CLASSES] = {1, 2, 3, 5};

size_t risk_class(size_t signals)
{
    return signals < RISK_CLASSES ? signals : RISK_CLASSES - 1;
}

struct ratio risk_chance(const struct risk_learned *learned, size_t signals)
{
    size_t k = risk_class(signals);

    return ratio_make((wide)(learned->wrong[k] + prior_wrong[k]),
                      (wide)(learned->seen[k] + RISK_PRIOR_FILES));
}

int64_t risk_stake(int64_t support_vnd, int margin, int margin_max)
{
    int near = margin ? margin_max + 1 - abs(margin) : 0;

    return support_vnd + (near > 0 ? (int64_t)RISK_LEVEL_VND * near / margin_max : 0);
}

int64_t risk_expected(struct ratio chance, int64_t stake_vnd)
{
    int64_t whole = 0;

    ratio_to_int64(ratio_floor(ratio_mul(chance, ratio_of(stake_vnd))), &whole);
    return whole;
}

/* The rate of wrong files of a stratified sample, with its interval. */
#include "insight/rate.h"

#include <math.h>

#define Z 1.959963984540054 /* of 95 % */

void rate_wilson(double rate, double seen, double *low, double *high)
{
    double z2 = Z * Z / seen;
    double middle = (rate + z2 / 2) / (1 + z2);
    double reach = Z * sqrt(rate * (1 - rate) / seen + z2 / (4 * seen)) / (1 + z2);

    *low = middle - reach > 0 ? middle - reach : 0;
    *high = middle + reach < 1 ? middle + reach : 1;
}

/* Files of the strata that something was looked at of. */
static size_t count_all(const struct rate_stratum *strata, size_t count, struct rate *out)
{
    size_t files = 0;

    for (size_t i = 0; i < count; i++) {
        out->files += strata[i].files;
        out->seen += strata[i].seen;
        out->wrong += strata[i].wrong;
        out->strata_unseen += strata[i].files && !strata[i].seen;
        files += strata[i].seen ? strata[i].files : 0;
    }
    return files;
}

void rate_estimate(const struct rate_stratum *strata, size_t count, struct rate *out)
{
    double spread = 0;
    size_t files;

    *out = (struct rate){.is_known = false};
    files = count_all(strata, count, out);
    if (out->seen < RATE_SEEN_MIN)
        return;
    out->is_known = true;
    for (size_t i = 0; i < count; i++) {
        const struct rate_stratum *s = &strata[i];
        double weight = (double)s->files / (double)files;

        if (!s->seen)
            continue;
        out->rate += weight * (double)s->wrong / (double)s->seen;
        spread += weight * weight * (1 - (double)s->seen / (double)s->files) / (double)s->seen;
    }
    out->low = out->high = out->rate;
    if (spread <= 0)
        return;
    out->effective = 1 / spread;
    rate_wilson(out->rate, out->effective, &out->low, &out->high);
}

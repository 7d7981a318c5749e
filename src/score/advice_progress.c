/* Answers as packages raise them, and what that gains. */
#include "advice_parts.h"

#include <string.h>

void progress_start(const struct offers *offers, struct progress *progress)
{
    size_t room = offers->place_count + 1;

    *progress = (struct progress){.raw = ARENA_ARRAY(offers->arena, int64_t, room),
                                  .ticks = ARENA_ARRAY(offers->arena, uint64_t, room),
                                  .option = ARENA_ARRAY(offers->arena, unsigned, room)};
    for (size_t i = 0; i < offers->place_count; i++) {
        progress->raw[i] = offers->places[i].now;
        progress->ticks[i] = offers->places[i].ticks;
    }
}

void progress_copy(const struct offers *offers, struct progress *to, const struct progress *from)
{
    size_t count = offers->place_count;

    to->total = from->total;
    memcpy(to->dimensions, from->dimensions, sizeof(to->dimensions));
    memcpy(to->raw, from->raw, count * sizeof(*to->raw));
    memcpy(to->ticks, from->ticks, count * sizeof(*to->ticks));
    memcpy(to->option, from->option, count * sizeof(*to->option));
}

/* Raw points of the place after the raise: never fewer than before. */
static int64_t raised_raw(const struct offers *offers, const struct progress *progress,
                          const struct raise *raise)
{
    const struct place_of_answer *place = &offers->places[raise->place];
    struct answer answer = {.state = ANSWER_GIVEN, .is_active = true};
    int64_t raw = raise->raw;

    if (place->is_multiple) {
        answer.ticks = progress->ticks[raise->place] | raise->ticks;
        raw = scorer_raw(offers->scorer, place->question, &answer);
    }
    return raw > progress->raw[raise->place] ? raw : progress->raw[raise->place];
}

int64_t progress_gain(const struct offers *offers, const struct progress *progress,
                      const struct offer *offer)
{
    int64_t gain = 0;

    for (size_t i = 0; i < offer->raise_count; i++) {
        const struct raise *raise = &offer->raises[i];

        gain += (raised_raw(offers, progress, raise) - progress->raw[raise->place]) *
                scales_worth(offers->scales, offers->places[raise->place].question);
    }
    return gain;
}

void progress_apply(const struct offers *offers, struct progress *progress,
                    const struct offer *offer)
{
    for (size_t i = 0; i < offer->raise_count; i++) {
        const struct raise *raise = &offer->raises[i];
        size_t question = offers->places[raise->place].question;
        int64_t raw = raised_raw(offers, progress, raise);
        int64_t gain = raw - progress->raw[raise->place];

        progress->ticks[raise->place] |= raise->ticks;
        if (!gain)
            continue;
        progress->raw[raise->place] = raw;
        progress->option[raise->place] = raise->option;
        progress->total += gain * scales_worth(offers->scales, question);
        progress->dimensions[offers->scorer->questions[question].dimension] +=
            gain * offers->scales->dimension_factor[question];
    }
}

/* A result for programs. */
#include "app/enterprise/result.h"

#include "app/way.h"

static void write_peers(struct json_writer *w, const struct peer_group *peers,
                        const struct questionnaire *q)
{
    static const char *const kinds[PEERS_KIND__MAX] = {"section-size", "section", "size", "all"};

    if (!peers) {
        json_null(w);
        return;
    }
    json_begin_object(w);
    json_member_string(w, "group", kinds[peers->kind]);
    json_member_int(w, "at_least", (int64_t)peers->n);
    json_member_decimal(w, "median", peers->total);
    json_key(w, "dimensions");
    json_begin_object(w);
    for (size_t i = 0; i < peers->count && i < q->dimension_count; i++)
        json_member_decimal(w, q->dimensions[i].id, peers->medians[i]);
    json_end_object(w);
    json_end_object(w);
}

static void write_comparison(struct json_writer *w, const struct report_source *source,
                             struct arena *arena)
{
    char iso[DAY_ISO_CHARS + 1] = "";

    if (!source->change) {
        json_null(w);
        return;
    }
    if (source->before_on != DAY_NONE)
        day_write_iso(iso, source->before_on);
    json_begin_object(w);
    json_member_string(w, "round", source->before_round);
    json_member_string(w, "submitted_on", *iso ? iso : NULL);
    json_key(w, "change");
    comparison_write(w, source->change, arena);
    json_end_object(w);
}

void result_write(struct json_writer *w, const struct result *result, struct arena *arena)
{
    const struct evaluation *a = result->assessment;
    const struct report_source *source = &result->report->source;

    json_key(w, "score");
    evaluation_write_score(w, a, true, arena);
    json_key(w, "match");
    evaluation_write_match(w, a, arena);
    if (source->advice || source->plan) {
        const struct way way = {.from = a->score.total.level,
                                .to = source->advice ? source->advice->to : source->plan->to,
                                .advice = source->advice,
                                .plan = source->plan,
                                .keeping = source->keeping};

        json_key(w, "plan");
        way_write(w, a, &way, arena);
    }
    json_key(w, "comparison");
    write_comparison(w, source, arena);
    json_key(w, "peers");
    write_peers(w, source->peers, a->response->questionnaire);
}

#include "policy/combine.h"

#include <string.h>

#include "base/array.h"

struct named_code {
    const char *code;
    struct words words;
};

static const struct named_code codes[] = {
    {"same-content-same-year",
     {{"cùng một nội dung trong một năm chỉ được hỗ trợ từ một nguồn",
       "the same content is supported from one source only in a year"}}},
    {"choose-one-level",
     {{"cùng một nội dung chỉ được chọn một mức hỗ trợ",
       "one level of support only may be chosen for the same content"}}},
};

struct words exclusion_words(const char *code)
{
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
        if (strcmp(codes[i].code, code) == 0)
            return codes[i].words;
    }
    return (struct words){{code, code}};
}

static bool names(const struct policy *policy, const char *code)
{
    for (size_t i = 0; i < policy->exclude_count; i++) {
        if (strcmp(policy->excludes[i], code) == 0)
            return true;
    }
    return false;
}

bool policies_exclude(const struct policy *a, const struct policy *b, const char **code)
{
    const char *why = NULL;

    if (names(a, b->id))
        why = b->id;
    else if (names(b, a->id))
        why = a->id;
    for (size_t i = 0; !why && a->content && b->content && i < a->exclude_count; i++) {
        if (strcmp(a->content, b->content) == 0 && names(b, a->excludes[i]))
            why = a->excludes[i];
    }
    if (code)
        *code = why;
    return why != NULL;
}

/* ---- the best set within one group of policies that exclude each other, directly or not ---- */

/* What a set is worth: money given, then policies of unknown worth, then loans and guarantees. */
struct worth {
    int64_t given, lent;
    size_t count;
};

struct group {
    const struct policy_match *members[COMBINE_GROUP_MAX];
    struct worth worth[COMBINE_GROUP_MAX];
    uint32_t excludes[COMBINE_GROUP_MAX]; /* bit set of members */
    size_t count;
    struct worth best;
    uint32_t best_set;
};

static bool is_lent(const struct policy *policy)
{
    return policy->benefit == BENEFIT_LOAN || policy->benefit == BENEFIT_GUARANTEE;
}

static struct worth worth_of(const struct policy_match *match)
{
    struct worth worth = {.count = 1};

    /* of an open amount the least is certain */
    int64_t amount = match->has_amount ? match->amount_vnd : match->has_range ? match->low_vnd : 0;

    if (is_lent(match->policy))
        worth.lent = amount;
    else
        worth.given = amount;
    return worth;
}

static struct worth add(struct worth a, struct worth b)
{
    return (struct worth){a.given + b.given, a.lent + b.lent, a.count + b.count};
}

static bool is_better(struct worth a, struct worth b)
{
    if (a.given != b.given)
        return a.given > b.given;
    return a.count != b.count ? a.count > b.count : a.lent > b.lent;
}

/* Takes or leaves member `at`; stops where even all that is left could not do better. */
static void search(struct group *g, size_t at, uint32_t chosen, struct worth worth)
{
    struct worth hope = worth;

    for (size_t i = at; i < g->count; i++)
        hope = add(hope, g->worth[i]);
    if (g->best_set && !is_better(hope, g->best))
        return;
    if (at == g->count) {
        g->best = worth;
        g->best_set = chosen;
        return;
    }
    if (!(g->excludes[at] & chosen))
        search(g, at + 1, chosen | UINT32_C(1) << at, add(worth, g->worth[at]));
    search(g, at + 1, chosen, worth);
}

static void solve(struct group *g)
{
    for (size_t i = 0; i < g->count; i++) {
        g->worth[i] = worth_of(g->members[i]);
        g->excludes[i] = 0;
        for (size_t j = 0; j < g->count; j++) {
            if (i != j && policies_exclude(g->members[i]->policy, g->members[j]->policy, NULL))
                g->excludes[i] |= UINT32_C(1) << j;
        }
    }
    g->best_set = 0;
    search(g, 0, 0, (struct worth){0});
}

/* ---- groups ---- */

struct combiner {
    struct combined_policy *policies;
    size_t count;
    size_t *group; /* of each policy; groups are named by their first member */
};

static void find_groups(struct combiner *c)
{
    bool has_changed = true;

    for (size_t i = 0; i < c->count; i++)
        c->group[i] = i;
    while (has_changed) {
        has_changed = false;
        for (size_t i = 0; i < c->count; i++) {
            for (size_t j = 0; j < i; j++) {
                if (c->group[i] == c->group[j] ||
                    !policies_exclude(c->policies[i].match->policy, c->policies[j].match->policy,
                                      NULL))
                    continue;
                c->group[i] = c->group[j] = c->group[i] < c->group[j] ? c->group[i] : c->group[j];
                has_changed = true;
            }
        }
    }
}

/* Marks the chosen members of one group; those beyond COMBINE_GROUP_MAX are left out. */
static bool choose_in_group(struct combiner *c, size_t name)
{
    struct group g = {.count = 0};
    size_t members[COMBINE_GROUP_MAX];
    bool is_exact = true;

    for (size_t i = name; i < c->count; i++) {
        if (c->group[i] != name)
            continue;
        if (g.count == COMBINE_GROUP_MAX) {
            is_exact = false;
            break;
        }
        members[g.count] = i;
        g.members[g.count++] = c->policies[i].match;
    }
    solve(&g);
    for (size_t i = 0; i < g.count; i++)
        c->policies[members[i]].is_chosen = g.best_set >> i & 1;
    return is_exact;
}

/* Of each policy that was not chosen, the chosen one that stands in its way. */
static void explain(struct combiner *c)
{
    for (size_t i = 0; i < c->count; i++) {
        for (size_t j = 0; !c->policies[i].is_chosen && j < c->count; j++) {
            if (!c->policies[j].is_chosen ||
                !policies_exclude(c->policies[i].match->policy, c->policies[j].match->policy,
                                  &c->policies[i].code))
                continue;
            c->policies[i].instead = c->policies[j].match;
            break;
        }
    }
}

const struct combination *combine(const struct match *match, struct arena *arena)
{
    struct combination *out = ARENA_NEW(arena, struct combination);
    struct combiner c = {.policies = ARENA_ARRAY(arena, struct combined_policy, match->count),
                         .group = ARENA_ARRAY(arena, size_t, match->count)};

    for (size_t i = 0; i < match->count; i++) {
        if (match->policies[i].verdict == VERDICT_ELIGIBLE &&
            match->policies[i].policy->open != OPEN_NO)
            c.policies[c.count++] = (struct combined_policy){.match = &match->policies[i]};
    }
    find_groups(&c);
    out->is_exact = true;
    for (size_t i = 0; i < c.count; i++) {
        if (c.group[i] == i)
            out->is_exact &= choose_in_group(&c, i);
    }
    explain(&c);
    out->policies = c.policies;
    out->count = c.count;
    for (size_t i = 0; i < c.count; i++) {
        const struct policy_match *one = c.policies[i].match;

        if (!c.policies[i].is_chosen || !one->policy->amount)
            continue;
        out->open += !one->has_amount;
        if (!one->has_amount || is_lent(one->policy))
            continue;
        out->given_vnd += one->amount_vnd;
        out->promised_vnd += one->policy->open == OPEN_YES ? one->amount_vnd : 0;
    }
    return out;
}

/* Policies as people read them: a family of many is one line and a count. */
#include "report/report.h"

#include <string.h>

/* What has an amount of its own is told on its own. */
static bool is_together(const struct policy_match *a, const struct policy_match *b)
{
    return !a->has_amount && !b->has_amount && a->policy->family && b->policy->family &&
           strcmp(a->policy->family, b->policy->family) == 0;
}

static bool stands_before(const struct policy_match *const *policies, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (is_together(policies[i], policies[at]))
            return true;
    }
    return false;
}

/* All from `at` on that stand with it. */
static void gather(struct arena *arena, const struct policy_match *const *policies, size_t count,
                   size_t at, struct policy_line *line)
{
    const struct policy_match **members =
        ARENA_ARRAY(arena, const struct policy_match *, count - at);

    members[line->count++] = policies[at];
    for (size_t i = at + 1; i < count; i++) {
        if (is_together(policies[at], policies[i]))
            members[line->count++] = policies[i];
    }
    line->policies = members;
}

const struct policy_line *policy_lines(struct arena *arena, const struct match *match,
                                       const struct policy_match *const *policies, size_t count,
                                       size_t least, size_t *line_count)
{
    const struct families *families = match->applicant->catalogue->families;
    struct policy_line *lines = ARENA_ARRAY(arena, struct policy_line, count + 1);
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        struct policy_line all = {0};

        if (stands_before(policies, i))
            continue;
        gather(arena, policies, count, i, &all);
        if (all.count >= least) {
            all.family = families_find(families, policies[i]->policy->family);
            lines[used++] = all;
            continue;
        }
        for (size_t k = 0; k < all.count; k++)
            lines[used++] = (struct policy_line){.policies = all.policies + k, .count = 1};
    }
    *line_count = used;
    return lines;
}

size_t report_policies_after(const struct report *report, size_t lines)
{
    size_t count = 0;

    for (size_t i = lines; i < report->line_count; i++)
        count += report->lines[i].count;
    return count;
}

#include "insight/peers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

#define HUNDREDTHS 10001 /* 0 % to 100 % */
#define SCORES_MAX (1 + DIMENSIONS_MAX)

/* The counts of one score within a group. */
struct histogram {
    uint32_t at[HUNDREDTHS];
};

/* One pair of section and size class, while the table is made. */
struct cell {
    const char *section, *size; /* NULL: not known */
    size_t n;
    struct histogram *scores;
};

/* An enterprise that is not the only one of its legal person. */
struct branch {
    uint32_t person, cell;
    uint32_t rated; /* a bit for each score */
};

_Static_assert(SCORES_MAX <= 32, "a bit for each score");

/* What is kept of a group. Its numbers are those of legal persons. */
struct group {
    size_t n;
    size_t rated[SCORES_MAX];
    struct ratio medians[SCORES_MAX]; /* exact */
};

struct peers {
    struct arena *arena;
    size_t scores;
    struct arena making; /* cells and histograms */
    struct map index;    /* of cells, then of groups; by their names */
    struct cell *cells;
    size_t cell_count;
    struct branch *branches;
    size_t branch_count, branch_cap;
    struct group *groups;
    size_t group_count;
};

struct peers *peers_new(struct arena *arena, size_t dimensions)
{
    struct peers *peers = ARENA_NEW(arena, struct peers);

    peers->arena = arena;
    peers->scores = 1 + (dimensions < DIMENSIONS_MAX ? dimensions : DIMENSIONS_MAX);
    arena_init(&peers->making);
    map_init(&peers->index, &peers->making);
    peers->cells = ARENA_ARRAY(&peers->making, struct cell, PEERS_CELLS_MAX);
    return peers;
}

void peers_drop(struct peers *peers)
{
    arena_free(&peers->making);
    peers->cell_count = peers->branch_count = 0;
}

/* Codes are ids of at most 64 bytes; longer ones are in no table. */
#define NAME_BYTES_MAX 160

/* A group by name: codes have no such character; what a kind leaves out, or is not known, is empty.
 * The result is the length, 0 if it is too long. */
static size_t write_name(char name[NAME_BYTES_MAX], const char *section, const char *size)
{
    int len = snprintf(name, NAME_BYTES_MAX, "%s\x1f%s", section ? section : "", size ? size : "");

    return len > 0 && len < NAME_BYTES_MAX ? (size_t)len : 0;
}

static const char *copy(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static struct cell *cell_of(struct peers *peers, const char *section, const char *size)
{
    char name[NAME_BYTES_MAX];
    size_t len = write_name(name, section, size), at = map_get(&peers->index, name, len);
    struct cell *cell;

    if (at != MAP_NONE)
        return &peers->cells[at];
    if (!len || peers->cell_count == PEERS_CELLS_MAX)
        return NULL;
    map_put(&peers->index, arena_strndup(&peers->making, name, len), len, peers->cell_count);
    cell = &peers->cells[peers->cell_count++];
    cell->section = copy(&peers->making, section);
    cell->size = copy(&peers->making, size);
    cell->scores = ARENA_ARRAY(&peers->making, struct histogram, peers->scores);
    return cell;
}

static bool is_rated(int score)
{
    return score >= 0 && score < HUNDREDTHS;
}

static void add_branch(struct peers *peers, const struct cell *cell, uint32_t person,
                       const int *scores)
{
    struct branch branch = {.person = person, .cell = (uint32_t)(cell - peers->cells)};

    if (peers->branch_count == peers->branch_cap) {
        size_t cap = peers->branch_cap ? 2 * peers->branch_cap : 64;
        struct branch *grown = ARENA_ARRAY(&peers->making, struct branch, cap);

        if (peers->branch_count)
            memcpy(grown, peers->branches, peers->branch_count * sizeof(*grown));
        peers->branches = grown;
        peers->branch_cap = cap;
    }
    for (size_t i = 0; i < peers->scores; i++)
        branch.rated |= (uint32_t)is_rated(scores[i]) << i;
    peers->branches[peers->branch_count++] = branch;
}

bool peers_add(struct peers *peers, const char *section, const char *size, uint32_t person,
               const int *scores)
{
    struct cell *cell = cell_of(peers, section, size);

    if (!cell)
        return false;
    cell->n++;
    for (size_t i = 0; i < peers->scores; i++) {
        if (is_rated(scores[i]))
            cell->scores[i].at[scores[i]]++;
    }
    if (person)
        add_branch(peers, cell, person, scores);
    return true;
}

/* ---- groups from cells ---- */

static bool has_section(enum peer_kind kind)
{
    return kind == PEERS_SECTION_SIZE || kind == PEERS_SECTION;
}

static bool has_size(enum peer_kind kind)
{
    return kind == PEERS_SECTION_SIZE || kind == PEERS_SIZE;
}

static bool is_known(enum peer_kind kind, const char *section, const char *size)
{
    return (section || !has_section(kind)) && (size || !has_size(kind));
}

static bool is_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool is_part(const struct cell *cell, const struct cell *of, enum peer_kind kind)
{
    return (!has_section(kind) || is_same(cell->section, of->section)) &&
           (!has_size(kind) || is_same(cell->size, of->size));
}

/* The value that `rank` values lie below. */
static int value_at(const struct histogram *histogram, size_t rank)
{
    size_t seen = 0;
    int value = 0;

    while (value < HUNDREDTHS - 1 && seen + histogram->at[value] <= rank)
        seen += histogram->at[value++];
    return value;
}

static struct ratio median_of(const struct histogram *histogram, size_t count)
{
    if (!count)
        return RATIO_NONE;
    return ratio_make(value_at(histogram, (count - 1) / 2) + value_at(histogram, count / 2), 200);
}

/* Adds up one score over the cells that are part of the group of `of`. */
static size_t sum_score(const struct peers *peers, const struct cell *of, enum peer_kind kind,
                        size_t score, struct histogram *sum)
{
    size_t count = 0;

    memset(sum, 0, sizeof(*sum));
    for (size_t i = 0; i < peers->cell_count; i++) {
        const struct histogram *one = &peers->cells[i].scores[score];

        for (size_t v = 0; is_part(&peers->cells[i], of, kind) && v < HUNDREDTHS; v++) {
            sum->at[v] += one->at[v];
            count += one->at[v];
        }
    }
    return count;
}

/* Who was counted more than once: for their enterprises, and for those that were rated. */
static void count_once(const struct peers *peers, const struct cell *of, enum peer_kind kind,
                       struct group *group)
{
    uint32_t person = 0, rated = 0;

    for (size_t i = 0; i < peers->branch_count; i++) {
        const struct branch *branch = &peers->branches[i];
        bool is_again = branch->person == person;

        if (!is_part(&peers->cells[branch->cell], of, kind))
            continue;
        group->n -= is_again;
        rated = is_again ? rated : 0;
        for (size_t score = 0; score < peers->scores; score++)
            group->rated[score] -= (branch->rated & rated) >> score & 1;
        rated |= branch->rated;
        person = branch->person;
    }
}

static void fill_group(const struct peers *peers, const struct cell *of, enum peer_kind kind,
                       struct histogram *scratch, struct group *group)
{
    for (size_t i = 0; i < peers->cell_count; i++)
        group->n += is_part(&peers->cells[i], of, kind) ? peers->cells[i].n : 0;
    for (size_t score = 0; score < peers->scores; score++) {
        group->rated[score] = sum_score(peers, of, kind, score, scratch);
        group->medians[score] = median_of(scratch, group->rated[score]);
    }
    count_once(peers, of, kind, group);
}

/* The group of a cell: added to the index; NULL if it is there already, or names what is not known.
 */
static struct group *add_group(struct peers *peers, const struct cell *of, enum peer_kind kind)
{
    char name[NAME_BYTES_MAX];
    size_t len =
        write_name(name, has_section(kind) ? of->section : NULL, has_size(kind) ? of->size : NULL);

    if (!is_known(kind, of->section, of->size) || map_get(&peers->index, name, len) != MAP_NONE)
        return NULL;
    map_put(&peers->index, arena_strndup(peers->arena, name, len), len, peers->group_count);
    return &peers->groups[peers->group_count++];
}

static int by_person(const void *a, const void *b)
{
    const struct branch *x = a, *y = b;

    return (x->person > y->person) - (x->person < y->person);
}

void peers_finish(struct peers *peers)
{
    struct histogram *scratch = ARENA_NEW(&peers->making, struct histogram);
    size_t kinds = PEERS_KIND__MAX;

    if (peers->branch_count)
        qsort(peers->branches, peers->branch_count, sizeof(*peers->branches), by_person);
    map_init(&peers->index, peers->arena);
    peers->groups = ARENA_ARRAY(peers->arena, struct group, peers->cell_count * kinds + 1);
    for (size_t i = 0; i < peers->cell_count * kinds; i++) {
        const struct cell *cell = &peers->cells[i / kinds];
        enum peer_kind kind = (enum peer_kind)(i % kinds);
        struct group *group = add_group(peers, cell, kind);

        if (group)
            fill_group(peers, cell, kind, scratch, group);
    }
    peers_drop(peers);
}

/* ---- look-up ---- */

static bool is_enough(size_t n, bool is_in)
{
    return n >= PEERS_MIN + (size_t)is_in;
}

static struct ratio shown(const struct group *group, size_t score, bool is_in)
{
    return is_enough(group->rated[score], is_in) ? ratio_round(group->medians[score], 0)
                                                 : RATIO_NONE;
}

static const struct group *group_of(const struct peers *peers, enum peer_kind kind,
                                    const char *section, const char *size)
{
    char name[NAME_BYTES_MAX];
    size_t len = write_name(name, has_section(kind) ? section : NULL, has_size(kind) ? size : NULL);
    size_t at = len ? map_get(&peers->index, name, len) : MAP_NONE;

    return at == MAP_NONE ? NULL : &peers->groups[at];
}

bool peers_find(const struct peers *peers, const char *section, const char *size, bool is_in,
                struct peer_group *out)
{
    for (enum peer_kind kind = 0; kind < PEERS_KIND__MAX; kind++) {
        const struct group *group =
            is_known(kind, section, size) ? group_of(peers, kind, section, size) : NULL;

        if (!group || !is_enough(group->n, is_in))
            continue;
        *out = (struct peer_group){.kind = kind,
                                   .n = group->n - group->n % PEERS_STEP,
                                   .count = peers->scores - 1,
                                   .total = shown(group, 0, is_in)};
        for (size_t i = 0; i < out->count; i++)
            out->medians[i] = shown(group, 1 + i, is_in);
        return true;
    }
    return false;
}

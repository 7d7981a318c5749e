#include "app/database.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/text.h"
#include "store/evidence_files.h"

#define SCORERS_MAX 100

struct database {
    struct arena *arena;
    struct workspace *ws;
    const struct catalogue *reference;
    struct store *store;
    const char *evidence;
    const struct questionnaire *questionnaires[SCORERS_MAX];
    const struct scorer *scorers[SCORERS_MAX];
    size_t scorer_count;
};

void now_utc(char text[TIME_BYTES])
{
    time_t now = time(NULL);
    struct tm parts;

    gmtime_r(&now, &parts);
    strftime(text, TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

const char *database_url(const char *url)
{
    const char *environment = getenv("DXREADY_DB");

    if (url)
        return url;
    return environment && *environment ? environment : "dxready.db";
}

enum status database_set_journal(const char *name, struct err *err)
{
    return db_set_journal(name, err);
}

static const char *chosen_evidence;

void database_set_evidence(const char *folder)
{
    chosen_evidence = folder;
}

const char *database_evidence_of(struct arena *arena, const char *url)
{
    return chosen_evidence ? chosen_evidence : evidence_folder(arena, url);
}

enum status database_open(struct arena *arena, struct workspace *ws, const char *url,
                          enum db_mode mode, struct database **out, struct err *err)
{
    const struct catalogue *reference = workspace_reference(ws, err);
    char now[TIME_BYTES];
    struct store_options options = {.url = database_url(url), .mode = mode, .now = now};
    struct database *db;
    enum status status;

    if (!reference)
        return err->status;
    now_utc(now);
    options.facts = reference->facts;
    db = ARENA_NEW(arena, struct database);
    db->arena = arena;
    db->ws = ws;
    db->reference = reference;
    db->evidence = database_evidence_of(arena, options.url);
    status = store_open(&db->store, &options, err);
    if (status == OK)
        *out = db;
    return status;
}

void database_close(struct database *db)
{
    if (db)
        store_close(db->store);
}

struct store *database_store(const struct database *db)
{
    return db->store;
}

const char *database_evidence(const struct database *db)
{
    return db->evidence;
}

const struct scorer *database_scorer(struct database *db, const struct questionnaire *q,
                                     struct err *err)
{
    struct faults *faults;
    const struct scorer *scorer;

    for (size_t i = 0; i < db->scorer_count; i++) {
        if (db->questionnaires[i] == q)
            return db->scorers[i];
    }
    faults = ARENA_NEW(db->arena, struct faults);
    faults_init(faults, db->arena);
    scorer = scorer_new(db->arena, q, faults);
    if (!scorer) {
        faults_to_err(faults, err);
    } else if (db->scorer_count < SCORERS_MAX) {
        db->questionnaires[db->scorer_count] = q;
        db->scorers[db->scorer_count++] = scorer;
    }
    return scorer;
}

/* ---- one assessment ---- */

struct revision_list {
    struct arena *arena;
    struct stored *stored;
    size_t cap;
};

static bool take_revision(void *context, const struct store_row *row)
{
    struct revision_list *list = context;
    struct stored *stored = list->stored;

    if (stored->revision_count == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        struct store_row *rows = ARENA_ARRAY(list->arena, struct store_row, cap);

        if (list->cap)
            memcpy(rows, stored->revisions, list->cap * sizeof(*rows));
        stored->revisions = rows;
        list->cap = cap;
    }
    stored->revisions[stored->revision_count] = *row;
    store_keep_row(&stored->revisions[stored->revision_count++], list->arena);
    return true;
}

/* Who sent it, and who let it in. */
static enum status load_import(struct database *db, struct arena *arena, struct stored *out,
                               struct err *err)
{
    struct store_import *import = ARENA_NEW(arena, struct store_import);

    if (out->item.row.import == STORE_UNKNOWN)
        return OK;
    out->import = import;
    return store_import_load(db->store, out->item.row.import, arena, import, err);
}

enum status database_load(struct database *db, struct arena *arena, const char *key,
                          const char *round, day on, struct stored *out, struct err *err)
{
    struct revision_list list = {.arena = arena, .stored = out};
    const struct scorer *scorer;
    struct store_row row;
    enum status status = store_find(db->store, key, round, arena, &row, err);

    *out = (struct stored){.revision_count = 0};
    if (status == OK)
        status = store_load(db->store, row.assessment, 0, NULL, arena, &out->item, err);
    if (status == OK)
        status = store_revisions(db->store, row.assessment, take_revision, &list, err);
    if (status == OK)
        status = load_import(db, arena, out, err);
    if (status != OK)
        return status;
    scorer = database_scorer(db, out->item.response->questionnaire, err);
    return scorer ? evaluate_with(db->ws, scorer, arena, out->item.response, true, on,
                                &out->assessment, err)
                  : err->status;
}

/* ---- filters ---- */

#define NAMES_SAID_MAX 300 /* bytes */

/* Sizes and forms are few; "unknown" finds what was not given. */
static const char *const size_names[] = {"micro", "small", "medium", "not-sme", "unknown"};
static const char *const form_names[] = {"enterprise", "cooperative", "household", "unknown"};

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* "a, b, c", or what is most like the name where there are too many to say. */
static const char *say_names(struct arena *arena, const char *name, const char *const *names,
                             size_t count)
{
    const char *list = "", *closest = text_closest(name, names, count);

    for (size_t i = 0; i < count && strlen(list) <= NAMES_SAID_MAX; i++)
        list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", names[i]);
    if (strlen(list) <= NAMES_SAID_MAX)
        return list;
    return arena_printf(arena, "%s, ...", closest ? closest : list);
}

static enum status check_name(struct database *db, const char *option, const char *name,
                              const char *const *names, size_t count, struct err *err)
{
    if (!name || is_among(name, names, count))
        return OK;
    return err_set(err, BAD_USAGE, "--%s: không có '%s'; hãy chọn một trong: %s",
                   "--%s: there is no '%s'; choose one of: %s", option, name,
                   say_names(db->arena, name, names, count));
}

/* The id whose name (or a part of it) was typed instead ("Chí Linh"), or NULL. */
static const char *id_by_name(struct arena *arena, const struct terms *terms, const char *name)
{
    const char *fold = text_fold(arena, name);

    for (size_t i = 0; *fold && i < terms->count; i++) {
        const struct term *term = &terms->items[i];

        if (strcmp(text_fold(arena, term->id), fold) == 0 ||
            strstr(text_fold(arena, term->name.in[LANG_VI]), fold))
            return term->id;
    }
    return NULL;
}

/* An id of a dated list, of any time: assessments of all rounds are sought. */
static enum status check_term(struct database *db, const char *option, const char *name,
                              const struct terms *terms, struct err *err)
{
    const char **ids;
    size_t count = 0;
    const char *id;

    if (!name || strcmp(name, "unknown") == 0 || map_find(&terms->by_id, name) != MAP_NONE)
        return OK;
    id = id_by_name(db->arena, terms, name);
    if (id)
        return err_set(err, BAD_USAGE, "--%s: hãy dùng mã '%s' thay cho '%s'",
                       "--%s: use the id '%s' instead of '%s'", option, id, name);
    ids = ARENA_ARRAY(db->arena, const char *, terms->count + 1);
    for (size_t i = 0; i < terms->count; i++) {
        if (!count || strcmp(ids[count - 1], terms->items[i].id) != 0)
            ids[count++] = terms->items[i].id;
    }
    ids[count++] = "unknown";
    return check_name(db, option, name, ids, count, err);
}

/* What the levels of the stored questionnaires are. */
struct level_check {
    struct database *db;
    const char *questionnaire; /* NULL: all */
    bool has[LEVELS_MAX + 1];
    enum status status;
    struct err *err;
};

static bool take_levels(void *context, const struct store_round *round)
{
    struct level_check *check = context;
    const struct questionnaire *q;

    if (check->questionnaire && strcmp(check->questionnaire, round->questionnaire) != 0)
        return true;
    check->status = store_questionnaire(check->db->store, round->questionnaire, &q, check->err);
    for (size_t i = 0; check->status == OK && i < q->level_count; i++) {
        if (q->levels[i].level >= 0 && q->levels[i].level <= LEVELS_MAX)
            check->has[q->levels[i].level] = true;
    }
    return check->status == OK;
}

static enum status check_level(struct database *db, const struct store_filter *filter,
                               struct err *err)
{
    struct level_check check = {.db = db, .questionnaire = filter->questionnaire, .err = err};
    const char *list = "";
    enum status status;

    if (filter->level == STORE_UNKNOWN)
        return OK;
    status = store_rounds(db->store, take_levels, &check, err);
    if (status != OK || check.status != OK)
        return status != OK ? status : check.status;
    if (filter->level >= 0 && filter->level <= LEVELS_MAX && check.has[filter->level])
        return OK;
    for (int i = 0; i <= LEVELS_MAX; i++) {
        if (check.has[i])
            list = arena_printf(db->arena, "%s%s%d", list, *list ? ", " : "", i);
    }
    if (!*list) /* nothing is stored: every level finds nothing */
        return OK;
    return err_set(err, BAD_USAGE, "--level: không có mức %d; hãy chọn một trong: %s",
                   "--level: there is no level %d; choose one of: %s", filter->level, list);
}

/* An area by its id, or as people write it ("Chí Linh", "xa kim thanh", "10546"): then its id. */
static enum status find_area(struct database *db, const char **area, struct err *err)
{
    const struct terms *areas = db->reference->facts->areas;
    const struct term *term, *other;

    if (!*area || strcmp(*area, "unknown") == 0 || map_find(&areas->by_id, *area) != MAP_NONE)
        return OK;
    term = terms_search(areas, *area, DAY_NONE, db->arena, &other);
    if (!term)
        return check_term(db, "area", *area, areas, err);
    if (other)
        return err_set(err, BAD_USAGE, "--area: '%1$s' là %2$s hay %3$s?%4$.0s%5$.0s",
                       "--area: is '%1$s' %4$s or %5$s?%2$.0s%3$.0s", *area,
                       term->name.in[LANG_VI], other->name.in[LANG_VI], term->name.in[LANG_EN],
                       other->name.in[LANG_EN]);
    *area = term->id;
    return OK;
}

enum status database_check_filter(struct database *db, struct store_filter *filter, struct err *err)
{
    const struct facts *facts = db->reference->facts;
    enum status status = find_area(db, &filter->area, err);

    if (status == OK)
        status = check_term(db, "section", filter->section, facts->sections, err);
    if (status == OK)
        status =
            check_name(db, "size", filter->size_class, size_names, ARRAY_SIZE(size_names), err);
    if (status == OK)
        status = check_name(db, "form", filter->form, form_names, ARRAY_SIZE(form_names), err);
    return status == OK ? check_level(db, filter, err) : status;
}

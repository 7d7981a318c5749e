#include "app/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define QUESTIONNAIRES_LOADED_MAX 200
#define UTC_OFFSET_SECONDS (7 * 3600) /* Vietnam has no summer time */

struct workspace {
    struct arena *arena;
    struct data_folders folders;
    const struct catalogue *catalogue;
    const struct catalogue *reference;
    const struct wording *wording;
    const struct action_columns *action_columns;
    const struct scorer *scorers[QUESTIONNAIRES_LOADED_MAX];
    size_t scorer_count;
    struct {
        const struct questionnaire *q;
        const struct packages *packages; /* NULL: there are none */
    } advice[QUESTIONNAIRES_LOADED_MAX];
    size_t advice_count;
    const struct questionnaire **all; /* of the folder, once they were asked for */
    size_t all_count;
};

day today(void)
{
    return (day)((time(NULL) + UTC_OFFSET_SECONDS) / 86400);
}

day day_of_utc(const char *utc)
{
    int hour;
    day date;

    if (strlen(utc) <= DAY_ISO_CHARS || !day_parse_iso(utc, DAY_ISO_CHARS, &date) ||
        sscanf(utc + DAY_ISO_CHARS, "T%2d:", &hour) != 1)
        return DAY_NONE;
    return date + (hour * 3600 + UTC_OFFSET_SECONDS >= 86400);
}

/* The folder above the one that the program lies in: the source tree of build/dxready. */
static const char *beside_program(struct arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

    for (int up = 0; len > 0 && up < 3; up++) {
        while (len > 0 && path[len - 1] != '/')
            len--;
        path[len > 0 ? --len : 0] = '\0';
        if (len > 0 && file_is_folder(file_join(arena, path, "questionnaires")))
            return arena_strdup(arena, path);
    }
    return NULL;
}

static const char *built_in_data(struct arena *arena)
{
    const char *beside = beside_program(arena);

    return beside ? beside : DXREADY_DATADIR;
}

static const char *folder_of(struct arena *arena, const char *data, const char *built_in,
                             const char *name)
{
    const char *own = file_join(arena, data, name);

    return file_is_folder(own) ? own : file_join(arena, built_in, name);
}

enum status workspace_open(struct arena *arena, const char *data, struct workspace **out,
                           struct err *err)
{
    struct workspace *ws = ARENA_NEW(arena, struct workspace);
    const char *built_in = built_in_data(arena);

    if (!data)
        data = getenv("DXREADY_DATA");
    if (data && !file_is_folder(data))
        return err_set(err, NOT_FOUND, "%s: không có thư mục dữ liệu này",
                       "%s: there is no such data folder", data);
    if (!data)
        data = built_in;
    ws->arena = arena;
    ws->folders.questionnaires = folder_of(arena, data, built_in, "questionnaires");
    ws->folders.policies = folder_of(arena, data, built_in, "policies");
    ws->folders.reports = folder_of(arena, data, built_in, "reports");
    ws->folders.fallback_policies = file_join(arena, built_in, "policies");
    *out = ws;
    return OK;
}

const struct catalogue *workspace_catalogue(struct workspace *ws, struct err *err)
{
    struct faults *faults;

    if (ws->catalogue)
        return ws->catalogue;
    faults = ARENA_NEW(ws->arena, struct faults);
    faults_init(faults, ws->arena);
    ws->catalogue =
        catalogue_load(ws->arena, ws->folders.policies, ws->folders.fallback_policies, faults);
    if (!ws->catalogue)
        faults_to_err(faults, err);
    else if (!ws->reference)
        ws->reference = ws->catalogue;
    return ws->catalogue;
}

const struct catalogue *workspace_reference(struct workspace *ws, struct err *err)
{
    struct faults *faults;

    if (ws->reference)
        return ws->reference;
    faults = ARENA_NEW(ws->arena, struct faults);
    faults_init(faults, ws->arena);
    ws->reference = catalogue_load_reference(ws->arena, ws->folders.policies,
                                             ws->folders.fallback_policies, faults);
    if (!ws->reference)
        faults_to_err(faults, err);
    return ws->reference;
}

const struct wording *workspace_wording(struct workspace *ws, struct err *err)
{
    struct faults *faults;

    if (ws->wording)
        return ws->wording;
    faults = ARENA_NEW(ws->arena, struct faults);
    faults_init(faults, ws->arena);
    ws->wording = wording_load(
        ws->arena, file_join(ws->arena, ws->folders.reports, "enterprise.json"), faults);
    if (!ws->wording)
        faults_to_err(faults, err);
    return ws->wording;
}

const struct action_columns *workspace_action_columns(struct workspace *ws, struct err *err)
{
    const struct json *root;
    struct faults *faults;

    if (ws->action_columns)
        return ws->action_columns;
    faults = ARENA_NEW(ws->arena, struct faults);
    faults_init(faults, ws->arena);
    root = json_load(ws->arena, file_join(ws->arena, ws->folders.reports, "action-plan.json"),
                     faults);
    ws->action_columns = root ? action_columns_read(ws->arena, root, faults) : NULL;
    if (!ws->action_columns)
        faults_to_err(faults, err);
    return ws->action_columns;
}

static const struct scorer *loaded(const struct workspace *ws, const char *ref)
{
    for (size_t i = 0; i < ws->scorer_count; i++) {
        if (strcmp(scorer_questionnaire(ws->scorers[i])->ref, ref) == 0)
            return ws->scorers[i];
    }
    return NULL;
}

static const struct scorer *load(struct workspace *ws, const char *path, struct err *err)
{
    const struct catalogue *reference = workspace_reference(ws, err);
    const struct questionnaire *q;
    const struct scorer *scorer = NULL;
    struct faults *faults;

    if (!reference)
        return NULL;
    faults = ARENA_NEW(ws->arena, struct faults);
    faults_init(faults, ws->arena);
    q = questionnaire_load(ws->arena, path, &reference->facts->schema, faults);
    if (q)
        scorer = scorer_new(ws->arena, q, faults);
    if (!scorer)
        faults_to_err(faults, err);
    else if (ws->scorer_count < QUESTIONNAIRES_LOADED_MAX)
        ws->scorers[ws->scorer_count++] = scorer;
    return scorer;
}

/* True if the file holds the questionnaire of that id and version, without loading it all. */
static bool is_named(struct workspace *ws, const char *path, const char *ref)
{
    struct faults *ignored = ARENA_NEW(ws->arena, struct faults);
    const struct json *root;
    const char *id, *version;

    faults_init(ignored, ws->arena);
    root = json_load(ws->arena, path, ignored);
    id = json_text(root, "id");
    version = json_text(root, "version");
    return id && version && strcmp(arena_printf(ws->arena, "%s@%s", id, version), ref) == 0;
}

/* The file named REF.json, or else any file of the folder whose id and version fit. */
static const char *find_file(struct workspace *ws, const char *ref)
{
    const char *folder = ws->folders.questionnaires;
    const char *path = file_join(ws->arena, folder, arena_printf(ws->arena, "%s.json", ref));
    const char **paths;
    size_t count;

    if (!strchr(ref, '/') && file_exists(path) && is_named(ws, path, ref))
        return path;
    if (file_list(ws->arena, folder, ".json", &paths, &count, NULL) != OK)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        if (is_named(ws, paths[i], ref))
            return paths[i];
    }
    return NULL;
}

const struct data_folders *workspace_folders(const struct workspace *ws)
{
    return &ws->folders;
}

const struct scorer *workspace_scorer(struct workspace *ws, const char *ref, struct err *err)
{
    const struct scorer *scorer = loaded(ws, ref);
    const char *path;

    if (scorer)
        return scorer;
    path = find_file(ws, ref);
    if (!path) {
        err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s' trong %s",
                "there is no questionnaire '%s' in %s", ref, ws->folders.questionnaires);
        return NULL;
    }
    return load(ws, path, err);
}

enum status workspace_packages(struct workspace *ws, const struct questionnaire *q,
                               const struct packages **out, struct err *err)
{
    struct faults *faults;
    const struct json *root;
    const char *path;

    for (size_t i = 0; i < ws->advice_count; i++) {
        *out = ws->advice[i].packages;
        if (ws->advice[i].q == q)
            return OK;
    }
    *out = NULL;
    path = file_join(ws->arena, ws->folders.questionnaires,
                     arena_printf(ws->arena, "packages/%s.json", q->ref));
    if (!strchr(q->ref, '/') && file_exists(path)) {
        faults = ARENA_NEW(ws->arena, struct faults);
        faults_init(faults, ws->arena);
        root = json_load(ws->arena, path, faults);
        *out = root ? packages_read(ws->arena, root, q, faults) : NULL;
        if (!*out)
            return faults_to_err(faults, err);
    }
    if (ws->advice_count < QUESTIONNAIRES_LOADED_MAX) {
        ws->advice[ws->advice_count].q = q;
        ws->advice[ws->advice_count++].packages = *out;
    }
    return OK;
}

static bool is_questionnaire(struct workspace *ws, const char *path)
{
    struct faults *ignored = ARENA_NEW(ws->arena, struct faults);
    const char *kind;

    faults_init(ignored, ws->arena);
    kind = json_text(json_load(ws->arena, path, ignored), "kind");
    return kind && strcmp(kind, "questionnaire") == 0;
}

static int by_ref(const void *a, const void *b)
{
    const struct questionnaire *const *x = a, *const *y = b;

    return strcmp((*x)->ref, (*y)->ref);
}

static enum status load_all(struct workspace *ws, struct err *err)
{
    const struct questionnaire **found;
    const char **paths;
    size_t files, count = 0;
    enum status status =
        file_list(ws->arena, ws->folders.questionnaires, ".json", &paths, &files, err);

    if (status != OK)
        return status;
    found = ARENA_ARRAY(ws->arena, const struct questionnaire *, files + 1);
    for (size_t i = 0; i < files; i++) {
        const struct scorer *scorer;

        if (!is_questionnaire(ws, paths[i]))
            continue;
        scorer = load(ws, paths[i], err);
        if (!scorer)
            return BAD_INPUT;
        found[count++] = scorer_questionnaire(scorer);
    }
    qsort(found, count, sizeof(*found), by_ref);
    ws->all = found;
    ws->all_count = count;
    return OK;
}

enum status workspace_questionnaires(struct workspace *ws, const struct questionnaire ***list,
                                     size_t *count, struct err *err)
{
    if (!ws->all) {
        enum status status = load_all(ws, err);

        if (status != OK)
            return status;
    }
    *list = ws->all;
    *count = ws->all_count;
    return OK;
}

static const struct questionnaire *find_questionnaire(void *context, const char *ref,
                                                      struct err *err)
{
    const struct scorer *scorer = workspace_scorer(context, ref, err);

    return scorer ? scorer_questionnaire(scorer) : NULL;
}

/* Names what a response of this form may be given to. */
static const char *fitting_questionnaires(void *context, enum legal_form form, struct arena *arena)
{
    const struct questionnaire **list;
    const char *refs = "";
    struct err ignored;
    size_t count;

    if (workspace_questionnaires(context, &list, &count, &ignored) != OK)
        return refs;
    for (size_t i = 0; i < count; i++) {
        if (list[i]->respondents[form])
            refs = arena_printf(arena, "%s%s%s", refs, *refs ? ", " : "", list[i]->ref);
    }
    return refs;
}

struct questionnaire_source workspace_source(struct workspace *ws)
{
    return (struct questionnaire_source){.find = find_questionnaire,
                                         .context = ws,
                                         .fitting = fitting_questionnaires,
                                         .today = today()};
}

struct response *workspace_response(struct workspace *ws, struct arena *arena, const char *path,
                                    const char *default_ref, struct faults *faults)
{
    const struct json *root = json_load(arena, path, faults);
    const struct catalogue *reference;
    struct err err;

    if (!root)
        return NULL;
    reference = workspace_reference(ws, &err);
    if (!reference) {
        faults_add(faults, (struct place){path, 0, ""}, "%1$s%2$.0s", "%2$s%1$.0s",
                   err.text[LANG_VI], err.text[LANG_EN]);
        return NULL;
    }
    return response_read(arena, root, reference->facts, workspace_source(ws), default_ref, faults);
}

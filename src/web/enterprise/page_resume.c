/* Coming back: reference and secret, or the link; and forms that were kept meanwhile. */
#include "code.h"
#include "web/handlers.h"

#include <string.h>

#include "web_views.h"

/* Five tries at once, then one every three minutes: of 2^60 secrets an attacker tries 175,000 a
 * year. An office behind one address has more. */
#define SECRET_TRIES 5
#define SECRET_SECONDS 180
#define CLIENT_TRIES 60
#define CLIENT_SECONDS 20

enum { FIELD_REFERENCE, FIELD_SECRET, FIELD_LINK, FIELD_PATH, FIELD_BODY, RESUME_FIELDS };

struct resume {
    struct field fields[RESUME_FIELDS];
    char reference[DOSSIER_REFERENCE_BYTES];
    char secret[SECRET_CHARS + 1];
    int64_t dossier;
    const char *hash;
    bool is_right;
};

static const struct field resume_fields[RESUME_FIELDS] = {
    [FIELD_REFERENCE] = {.name = "reference", .max = 40},
    [FIELD_SECRET] = {.name = "secret", .max = 60},
    [FIELD_LINK] = {.name = "link", .max = SESSION_TOKEN_CHARS},
    [FIELD_PATH] = {.name = "path", .max = SERVER_PATH_BYTES_MAX},
    [FIELD_BODY] = {.name = "body", .max = FORM_BYTES_MAX, .is_raw = true},
};

static const char *value(const struct resume *r, int field)
{
    return r->fields[field].value ? r->fields[field].value : "";
}

static void ask_json(struct visit *v, unsigned status, const struct resume_page *page)
{
    struct json_writer w;

    visit_json(v, status, &w);
    json_begin_object(&w);
    json_member_string(&w, "token", v->form_token);
    json_member_string(&w, "reference", page->reference);
    json_end_object(&w);
}

static void show(struct visit *v, unsigned status, const struct resume_page *page)
{
    struct layout layout = visit_layout(v, WEB_resume_title);

    if (v->wants_json) {
        ask_json(v, status, page);
        return;
    }
    layout.is_owner = false;
    layout.path = "/tiep-tuc";
    layout.form = "resume";
    layout.has_fault = page->faults && page->faults->count;
    visit_page(v, status);
    view_resume(&v->view, &layout, page, visit_keep_days(v));
}

static enum work_queue refuse_json(struct visit *v, unsigned status)
{
    struct err err;

    err_set(&err, DENIED, "Cần mở hồ sơ bằng mã hồ sơ và mã bí mật trước.",
            "The dossier has to be opened with its reference and secret code first.");
    return visit_fail(v, status, &err);
}

enum work_queue visit_ask_code(struct visit *v, unsigned status, const char *reference)
{
    bool is_form = v->x->request.method == METHOD_POST &&
                   content_type_is(v->x->request.content_type, "application/x-www-form-urlencoded");
    static const struct form_faults none;
    struct resume_page page = {.faults = &none,
                               .reference = reference,
                               .path = v->path,
                               .body = is_form ? v->body : "",
                               .is_kept = is_form,
                               .is_denied = true};

    v->x->event = "denied";
    if (v->wants_json)
        return refuse_json(v, status);
    show(v, status, &page);
    return QUEUE_DONE;
}

enum work_queue page_resume(struct visit *v)
{
    struct field field = {.name = "ma", .max = 40};
    static const struct form_faults none;
    struct resume_page page = {.faults = &none, .reference = "", .path = "", .body = ""};

    if (!visit_query(v, &field, 1))
        return QUEUE_DONE;
    if (field.value)
        page.reference = field.value;
    show(v, 200, &page);
    return QUEUE_DONE;
}

/* The page once more, with what was sent. */
static struct resume_page page_of(const struct resume *r, const struct form_faults *faults)
{
    return (struct resume_page){.faults = faults,
                                .reference = value(r, FIELD_REFERENCE),
                                .path = value(r, FIELD_PATH),
                                .body = value(r, FIELD_BODY),
                                .is_kept = *value(r, FIELD_BODY) != '\0'};
}

static enum work_queue refuse(struct visit *v, const struct resume *r, const char *text)
{
    struct form_faults faults = {0};
    struct resume_page page = page_of(r, &faults);
    struct err err;

    v->x->event = "wrong-code";
    if (v->wants_json) {
        enum work_queue queue;

        err_set(&err, DENIED, "%1$s", "%1$s", text);
        queue = visit_fail(v, 403, &err);
        v->must_undo = false; /* the try was made */
        return queue;
    }
    form_fault_add(&faults, "reference", say(v, WEB_resume_code), text);
    show(v, 403, &page);
    return QUEUE_DONE;
}

static enum work_queue refuse_wrong(struct visit *v, const struct resume *r)
{
    return refuse(v, r, say(v, WEB_resume_wrong));
}

/* The dossier is open: on to where the visitor wanted to go. */
static enum work_queue go_on(struct visit *v, const struct resume *r)
{
    const char *path = value(r, FIELD_PATH);
    struct dossier dossier;
    struct err err;

    if (dossier_load(v->site->store, r->dossier, v->arena, &dossier, &err) != OK)
        return visit_error(v, &err);
    v->reference = arena_strdup(v->arena, dossier.reference);
    if (strncmp(path, "/ho-so/", 7) == 0)
        return visit_replay(v, path, value(r, FIELD_BODY));
    return visit_redirect(v, "/ho-so/%s", dossier.reference);
}

static enum work_queue open_dossier(struct visit *v, const struct resume *r)
{
    struct err err;

    return session_open(v, r->dossier, &err) == OK ? go_on(v, r) : visit_error(v, &err);
}

static enum work_queue finish(struct visit *v)
{
    struct resume *r = v->page;
    struct err err;

    if (!r->is_right)
        return refuse_wrong(v, r);
    if (limit_return(v->site->store, arena_printf(v->arena, "resume:%s", r->reference), &err) != OK)
        return visit_error(v, &err);
    return open_dossier(v, r);
}

/* The same work for dossiers that there are not: how long it takes tells nothing. */
static enum work_queue try_secret(struct visit *v)
{
    static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    struct resume *r = v->page;
    bool is_right = secret_matches(r->hash ? r->hash : nobody, r->secret);

    r->is_right = is_right && r->hash;
    return visit_go(v, QUEUE_STORE, finish);
}

static enum work_queue try_link(struct visit *v, struct resume *r)
{
    unsigned char hash[TOKEN_HASH_BYTES];
    struct err err;
    enum status status;

    session_hash_of(value(r, FIELD_LINK), hash);
    status = dossier_by_token(v->site->store, hash, &r->dossier, &err);
    if (status == NOT_FOUND)
        return refuse_wrong(v, r);
    return status == OK ? open_dossier(v, r) : visit_error(v, &err);
}

/* A form that the store refused a moment ago, from somebody whose session still holds. */
static bool is_granted(struct visit *v, struct resume *r)
{
    const char *path = value(r, FIELD_PATH);
    char reference[DOSSIER_REFERENCE_BYTES];
    struct dossier dossier;
    bool is_fine = false;
    struct err err;

    if (strncmp(path, "/ho-so/", 7) != 0 ||
        !dossier_reference_parse(arena_strndup(v->arena, path + 7, strcspn(path + 7, "/")),
                                 reference) ||
        dossier_find(v->site->store, reference, v->arena, &dossier, &err) != OK ||
        session_check(v->site->store, v->session_hash, dossier.id, v->site->desk.now, &is_fine,
                      &err) != OK)
        return false;
    r->dossier = dossier.id;
    return is_fine;
}

static enum work_queue begin_trying(struct visit *v, struct resume *r)
{
    struct err err;
    enum status status =
        dossier_secret(v->site->store, r->reference, v->arena, &r->dossier, &r->hash, &err);

    if (status == NOT_FOUND)
        r->hash = NULL;
    else if (status != OK)
        return visit_error(v, &err);
    v->page = r;
    return visit_go(v, QUEUE_SLOW, try_secret);
}

enum work_queue post_resume(struct visit *v)
{
    struct resume *r = ARENA_NEW(v->arena, struct resume);
    struct err err;

    memcpy(r->fields, resume_fields, sizeof(resume_fields));
    if (!visit_form(v, r->fields, RESUME_FIELDS))
        return QUEUE_DONE;
    if (v->stays) {
        static const struct form_faults none;
        struct resume_page page = page_of(r, &none);

        show(v, 200, &page);
        return QUEUE_DONE;
    }
    if (*value(r, FIELD_BODY) && is_granted(v, r))
        return go_on(v, r);
    if (visit_limit(v, "client", visit_client(v), CLIENT_TRIES, CLIENT_SECONDS, &err) != OK)
        return visit_limited(v, &err);
    if (*value(r, FIELD_LINK))
        return try_link(v, r);
    if (!dossier_reference_parse(value(r, FIELD_REFERENCE), r->reference))
        return refuse(v, r, say(v, WEB_resume_bad_reference));
    if (!secret_parse(value(r, FIELD_SECRET), r->secret))
        return refuse(v, r, say(v, WEB_resume_bad_secret));
    if (visit_limit(v, "resume", r->reference, SECRET_TRIES, SECRET_SECONDS, &err) != OK)
        return visit_limited(v, &err);
    return begin_trying(v, r);
}

enum work_queue post_leave(struct visit *v)
{
    struct err err;

    if (!visit_form(v, NULL, 0))
        return QUEUE_DONE;
    if (session_close(v, &err) != OK)
        return visit_error(v, &err);
    code_forget(v);
    return visit_redirect(v, "/");
}

#ifndef WEB_KIT_REQUEST_H
#define WEB_KIT_REQUEST_H

#include "app/enterprise/access.h"
#include "app/enterprise/evidence.h"
#include "app/enterprise/history.h"
#include "app/sign_in.h"
#include "base/json_shape.h"
#include "http/form.h"
#include "http/server.h"
#include "web/kit/pages.h"
#include "web/site.h"
#include "web/kit/view.h"

#include "web/kit/mailer.h"
#include "web/kit/maintenance.h"
#include "web/kit/store_worker.h"

/* Shared by the files of the site: one request on its way through a page. */

#define SESSION_TOKEN_BYTES 16 /* random: 128 bits */
#define SESSION_TOKEN_CHARS (2 * SESSION_TOKEN_BYTES)
#define DESK_TOKEN_BYTES 32 /* of who signs in: 256 bits */
#define DESK_TOKEN_CHARS (2 * DESK_TOKEN_BYTES)

struct peer_cache;
struct page_meter;
struct session_uses;
struct report;

struct site {
    struct site_options options;
    struct arena arena; /* of all that lives as long as the server */
    struct server *server;
    const char *url;                         /* what people use, without "/" at the end */
    const char *cookie;                      /* name of the cookie of enterprises */
    const char *desk_cookie;                 /* and of those who sign in */
    bool is_secure;                          /* people come by https */
    bool has_accounts;                       /* when it was started */
    unsigned char form_key[STORE_KEY_BYTES]; /* of the tokens of forms */
    unsigned char code_key[STORE_KEY_BYTES]; /* of codes that browsers keep, see code.c */
    char round[ROUND_BYTES_MAX + 1];

    struct loaded_data loaded;
    struct store_worker workers[SERVER_WORKERS]; /* each of its own thread */
    struct page_meter *meter; /* these three of all threads */
    struct session_uses *uses;
    struct peer_cache *peers;

    const struct report *sample; /* never changes; NULL: there is none, see sample.h */
    struct maintenance maintenance;
    struct mailer mailer;
};

enum access {
    ACCESS_ANYBODY,
    ACCESS_OWNER, /* whose session may open the dossier of the path */
    /* For those who sign in, who have a cookie of their own: */
    ACCESS_STRANGER, /* who is not in yet */
    ACCESS_HALF,     /* whose password was right, and whose second factor is awaited */
    ACCESS_SETUP,    /* who sets up the second factor */
#define X(name) ACCESS_##name, /* who is in and may do this (app/permission.h) */
    ACTS(X)
#undef X
};
#define ACCESS_ACT_FIRST (ACCESS_SETUP + 1)

struct request;

/* Answers, or sets up another step. */
typedef enum work_queue request_handler(struct request *rq);

struct route {
    enum method method;
    const char *pattern; /* ":ref" a reference, ":n" a number, ":text" one segment */
    enum access access;
    enum work_queue queue; /* QUEUE_DONE: it needs no store, the thread that took it answers */
    bool needs_cookie; /* it has a form: visitors get a session to go with its token */
    long body_max;     /* bytes; 0 for GET */
    request_handler *handler;
};

struct request {
    struct site *site;
    struct app_context app; /* who asks; its store in the queue of a worker only */
    struct exchange *x;
    struct arena *arena;
    const struct route *route;
    enum lang lang;
    const char *prefix;    /* "" or "/en" */
    const char *path;      /* without the prefix */
    const char *reference; /* of the path, normalised; "" if there is none */
    const char *segment;   /* of the path, ":text"; "" if there is none */
    int64_t number;        /* of the path; 0 if there is none */
    bool wants_json;
    bool stays;       /* its form was sent to change the language: the page comes again */
    const char *body; /* the form as it was sent */
    size_t body_len;
    bool must_undo;   /* what was written in this step is not to be kept */
    bool was_carried; /* a form that was kept over a lost session: its token was checked then */

    const char *session; /* token of the cookie, NULL if there is none */
    unsigned char session_hash[TOKEN_HASH_BYTES];
    char form_token[SESSION_TOKEN_CHARS + 1]; /* that its forms must send back */

    struct open_dossier opened; /* ACCESS_OWNER: the dossier of the path */
    struct signed_in desk;      /* ACCESS_HALF and all behind it: who it is */
    struct view view;
    request_handler *step; /* see request_go() */
    void *page;          /* of the handler, over its steps */
};

/* ---- router.c ---- */

/* The route of a request, with what stands in its path; NULL: there is none, and `other_method`
 * says whether there is one of another method. */
const struct route *route_find(struct request *rq, enum method method, const char *path,
                               bool *other_method);

/* The dossier that a path of this site is about; "": none. */
const char *route_reference(const struct request *rq, const char *path);

/* How many bytes a POST to this path may have; -1: there is no such route. */
long route_body_limit(const char *path);

/* ---- session.c ---- */

/* Reads the cookie and makes the token of its forms; a visitor without one gets one. */
void session_read(struct request *rq);
/* Gives the visitor a new session (its old one goes over to it) that may open the dossier. */
MUST_USE enum status session_open(struct request *rq, int64_t dossier, struct err *err);
MUST_USE enum status session_close(struct request *rq, struct err *err);
/* Another token for this visitor, who signs in; its hash is rq->session_hash, `before` gets that of
 * the old one. The cookie goes out with the reply. */
void session_renew_desk(struct request *rq, unsigned char before[TOKEN_HASH_BYTES]);
/* Sets a cookie of this site, until the browser is closed or as `more` says ("; Max-Age=0"). */
void request_cookie(struct request *rq, const char *name, const char *value, const char *more);
/* True if a POST was sent by a page of this site. */
bool session_is_same_site(const struct request *rq);

/* ---- secret.c ---- */

#define SECRET_CHARS 12 /* of 32: 60 bits */
#define SECRET_PRINTED_BYTES (SECRET_CHARS + 3)

/* "7K2M 9QXR 4TBN": random, without I, L, O, U. */
void secret_make(char text[SECRET_PRINTED_BYTES]);
/* What was typed, as it is hashed: capitals without blanks and hyphens, O for 0, I and L for 1;
 * false if it can be none. */
bool secret_parse(const char *typed, char secret[SECRET_CHARS + 1]);
/* Slow: these belong to QUEUE_SLOW. */
void secret_hash(const char secret[SECRET_CHARS + 1], char hash[128]);
bool secret_matches(const char *hash, const char secret[SECRET_CHARS + 1]);

/* ---- limit.c ---- */

/* Limits of what anybody may ask for: beginning, trying a secret. OK, LIMIT with a sentence that
 * says when to try again, or what the store fails with. */
MUST_USE enum status request_limit(struct request *rq, const char *what, const char *key, int size,
                                 int seconds_each, struct err *err);

/* What was tried was right: as if it had not been tried. */
MUST_USE enum status request_limit_return(struct request *rq, const char *what, const char *key,
                                          struct err *err);

/* The key of who asks, for such limits. */
const char *request_client(const struct request *rq);

/* The page for LIMIT (429), or for what else went wrong; tries that were taken stay taken. */
enum work_queue request_limited(struct request *rq, const struct err *err);

/* ---- retention.c ---- */

/* How long the dossier of the request is kept, if it is a draft that may end by itself. */
struct retention request_retention(const struct request *rq);
/* The days that drafts are kept: "180"; NULL: for ever. */
const char *request_keep_days(const struct request *rq);

/* ---- request.c ---- */

/* A text of the pages in the language of the request. */
const char *tr(const struct request *rq, enum web_text text);
const char *tr_with(const struct request *rq, enum web_text text, const char *value);

/*
 * Reads a form into the declared fields and checks its token. Fields that every form may have are
 * added: token, lang (the button that changes the language). False: answered with an error.
 */
bool request_form(struct request *rq, struct field *fields, size_t count);
/* The same for a form with one file, multipart/form-data; slow. `upload` says which field the file
 * is. */
bool request_multipart(struct request *rq, struct field *fields, size_t count,
                       struct upload *upload);

struct layout request_layout(struct request *rq, enum web_text title);
/* Begins a page: `rq->view` is ready. */
void request_page(struct request *rq, unsigned status);
/* The page of an error with its sentence; the status of HTTP follows from err->status. */
enum work_queue request_error(struct request *rq, const struct err *err);
enum work_queue request_fail(struct request *rq, unsigned status, const struct err *err);
enum work_queue request_not_found(struct request *rq);
/* A path in the language of the request: "/en/bat-dau"; and as people use it from elsewhere, with
 * the address of the site. */
const char *request_path(const struct request *rq, struct path path);
const char *request_address(const struct request *rq, struct path path);
/* 303 to a path, in the language of the request. */
enum work_queue request_redirect(struct request *rq, struct path path);
/* A reply in JSON. */
void request_json(struct request *rq, unsigned status, struct json_writer *w);
/* The same from a struct with its shape. */
enum work_queue request_reply(struct request *rq, unsigned status, const struct json_shape *shape,
                              const void *view);
/* 422 with the faults of a form, for programs. */
enum work_queue request_faults_json(struct request *rq, const struct form_faults *faults);
/* Questionnaires as pages list them. */
struct survey_view *request_surveys(struct request *rq,
                                    const struct loaded_questionnaire *const *list, size_t count);
/* A file to be kept: Content-Disposition attachment with this name (plain letters). */
void request_attachment(struct request *rq, const char *type, const char *name);
/* The same under a name that people gave it: `plain` (plain letters) stands in for it in programs
 * that know no other letters. */
void request_download(struct request *rq, const char *type, const char *plain, const char *name);
/* Opens a file of evidence; `is_active`: it runs something when it is opened. False: answered with
 * an error; a damaged copy is told to who looks after the disk, too. In QUEUE_SLOW. */
struct evidence_opened {
    struct evidence_content content;
    enum file_kind kind; /* by the content, which is what the hash was of, whatever the row says */
    bool is_active;
};
bool request_evidence_open(struct request *rq, const struct evidence *file,
                           struct evidence_opened *out);
/* A file of evidence under the name that it was sent with; the reply takes what was opened over.
 * `plain` and its number are the name for programs that know no other letters. */
enum work_queue request_evidence(struct request *rq, const struct evidence *file,
                                 const struct evidence_opened *opened, const char *plain);
struct case_report;
/* The PDF of a report that was read, made in QUEUE_SLOW. */
enum work_queue request_case_report(struct request *rq, const struct case_report *report);
/* Headers of every reply that keep browsers from doing what this site does not need. */
void request_secure(struct reply *reply);
/* Another step of this request in a queue. */
enum work_queue request_go(struct request *rq, enum work_queue queue, request_handler *step);

/* The form that was sent, asked to be sent again with reference and secret: nothing is lost. */
enum work_queue request_ask_code(struct request *rq, unsigned status, const char *reference);

/* Runs a route as if its form had been sent with this session; for forms that were carried. */
enum work_queue request_replay(struct request *rq, const char *path, const char *body);

/* The reply of a request whose batch could not be kept. */
void request_failed(struct request *rq);
/* What HTTP itself is refused with, see struct server_handler. */
void request_refused(void *context, unsigned status, struct reply *reply, struct arena *arena);

/* Times as people read them: "14:05", "24/11/2026 14:05" (Vietnam). */
const char *time_of_day(struct arena *arena, const char *utc);
const char *time_and_day(struct arena *arena, const char *utc);
/* The latter of seconds since 1970. */
const char *time_of_seconds(struct arena *arena, int64_t seconds);

#endif


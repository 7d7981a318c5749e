#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "app/workspace.h"
#include "base/arena.h"
#include "base/err.h"

/*
 * The pages for enterprises, as one server: questionnaires to fill in, results, and what follows.
 * One process owns the database of dossiers; the command line may read it at the same time.
 */
struct site_options {
    const char *listen;     /* NULL: SITE_LISTEN_DEFAULT */
    int socket;             /* one that was handed over; -1: none */
    const char *database;   /* see database_open() */
    const char *round;      /* that is answered; NULL: the year */
    const char *public_url; /* "https://cds.example.vn": the address that people use, for QR codes,
                               links and cookies; NULL: that of the server */
    const char *authority;  /* whose service it is, on the first page; NULL: nobody is named */
    const char *notice;     /* at the head of every page: "dữ liệu ví dụ"; NULL: none */
    const char *contact;    /* who helps, by which telephone; NULL: nobody is named */
    int keep_drafts;        /* days that drafts are kept unchanged, see app/purge.h; 0: for ever */
    const char *sendmail;   /* absolute path of what sends mail (sendmail -t); NULL: none is sent */
    const char *mail_from;  /* an address; NULL: `sendmail` says */
    bool is_behind_proxy;
    int log;                /* file descriptor; -1: none */
    unsigned threads;       /* 0: as many as there are cores */
};

#define SITE_LISTEN_DEFAULT "127.0.0.1:8080"

struct site;

/*
 * Loads the data, opens (or makes) the database and serves. Everything is checked before the first
 * request is taken: a fault in the data is an error here, not a page that fails later.
 */
MUST_USE enum status site_start(struct workspace *ws, const struct site_options *options,
                                struct site **out, struct err *err);

/* Where it can be reached: "http://127.0.0.1:8080/". */
const char *site_url(const struct site *site);

/* Whether anybody could sign in when it was started. */
bool site_has_accounts(const struct site *site);

/* An address as --public-url takes it; BAD_USAGE. */
MUST_USE enum status site_check_url(const char *url, struct err *err);
/* The address that the owner of a new account opens (app/accounts.h); `url` NULL: that of a server
 * without options. In the arena. */
const char *site_account_link(struct arena *arena, const char *url, const char *link);

/* The socket that systemd handed over, or -1; and what it is told (sd_notify(3)). */
int site_inherited_socket(void);
void site_notify(const char *state);

/* Lets requests in progress end, then closes everything. NULL is fine. */
void site_stop(struct site *site);

#endif

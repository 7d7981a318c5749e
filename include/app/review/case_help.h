#ifndef APP_REVIEW_CASE_HELP_H
#define APP_REVIEW_CASE_HELP_H

#include "app/review/cases.h"

/*
 * Help for an enterprise that cannot open its dossier: its code is lost, or somebody else began
 * with its tax code. An officer who has checked that it is the enterprise (its registration, the
 * person) gives it a new code; the old one, its link and every session are worth nothing from then
 * on. How it was checked is kept in the audit.
 */

enum help_kind {
    HELP_LOST, /* the code is lost: the dossier stays as it is */
    HELP_TAKEN /* somebody else's dossier is handed over: their files and address go, answers stay,
                  for the owner to look at */
};

struct case_help {
    struct case_row row;
    int64_t dossier;       /* 0: it came from a file, and nobody opens it on the web */
    const char *reference; /* "CDS-26-0000179"; "" */
};

#define HELP_HOW_CHARS_MAX 500

/* NOT_FOUND: no such case among those that the account may see. */
MUST_USE enum status case_help_load(const struct app_context *app, int64_t id, struct arena *arena,
                                    struct case_help *out, struct err *err);
/* BAD_INPUT without a word on how it was checked; CONFLICT where there is no dossier. The hashes
 * are those of the new code and its link (app/enterprise/access.h). */
MUST_USE enum status case_help_give(const struct app_context *app, const struct case_help *help,
                                    enum help_kind kind, const char *how, const char *secret_hash,
                                    const unsigned char *token_hash, struct arena *arena,
                                    struct err *err);

#endif

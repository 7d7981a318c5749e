#ifndef APP_ENTERPRISE_DOSSIERS_H
#define APP_ENTERPRISE_DOSSIERS_H

#include "app/context.h"
#include "store/dossiers.h"

/*
 * What happens to a dossier, from the first answer to erasure: the use cases of enterprises on the
 * web. Everything here runs in the thread that owns the store.
 */

/* Sections that people may say to be done: the facts, then the dimensions. */
#define SECTION_FACTS 0
#define SECTIONS_MAX (DIMENSIONS_MAX + 1)

/* A dossier with its response read. */
struct open_dossier {
    struct dossier dossier;
    const struct loaded_questionnaire *survey;
    struct response *response; /* activated */
    uint32_t done;             /* sections that were said to be done, a bit each */
};

/* Who begins, as far as it is asked: everything else comes later. */
struct new_dossier {
    enum legal_form form;
    const char *tax_code; /* NULL: none yet */
    const char *section;  /* NULL: not said */
    const struct loaded_questionnaire *survey;
    enum lang lang;
    const char *secret_hash;
    const unsigned char *token_hash;
};

/* True if the round already has a result of this tax code by this questionnaire (NULL: by any):
 * another one would be refused when it is submitted. Nothing else of it is told. */
MUST_USE enum status tax_code_is_used(const struct app_context *app, const char *tax_code,
                                      const char *questionnaire, struct arena *arena,
                                      bool *is_used, struct err *err);

/* Adds a dossier that knows what was said so far. BAD_INPUT: a value is no possible one. */
MUST_USE enum status dossier_begin(const struct app_context *app, const struct new_dossier *wanted,
                                   struct arena *arena, struct dossier *out, struct err *err);

/*
 * Begins another dossier from one that was submitted; its facts are taken over. With the same
 * questionnaire it is the next round: answers are not taken over, and results will be compared.
 * With another one the answers that match go along (survey/convert.h).
 */
MUST_USE enum status dossier_begin_again(const struct app_context *app,
                                         const struct open_dossier *before,
                                         const struct new_dossier *wanted, struct arena *arena,
                                         struct dossier *out, struct err *err);

/* Reads a dossier by its reference. NOT_FOUND; FAILED where its questionnaire is not there any
 * more or the content cannot be read with it. */
MUST_USE enum status open_dossier_load(const struct app_context *app, const char *reference,
                                 struct arena *arena, struct open_dossier *out, struct err *err);

/* The second half of it: reads what opened->dossier holds, which was found already. */
MUST_USE enum status open_dossier_read(const struct app_context *app, struct arena *arena,
                                 struct open_dossier *opened, struct err *err);

/* A response as dossiers and what was verified hold it, read; NULL where it cannot be any more. */
struct response *dossier_content_read(const struct app_context *app, const char *content,
                                      struct arena *arena, struct err *err);

/* Writes back response and progress. CONFLICT: another window was faster. */
MUST_USE enum status open_dossier_save(const struct app_context *app, struct open_dossier *opened,
                                 struct arena *arena, struct err *err);

/* True for a draft that was never submitted: only it may move to another questionnaire. */
bool open_dossier_may_move(const struct open_dossier *opened);

/* Answers given that another questionnaire would keep (survey/convert.h). */
size_t open_dossier_kept_by(const struct open_dossier *opened,
                            const struct loaded_questionnaire *survey, struct arena *arena);

/*
 * Moves a draft to another questionnaire and saves it: facts stay, and answers that match go along;
 * the others are lost. CONFLICT: it was submitted, has files of evidence (which belong to
 * questions) or was changed in another window.
 */
MUST_USE enum status open_dossier_move(const struct app_context *app, struct open_dossier *opened,
                                       const struct loaded_questionnaire *survey,
                                       struct arena *arena, struct err *err);

/* DENIED unless the actor is who may open this dossier. */
MUST_USE enum status open_dossier_check_owner(const struct app_context *app,
                                              const struct open_dossier *opened, struct err *err);

/* True while answers may be changed: a draft, or one that was given back. */
bool open_dossier_is_open(const struct open_dossier *opened);

/*
 * A short fingerprint of a stored answer or fact, that forms carry along: what comes back with
 * another one was changed meanwhile, in another window. 0 for none.
 */
uint32_t stored_answer_fingerprint(const struct open_dossier *opened, size_t question);
uint32_t stored_fact_fingerprint(const struct open_dossier *opened, size_t fact);
/* The same of values that are not stored (yet). */
uint32_t answer_fingerprint(const struct open_dossier *opened, size_t question,
                            const struct answer *answer);
uint32_t fact_fingerprint(const struct value *value);

/* Questions that were answered and shown before and are hidden once `answers` (all of them) hold:
 * indexes, in the arena. */
size_t open_dossier_hidden_by(const struct open_dossier *opened, const struct answer *answers,
                        struct arena *arena, const size_t **questions);

/*
 * Takes consent to this wording and submits: scores, stores an assessment of the present round (or
 * another revision of it), and notes the event. Submitting the same again changes nothing and is no
 * fault. One that was given back goes on being reviewed (app/enterprise/review.h). BAD_INPUT:
 * neither tax code nor name. CONFLICT: an assessment of that enterprise and round came another way;
 * who asks cannot be known to be the same enterprise, so an officer has to help.
 */
MUST_USE enum status open_dossier_submit(const struct app_context *app, struct open_dossier *opened,
                                   const char *consent_version, struct arena *arena,
                                   struct err *err);

/*
 * Saves facts that were not known before. While it waits for an officer (DOSSIER_SUBMITTED) the
 * assessment gets another revision with them; that is no event, as nothing that was said is taken
 * back. Before it was submitted, and while it is amended, it is only saved. CONFLICT once an
 * officer has begun, also where it was given back, or where it was withdrawn.
 */
MUST_USE enum status open_dossier_complete(const struct app_context *app,
                                           struct open_dossier *opened, struct arena *arena,
                                           struct err *err);

/* Opens a submitted dossier again; what was submitted stays until it is submitted anew. CONFLICT
 * once an officer has begun. */
MUST_USE enum status open_dossier_amend(const struct app_context *app, struct open_dossier *opened,
                                  struct arena *arena, struct err *err);

/* Takes it back: the assessment counts no more. CONFLICT where an officer has begun. */
MUST_USE enum status open_dossier_withdraw(const struct app_context *app,
                                           struct open_dossier *opened, struct arena *arena,
                                           struct err *err);

/* Withdraws consent at any time (Law 91/2025/QH15): nothing is processed from then on. */
MUST_USE enum status open_dossier_end_consent(const struct app_context *app,
                                              struct open_dossier *opened, struct arena *arena,
                                              struct err *err);

/*
 * Erases it at once, or, while an officer works on it, notes that erasure is asked for (to be
 * answered within two working days, Decree 356/2025/NĐ-CP). `is_erased` says which. Its files go
 * after the commit.
 */
MUST_USE enum status open_dossier_ask_erasure(const struct app_context *app,
                                              struct open_dossier *opened, struct arena *arena,
                                              bool *is_erased, struct err *err);

/* What its result is compared with: the response of the earlier round that it began from; else the
 * last revision whose answers differ from those submitted, as far as REVISIONS_COMPARED_MAX
 * revisions back; or NULL. */
#define REVISIONS_COMPARED_MAX 10
MUST_USE enum status open_dossier_before(const struct app_context *app,
                                         const struct open_dossier *opened, struct arena *arena,
                                         const struct response **before, struct err *err);

/* The last submitted response, as it was submitted. NOT_FOUND if there is none. */
MUST_USE enum status open_dossier_submitted(const struct app_context *app,
                                            const struct open_dossier *opened, struct arena *arena,
                                            const struct response **submitted, struct err *err);

#endif

/*
 * Prepares the database that the web is measured with: bench_web DATABASE COUNT. Dossiers of the
 * demo's responses to dbi-sme@2021, each with its own tax code and a session that may open it; the
 * first has half of its answers, the others all. Prints "reference cookie token" of each.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/enterprise/dossiers.h"
#include "base/file.h"

#define FILES_MAX 256
#define TOKEN_BYTES 16 /* of sessions and of forms: src/web/kit/session.c */
#define REF "dbi-sme@2021"

struct preparing {
    struct arena arena, once; /* of all, of one dossier */
    struct loaded_data loaded;
    struct app_context app;
    unsigned char form_key[STORE_KEY_BYTES];
    struct response *responses[FILES_MAX];
    size_t count;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench_web: %s: %s\n", what, why);
    exit(1);
}

static void read_response(struct preparing *p, const char *path)
{
    struct faults faults;
    struct err err;
    const struct json *root;
    struct response *response = NULL;
    char *text;
    size_t len;

    if (file_read(&p->arena, path, RESPONSE_FILE_BYTES_MAX, &text, &len, &err) != OK)
        die(path, err.text[LANG_EN]);
    faults_init(&faults, &p->arena);
    root = json_parse(&p->arena, path, text, len, &faults);
    if (root)
        response = response_read(&p->arena, root, p->loaded.facts, loaded_data_source(&p->loaded),
                                 NULL, &faults);
    if (!response)
        die(path, faults.items[0].text[LANG_EN]);
    if (strcmp(response->questionnaire->ref, REF) == 0 && p->count < FILES_MAX)
        p->responses[p->count++] = response;
}

static void open_all(struct preparing *p, const char *database)
{
    struct workspace *ws;
    struct database *db;
    const char **paths;
    size_t count;
    struct err err;

    if (sodium_init() < 0)
        die("sodium", "no randomness");
    if (workspace_open(&p->arena, NULL, &ws, &err) != OK ||
        loaded_data_load(ws, &p->arena, &p->loaded, &err) != OK)
        die("data", err.text[LANG_EN]);
    if (database_open(&p->arena, ws, database, DB_CREATE, &db, &err) != OK)
        die(database, err.text[LANG_EN]);
    p->app = context_of(db, (struct actor){ACTOR_VISITOR, 0});
    p->app.loaded = &p->loaded;
    p->app.round = "2026";
    if (store_key(p->app.store, "forms", p->form_key, &err) != OK)
        die(database, err.text[LANG_EN]);
    if (file_list(&p->arena, "tests/data/demo/responses", ".json", &paths, &count, &err) != OK)
        die("responses", err.text[LANG_EN]);
    for (size_t i = 0; i < count; i++)
        read_response(p, paths[i]);
    if (!p->count)
        die("responses", "none of " REF);
}

/* Ten digits of one province with their check digit; false where there is none. */
static bool write_tax_code(char code[11], int number)
{
    static const int weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    int sum = 0;

    snprintf(code, 10, "%09d", number);
    for (int i = 0; i < 9; i++)
        sum += weights[i] * (code[i] - '0');
    if (10 - sum % 11 == 10)
        return false;
    code[9] = (char)('0' + 10 - sum % 11);
    code[10] = '\0';
    return true;
}

/* In no order, as people come. */
static const char *next_tax_code(struct preparing *p)
{
    static int number = 10000000;
    char code[11];

    do
        number = 10000000 + (number + 7368787) % 89999999;
    while (!write_tax_code(code, number));
    return arena_strdup(&p->once, code);
}

static const char *content_of(struct preparing *p, size_t i)
{
    struct response response = *p->responses[i % p->count];
    size_t questions = response.questionnaire->question_count;
    size_t answers_size = questions * sizeof(*response.answers);
    struct answer *answers = arena_alloc(&p->once, 1, answers_size);
    struct value *tax_code;
    struct json_writer w;
    struct buf out;
    const char *text;

    memcpy(answers, response.answers, answers_size);
    for (size_t k = questions / 2; i == 0 && k < questions; k++)
        answers[k] = (struct answer){.is_active = true};
    response.answers = answers;
    response.round = p->app.round;
    tax_code = &response.values[facts_find(p->loaded.facts, "tax_code")];
    *tax_code = (struct value){.kind = VALUE_TEXT, .text = next_tax_code(p)};
    buf_init(&out, DOSSIER_CONTENT_BYTES_MAX);
    json_writer_init(&w, &out);
    response_write(&w, &response);
    text = arena_strdup(&p->once, buf_text(&out));
    buf_free(&out);
    return text;
}

/* As src/web/kit/session.c makes them. */
static void grant(struct preparing *p, const struct dossier *dossier)
{
    unsigned char bytes[TOKEN_BYTES], hash[TOKEN_HASH_BYTES], mac[TOKEN_BYTES];
    char cookie[2 * TOKEN_BYTES + 1], token[2 * TOKEN_BYTES + 1];
    struct err err;

    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2hex(cookie, sizeof(cookie), bytes, sizeof(bytes));
    crypto_generichash(hash, sizeof(hash), (unsigned char *)cookie, strlen(cookie), NULL, 0);
    crypto_generichash(mac, sizeof(mac), (unsigned char *)cookie, strlen(cookie), p->form_key,
                       sizeof(p->form_key));
    sodium_bin2hex(token, sizeof(token), mac, sizeof(mac));
    if (session_grant(p->app.store, hash, dossier->id, p->app.now, &err) != OK)
        die(dossier->reference, err.text[LANG_EN]);
    printf("%s %s %s\n", dossier->reference, cookie, token);
}

static void add(struct preparing *p, size_t i)
{
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct dossier_start start = {.questionnaire = REF,
                                  .content = content_of(p, i),
                                  .now = p->app.now,
                                  .secret_hash = "none",
                                  .token_hash = token_hash};
    struct dossier dossier;
    struct err err;

    randombytes_buf(token_hash, sizeof(token_hash));
    if (dossier_add(p->app.store, &start, &dossier, &err) != OK)
        die("dossier", err.text[LANG_EN]);
    grant(p, &dossier);
    arena_reset(&p->once);
}

int main(int argc, char **argv)
{
    static struct preparing p;
    struct err err;
    size_t count;

    if (argc != 3)
        die("usage", "bench_web DATABASE COUNT");
    count = strtoul(argv[2], NULL, 10);
    arena_init(&p.arena);
    arena_init(&p.once);
    open_all(&p, argv[1]);
    if (store_begin(p.app.store, &err) != OK)
        die(argv[1], err.text[LANG_EN]);
    for (size_t i = 0; i < count; i++)
        add(&p, i);
    if (store_commit(p.app.store, &err) != OK)
        die(argv[1], err.text[LANG_EN]);
    arena_free(&p.once);
    arena_free(&p.arena);
    return 0;
}

#include "dossier_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <sodium.h>

#include "store/evidence_files.h"

/* ---- history ---- */

static void test_events(void **state)
{
    static const char *const kinds[] = {"created",       "submitted", "amended",  "review-started",
                                        "returned",      "amended",   "verified", "exported",
                                        "erasure-asked", "withdrawn"};
    struct store *store = open_store(path_of("e.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;
    const struct dossier_event *events;
    struct dossier_event event = {"created", NOW, "enterprise", ""};
    size_t count;

    (void)state;
    ASSERT_OK(dossier_events(store, one, &f.arena, &events, &count, &err));
    assert_int_equal(count, 0);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        event.kind = kinds[i];
        event.text = i == 4 ? "Cần bổ sung <b>" : "";
        ASSERT_OK(dossier_event_add(store, one, &event, &err));
        ASSERT_OK(dossier_event_add(store, two, &event, &err));
    }
    ASSERT_OK(dossier_events(store, one, &f.arena, &events, &count, &err));
    assert_int_equal(count, ARRAY_SIZE(kinds));
    for (size_t i = 0; i < count; i++)
        assert_string_equal(events[i].kind, kinds[i]);
    assert_string_equal(events[4].text, "Cần bổ sung <b>");
    assert_string_equal(events[4].at, NOW);
    assert_string_equal(events[4].actor, "enterprise");
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_event_add(store, 7, &event, &err));
    event.at = "yesterday";
    ASSERT_FAILS(BAD_INPUT, "written as", dossier_event_add(store, one, &event, &err));
    store_close(store);
}

static void test_questions(void **state)
{
    struct store *store = open_store(path_of("q.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;
    struct dossier_question question = {
        .question = "yn", .text = "Vì sao?", .asked_at = NOW, .due_on = "2026-12-01"};
    const struct dossier_question *list;
    char *long_text = arena_alloc(&f.arena, 1, DOSSIER_TEXT_BYTES_MAX + 2);
    size_t count;

    (void)state;
    ASSERT_OK(dossier_ask(store, one, &question, &err));
    question.question = question.due_on = "";
    ASSERT_OK(dossier_ask(store, one, &question, &err));
    ASSERT_OK(dossier_questions(store, one, &f.arena, &list, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].question, "yn");
    assert_string_equal(list[0].text, "Vì sao?");
    assert_string_equal(list[0].asked_at, NOW);
    assert_string_equal(list[0].due_on, "2026-12-01");
    assert_string_equal(list[0].reply, "");
    assert_string_equal(list[0].replied_at, "");
    assert_string_equal(list[1].question, "");
    ASSERT_FAILS(NOT_FOUND, "no such", dossier_reply(store, two, list[0].id, "x", NOW, &err));
    ASSERT_FAILS(NOT_FOUND, "no such", dossier_reply(store, one, 77, "x", NOW, &err));
    ASSERT_OK(dossier_reply(store, one, list[0].id, "Vì thế", "2026-11-25T00:00:00Z", &err));
    ASSERT_OK(dossier_questions(store, one, &f.arena, &list, &count, &err));
    assert_string_equal(list[0].reply, "Vì thế");
    assert_string_equal(list[0].replied_at, "2026-11-25T00:00:00Z");
    assert_string_equal(list[1].reply, "");
    ASSERT_OK(dossier_questions(store, two, &f.arena, &list, &count, &err));
    assert_int_equal(count, 0);
    question.due_on = "2026-13-01";
    ASSERT_FAILS(BAD_INPUT, "the day '2026-13-01'", dossier_ask(store, one, &question, &err));
    question.due_on = "";
    ASSERT_FAILS(NOT_FOUND, "no such", dossier_ask(store, 7, &question, &err));
    memset(long_text, 'x', DOSSIER_TEXT_BYTES_MAX + 1);
    question.text = long_text;
    ASSERT_FAILS(LIMIT, "longer than 65536", dossier_ask(store, one, &question, &err));
    ASSERT_FAILS(LIMIT, "longer than 65536",
                 dossier_reply(store, one, list[0].id, long_text, NOW, &err));
    store_close(store);
}

static void test_measures(void **state)
{
    struct store *store = open_store(path_of("m.db"));
    const struct measure *list;
    size_t count;

    (void)state;
    ASSERT_OK(measure_add(store, "2026-11-23", "facts", "shown", 1, &err));
    ASSERT_OK(measure_add(store, "2026-11-23", "facts", "shown", 4, &err));
    ASSERT_OK(measure_add(store, "2026-11-23", "facts", "faults", 1, &err));
    ASSERT_OK(measure_add(store, "2026-11-22", "home", "shown", 2, &err));
    ASSERT_OK(measures(store, "2026-11-23", &f.arena, &list, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].kind, "faults");
    assert_string_equal(list[1].kind, "shown");
    assert_string_equal(list[1].on, "2026-11-23");
    assert_string_equal(list[1].page, "facts");
    assert_int_equal(list[1].count, 5);
    ASSERT_OK(measures(store, "", &f.arena, &list, &count, &err));
    assert_int_equal(count, 3);
    ASSERT_FAILS(BAD_INPUT, "written as", measure_add(store, "23/11/2026", "a", "b", 1, &err));
    store_close(store);
}

/* ---- evidence in the database ---- */

static struct evidence file_of(const char *question, int number, int64_t size)
{
    return (struct evidence){.question = question,
                             .hash = arena_printf(&f.arena, "%064x", (unsigned)number),
                             .type = "image/png",
                             .name = "ảnh.png",
                             .size = size,
                             .added_at = NOW};
}

static enum status add_file(struct store *store, int64_t dossier, const char *question, int number,
                            int64_t size, int64_t *id)
{
    struct evidence evidence = file_of(question, number, size);

    return evidence_add(store, dossier, &evidence, (int64_t)1 << 40, id, &err);
}

static void test_evidence(void **state)
{
    struct store *store = open_store(path_of("e.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id;
    const struct evidence *list;
    int64_t a, b, c, again;
    char hash[EVIDENCE_HASH_CHARS + 1];
    bool is_unused;
    size_t count;

    (void)state;
    ASSERT_OK(add_file(store, one, "yn", 0xabc, 5, &a));
    ASSERT_OK(add_file(store, one, "yn", 0xabc, 5, &again));
    assert_int_equal(a, again);
    ASSERT_OK(add_file(store, one, "many", 0xabc, 5, &b));
    ASSERT_OK(add_file(store, two, "yn", 0xabc, 5, &c));
    ASSERT_OK(evidence_list(store, one, &f.arena, &list, &count, &err));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id, a);
    assert_string_equal(list[0].question, "yn");
    assert_string_equal(list[0].hash, file_of("", 0xabc, 0).hash);
    assert_string_equal(list[0].type, "image/png");
    assert_string_equal(list[0].name, "ảnh.png");
    assert_int_equal(list[0].size, 5);
    assert_string_equal(list[0].added_at, NOW);
    assert_string_equal(list[1].question, "many");
    ASSERT_FAILS(NOT_FOUND, "no such file", evidence_remove(store, two, a, &is_unused, hash, &err));
    ASSERT_OK(evidence_remove(store, one, a, &is_unused, hash, &err));
    assert_string_equal(hash, list[0].hash);
    assert_false(is_unused);
    ASSERT_OK(evidence_remove(store, one, b, &is_unused, hash, &err));
    assert_false(is_unused);
    ASSERT_OK(evidence_is_unused(store, hash, &is_unused, &err));
    assert_false(is_unused);
    ASSERT_OK(evidence_remove(store, two, c, &is_unused, hash, &err));
    assert_true(is_unused);
    ASSERT_OK(evidence_is_unused(store, hash, &is_unused, &err));
    assert_true(is_unused);
    ASSERT_FAILS(NOT_FOUND, "no such file", evidence_remove(store, two, c, &is_unused, hash, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier", add_file(store, 7, "yn", 1, 5, &a));
    ASSERT_FAILS(BAD_INPUT, "negative", add_file(store, one, "yn", 1, -1, &a));
    store_close(store);
}

/* Files by their number, which is their hash here: each once, in order; an error ends it. */
struct walk {
    int64_t files, ends_at;
};

static enum status take_file(void *context, const char *hash, int64_t size, struct err *fault)
{
    struct walk *walk = context;

    assert_string_equal(hash, file_of("", (int)walk->files, 0).hash);
    assert_int_equal(size, walk->files + 7);
    if (++walk->files == walk->ends_at)
        return err_set(fault, LIMIT, "đủ", "enough");
    return OK;
}

static void test_walk(void **state)
{
    struct store *store = open_store(path_of("w.db"));
    const int dossiers = 60, files = dossiers * EVIDENCE_PER_DOSSIER_MAX; /* in several blocks */
    struct walk walk = {.ends_at = -1};
    int64_t id;

    (void)state;
    ASSERT_OK(evidence_each(store, take_file, &walk, &err));
    assert_int_equal(walk.files, 0);
    ASSERT_OK(store_begin(store, &err));
    for (int i = 0; i < dossiers; i++) {
        int64_t dossier = add_dossier(store, i + 1).id;

        for (int k = 0; k < EVIDENCE_PER_DOSSIER_MAX; k++) {
            int number = k * dossiers + i;

            ASSERT_OK(add_file(store, dossier, "yn", number, number + 7, &id));
        }
        ASSERT_OK(add_file(store, dossier, "many", i, i + 7, &id)); /* used twice */
    }
    ASSERT_OK(store_commit(store, &err));
    ASSERT_OK(evidence_each(store, take_file, &walk, &err));
    assert_int_equal(walk.files, files);
    walk = (struct walk){.ends_at = 700};
    ASSERT_FAILS(LIMIT, "enough", evidence_each(store, take_file, &walk, &err));
    assert_int_equal(walk.files, 700);
    store_close(store);
}

static void test_quotas(void **state)
{
    struct store *store = open_store(path_of("q.db"));
    int64_t one = add_dossier(store, 1).id, two = add_dossier(store, 2).id, id;
    struct evidence evidence;

    (void)state;
    for (int i = 0; i < EVIDENCE_PER_DOSSIER_MAX; i++)
        ASSERT_OK(add_file(store, one, "yn", i, 1, &id));
    ASSERT_FAILS(LIMIT, "only 20 files", add_file(store, one, "yn", 99, 1, &id));
    ASSERT_OK(add_file(store, one, "many", 3, 1, &id)); /* a file that it has already */
    /* Bytes of a dossier. */
    ASSERT_OK(add_file(store, two, "yn", 50, EVIDENCE_BYTES_PER_DOSSIER_MAX - 10, &id));
    ASSERT_FAILS(LIMIT, "only 40 MiB", add_file(store, two, "yn", 51, 11, &id));
    ASSERT_FAILS(LIMIT, "only 40 MiB", add_file(store, two, "yn", 51, INT64_MAX, &id));
    ASSERT_OK(add_file(store, two, "many", 50, EVIDENCE_BYTES_PER_DOSSIER_MAX - 10, &id));
    ASSERT_OK(add_file(store, two, "yn", 51, 10, &id));
    /* Bytes of all: 20 files of one byte, and 40 MiB. */
    one = add_dossier(store, 3).id;
    evidence = file_of("yn", 70, 5);
    ASSERT_FAILS(
        LIMIT, "no room",
        evidence_add(store, one, &evidence, EVIDENCE_BYTES_PER_DOSSIER_MAX + 24, &id, &err));
    ASSERT_OK(evidence_add(store, one, &evidence, EVIDENCE_BYTES_PER_DOSSIER_MAX + 25, &id, &err));
    evidence = file_of("yn", 51, 10); /* is there already */
    ASSERT_OK(evidence_add(store, one, &evidence, EVIDENCE_BYTES_PER_DOSSIER_MAX + 25, &id, &err));
    store_close(store);
}

/* ---- evidence on the disk ---- */

static const char *const hostile[] = {
    "",
    "../../../../etc/passwd",
    "ABCDEF0000000000000000000000000000000000000000000000000000000000",
    "abcdef000000000000000000000000000000000000000000000000000000000",
    "abcdef00000000000000000000000000000000000000000000000000000000000",
    "abcdef000000000000000000000000000000000000000000000000000000000/",
    "../def0000000000000000000000000000000000000000000000000000000000",
    "abcdef000000000000000000000000000000000000000000000000000000000\n",
};

static unsigned mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

/* Stands in for that of the C library, and notes what it was asked for. */
static const char *synced[16];
static size_t synced_count;

int fsync(int file)
{
    char path[4096];
    ssize_t len = readlink(arena_printf(&f.arena, "/proc/self/fd/%d", file), path, sizeof(path));

    if (synced_count < ARRAY_SIZE(synced) && len > 0)
        synced[synced_count++] = arena_strndup(&f.arena, path, (size_t)len);
    return 0;
}

static bool was_synced(const char *path)
{
    for (size_t i = 0; i < synced_count; i++) {
        if (strcmp(synced[i], path) == 0)
            return true;
    }
    return false;
}

/* Removes a folder of evidence as tests make it: one subfolder per file. */
static void remove_evidence(const char *evidence, const char *hash)
{
    const char *subfolder = arena_printf(&f.arena, "%s/%.2s", evidence, hash);
    const char **paths;
    size_t count;

    ASSERT_OK(file_list(&f.arena, subfolder, "", &paths, &count, &err));
    for (size_t i = 0; i < count; i++)
        unlink(paths[i]);
    assert_int_equal(rmdir(subfolder), 0);
    assert_int_equal(rmdir(evidence), 0);
}

static void check_content(struct evidence_content *content, const void *data, size_t len)
{
    unsigned char byte;

    assert_int_equal(content->len, len);
    assert_memory_equal(content->data, data, len);
    assert_int_equal(read(content->file, &byte, 1), 1); /* stands at its beginning */
    assert_int_equal(byte, *content->data);
    close(content->file);
    free(content->data);
}

static void test_files(void **state)
{
    static const unsigned char data[] = "a\0b";
    const char *evidence = evidence_folder(&f.arena, path_of("x.db")), *path;
    char hash[EVIDENCE_HASH_CHARS + 1], again[EVIDENCE_HASH_CHARS + 1], expected[65];
    unsigned char digest[32];
    struct evidence_content content;
    struct stat before, after;
    const char **paths;
    size_t count;

    (void)state;
    assert_string_equal(evidence, path_of("x.db.evidence"));
    umask(0);
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    crypto_generichash(digest, sizeof(digest), data, sizeof(data), NULL, 0);
    assert_string_equal(hash, sodium_bin2hex(expected, sizeof(expected), digest, sizeof(digest)));
    path = arena_printf(&f.arena, "%s/%.2s/%s", evidence, hash, hash);
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(mode_of(evidence), 0700);
    assert_int_equal(mode_of(arena_printf(&f.arena, "%s/%.2s", evidence, hash)), 0700);
    umask(022);
    /* The same again changes nothing, and leaves nothing beside it. */
    assert_int_equal(stat(path, &before), 0);
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), again, &err));
    assert_string_equal(again, hash);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    ASSERT_OK(evidence_open(evidence, hash, &content, &err));
    check_content(&content, data, sizeof(data));
    ASSERT_OK(file_list(&f.arena, arena_printf(&f.arena, "%s/%.2s", evidence, hash), "", &paths,
                        &count, &err));
    assert_int_equal(count, 1);
    ASSERT_OK(evidence_delete(evidence, hash, &err));
    ASSERT_OK(evidence_delete(evidence, hash, &err));
    ASSERT_FAILS(NOT_FOUND, "not there any more", evidence_open(evidence, hash, &content, &err));
    remove_evidence(evidence, hash);
}

/* A copy that is not what its name says is not handed out, and is there again once it is sent. */
static void test_damaged(void **state)
{
    static const unsigned char data[] = "giấy tờ";
    static const struct {
        const char *copy;
        size_t len;
    } damaged[] = {{"giấy tợ", sizeof(data)}, {"", 0}, {"giấy", 6}, {"giấy tờ!!", 13}};
    const char *evidence = evidence_folder(&f.arena, path_of("w.db")), *path;
    char hash[EVIDENCE_HASH_CHARS + 1], again[EVIDENCE_HASH_CHARS + 1];
    struct evidence_content content;

    (void)state;
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    path = arena_printf(&f.arena, "%s/%.2s/%s", evidence, hash, hash);
    for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
        ASSERT_OK(file_write(path, damaged[i].copy, damaged[i].len, &err));
        ASSERT_FAILS(CONFLICT, "send the same file again",
                     evidence_open(evidence, hash, &content, &err));
        ASSERT_OK(evidence_write(evidence, data, sizeof(data), again, &err));
        assert_string_equal(again, hash);
        ASSERT_OK(evidence_open(evidence, hash, &content, &err));
        check_content(&content, data, sizeof(data));
    }
    /* One that is longer than any file of evidence is not read to its end. */
    assert_int_equal(truncate(path, (off_t)1 << 40), 0);
    ASSERT_FAILS(CONFLICT, "is damaged", evidence_open(evidence, hash, &content, &err));
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), again, &err));
    assert_int_equal(mode_of(path), 0600);
    remove_evidence(evidence, hash);
}

/* The entries of all that is new are on the disk before it is said to be kept. */
static void test_synced(void **state)
{
    static const unsigned char data[] = "kept";
    const char *evidence = evidence_folder(&f.arena, path_of("v.db"));
    char hash[EVIDENCE_HASH_CHARS + 1];

    (void)state;
    synced_count = 0;
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    assert_true(was_synced(folder));
    assert_true(was_synced(evidence));
    assert_true(was_synced(arena_printf(&f.arena, "%s/%.2s", evidence, hash)));
    assert_int_equal(synced_count, 4); /* and the file itself */
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    assert_int_equal(synced_count, 4);
    remove_evidence(evidence, hash);
}

static void test_hostile_names(void **state)
{
    struct store *store = open_store(":memory:");
    int64_t one = add_dossier(store, 1).id, id;
    struct evidence_content content;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(hostile); i++) {
        struct evidence evidence = file_of("yn", 1, 1);

        evidence.hash = hostile[i];
        ASSERT_FAILS(BAD_INPUT, "64 digits", evidence_open(folder, hostile[i], &content, &err));
        ASSERT_FAILS(BAD_INPUT, "64 digits", evidence_delete(folder, hostile[i], &err));
        ASSERT_FAILS(BAD_INPUT, "64 digits", evidence_add(store, one, &evidence, 1000, &id, &err));
    }
    store_close(store);
}

/* A link that somebody put there is not followed, neither in reading nor in writing. */
static void test_links(void **state)
{
    static const unsigned char data[] = "content";
    const char *evidence = path_of("y.evidence"), *path, *target = path_of("target");
    char hash[EVIDENCE_HASH_CHARS + 1], *text;
    struct evidence_content content;
    size_t text_len;

    (void)state;
    ASSERT_OK(file_write(target, "other!!!", 8, &err));
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    path = arena_printf(&f.arena, "%s/%.2s/%s", evidence, hash, hash);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(target, path), 0);
    ASSERT_FAILS(FAILED, "cannot be opened", evidence_open(evidence, hash, &content, &err));
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), hash, &err));
    ASSERT_OK(file_read(&f.arena, target, 100, &text, &text_len, &err));
    assert_string_equal(text, "other!!!");
    ASSERT_OK(evidence_open(evidence, hash, &content, &err));
    check_content(&content, data, sizeof(data));
    remove_evidence(evidence, hash);
}

/* Where it cannot be written nothing is left, and what is in the way is told. */
static void test_failing_files(void **state)
{
    static const unsigned char data[100000] = {1};
    const char *evidence = path_of("z.evidence"), **paths;
    char hash[EVIDENCE_HASH_CHARS + 1] = "untouched", again[EVIDENCE_HASH_CHARS + 1];
    struct rlimit old, small = {5000, 0};
    size_t count;

    (void)state;
    ASSERT_OK(file_write(path_of("file"), "", 0, &err));
    ASSERT_FAILS(FAILED, "cannot be made",
                 evidence_write(path_of("file"), data, sizeof(data), hash, &err));
    ASSERT_FAILS(FAILED, "cannot be made",
                 evidence_write(path_of("none/evidence"), data, sizeof(data), hash, &err));
    assert_string_equal(hash, "untouched");
    /* The disk is full in the middle. */
    ASSERT_OK(evidence_write(evidence, data, sizeof(data), again, &err));
    ASSERT_OK(evidence_delete(evidence, again, &err));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(evidence_write(evidence, data, sizeof(data), hash, &err), FAILED);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_string_equal(hash, "untouched");
    ASSERT_OK(file_list(&f.arena, arena_printf(&f.arena, "%s/%.2s", evidence, again), "", &paths,
                        &count, &err));
    assert_int_equal(count, 0);
    remove_evidence(evidence, again);
}

/* ---- files that nothing needs ---- */

static int64_t swept_at; /* what is older goes */

/* Puts a file where one with this name belongs; `age` in seconds before swept_at. */
static const char *put_file(const char *evidence, const char *name, int64_t age)
{
    const char *folder_of = arena_printf(&f.arena, "%s/%.2s", evidence, name);
    const char *path = arena_printf(&f.arena, "%s/%s", folder_of, name);
    struct timespec times[2] = {{.tv_sec = swept_at - age}, {.tv_sec = swept_at - age}};

    ASSERT_OK(file_make_folders(folder_of, &err));
    ASSERT_OK(file_write(path, "abcde", 5, &err));
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    return path;
}

static const char *name_of(int number)
{
    return file_of("", number, 0).hash;
}

static struct evidence_swept sweep_all(struct store *store, const char *evidence)
{
    struct evidence_swept swept = {0};

    for (unsigned part = 0; part < EVIDENCE_PARTS; part++)
        ASSERT_OK(evidence_sweep(store, evidence, part, swept_at, &swept, &err));
    return swept;
}

static void test_sweep(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    const char *evidence = evidence_folder(&f.arena, path_of("s.db"));
    const char *named, *fresh, *orphan, *broken, *writing, *note, *link, *elsewhere;
    const char *last = arena_printf(&f.arena, "ff%s", name_of(1) + 2);
    struct evidence_swept swept;
    int64_t one, id;

    (void)state;
    swept_at = 1700000000;
    swept = sweep_all(store, evidence); /* there is no folder yet */
    assert_int_equal(swept.files, 0);
    named = put_file(evidence, name_of(1), 9999);
    orphan = put_file(evidence, name_of(2), 1);
    fresh = put_file(evidence, name_of(3), 0);
    broken = put_file(evidence, arena_printf(&f.arena, "%s.0a1b2c3d.tmp", name_of(1)), 1);
    writing = put_file(evidence, arena_printf(&f.arena, "%s.0a1b2c3e.tmp", name_of(1)), -5);
    note = put_file(evidence, "00-note.txt", 9999);
    link = arena_printf(&f.arena, "%s/00/%s", evidence, name_of(4));
    assert_int_equal(symlink(note, link), 0);
    elsewhere = arena_printf(&f.arena, "%s/00/%s", evidence, last);
    assert_int_equal(rename(put_file(evidence, last, 9999), elsewhere), 0);
    last = put_file(evidence, last, 1);
    /* Nothing is known of these files: they belong to another database. */
    swept = sweep_all(store, evidence);
    assert_int_equal(swept.files, 0);
    assert_true(file_exists(orphan));
    one = add_dossier(store, 1).id;
    ASSERT_OK(add_file(store, one, "yn", 1, 5, &id));
    swept = sweep_all(store, evidence);
    assert_int_equal(swept.files, 3);
    assert_int_equal(swept.bytes, 15);
    assert_false(file_exists(orphan));
    assert_false(file_exists(broken));
    assert_false(file_exists(last));
    assert_true(file_exists(named));
    assert_true(file_exists(fresh));
    assert_true(file_exists(writing));
    assert_true(file_exists(note));
    assert_true(file_exists(link));
    assert_true(file_exists(elsewhere));
    store_close(store);
    remove_evidence_parts(evidence);
}

/* What cannot be deleted is told, and does not keep the rest. */
static void test_failing_sweep(void **state)
{
    struct store *store = open_store(path_of("t.db"));
    const char *evidence = evidence_folder(&f.arena, path_of("t.db")), *other;
    struct evidence_swept swept = {0};

    (void)state;
    swept_at = 1700000000;
    add_dossier(store, 1);
    ASSERT_OK(file_write(evidence, "", 0, &err));
    ASSERT_FAILS(FAILED, "cannot be opened",
                 evidence_sweep(store, evidence, 0, swept_at, &swept, &err));
    assert_int_equal(swept.files, 0);
    assert_int_equal(unlink(evidence), 0);
    put_file(evidence, name_of(2), 1);
    other = arena_printf(&f.arena, "%s/01", evidence);
    ASSERT_OK(file_write(other, "", 0, &err));
    ASSERT_OK(evidence_sweep(store, evidence, 0, swept_at, &swept, &err));
    ASSERT_FAILS(FAILED, "cannot be opened",
                 evidence_sweep(store, evidence, 1, swept_at, &swept, &err));
    assert_int_equal(swept.files, 1);
    store_close(store);
    remove_evidence_parts(evidence);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_events, setup, teardown),
    cmocka_unit_test_setup_teardown(test_questions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_measures, setup, teardown),
    cmocka_unit_test_setup_teardown(test_evidence, setup, teardown),
    cmocka_unit_test_setup_teardown(test_walk, setup, teardown),
    cmocka_unit_test_setup_teardown(test_quotas, setup, teardown),
    cmocka_unit_test_setup_teardown(test_files, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
    cmocka_unit_test_setup_teardown(test_synced, setup, teardown),
    cmocka_unit_test_setup_teardown(test_hostile_names, setup, teardown),
    cmocka_unit_test_setup_teardown(test_links, setup, teardown),
    cmocka_unit_test_setup_teardown(test_failing_files, setup, teardown),
    cmocka_unit_test_setup_teardown(test_sweep, setup, teardown),
    cmocka_unit_test_setup_teardown(test_failing_sweep, setup, teardown),
};

RUN(tests)

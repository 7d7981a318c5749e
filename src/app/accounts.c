/* Accounts as an administrator sees them: added, changed, disabled, given a link. */
#include "app/accounts.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "store/audit.h"

/* ---- the audit ---- */

enum status account_tell(const struct app_context *app, const struct account *account,
                         const struct account_told *told, struct err *err)
{
    char object[ACCOUNT_NAME_CHARS_MAX + 16];

    snprintf(object, sizeof(object), "account:%s", account->name);
    return context_tell(app, &(struct audit_entry){.act = told->act,
                                                   .object = object,
                                                   .before = told->before,
                                                   .after = told->after,
                                                   .reason = ""},
                        err);
}

/* "officer; chi-linh, nam-sach" */
static const char *rights_text(struct arena *arena, const char *role, const char *const *areas,
                               size_t count)
{
    const char *text = role;

    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "; ", areas[i]);
    return text;
}

/* ---- what an account may be ---- */

const char *account_name_typed(struct arena *arena, const char *typed)
{
    char *name = arena_strdup(arena, typed + strspn(typed, " "));

    for (size_t i = 0; name[i]; i++)
        name[i] = (char)tolower((unsigned char)name[i]);
    name[strcspn(name, " ")] = '\0';
    return name;
}

static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
    size_t len = strlen(name);

    return len >= 2 && len <= ACCOUNT_NAME_CHARS_MAX && strchr(letters, name[0]) &&
           strchr(letters, name[len - 1]) && strspn(name, allowed) == len;
}

static enum status check_plan(const struct account_plan *plan, struct err *err)
{
    if (!is_name(plan->name))
        return err_set(err, BAD_USAGE,
                       "tên đăng nhập '%s' phải có 2 đến %d chữ thường không dấu, chữ số, hoặc "
                       ". - _ ở giữa, ví dụ le.thi.mau",
                       "the name '%s' needs 2 to %d small letters a to z, digits, or . - _ between "
                       "them, for instance le.thi.mau",
                       plan->name, ACCOUNT_NAME_CHARS_MAX);
    if (!*plan->full_name || text_chars(plan->full_name) > ACCOUNT_FULL_NAME_CHARS_MAX)
        return err_set(err, BAD_USAGE, "họ tên cần từ 1 đến %d chữ",
                       "a full name needs 1 to %d characters", ACCOUNT_FULL_NAME_CHARS_MAX);
    if (role_has_areas(plan->role) == (plan->area_count > 0))
        return OK;
    return role_has_areas(plan->role)
               ? err_set(err, BAD_USAGE,
                         "vai trò %1$s cần địa bàn: --area ID,ID hoặc --area all (toàn tỉnh)"
                         "%2$.0s",
                         "the role %2$s needs areas: --area ID,ID or --area all (the whole "
                         "province)%1$.0s",
                         role_words(plan->role).in[LANG_VI], role_words(plan->role).in[LANG_EN])
               : err_set(err, BAD_USAGE,
                         "vai trò %1$s không gắn với địa bàn; hãy bỏ --area%2$.0s",
                         "the role %2$s has no areas; leave --area out%1$.0s",
                         role_words(plan->role).in[LANG_VI], role_words(plan->role).in[LANG_EN]);
}

/* ---- areas ---- */

static enum status find_area(const struct terms *areas, const char *typed, struct arena *arena,
                             const char **id, struct err *err)
{
    const struct term *other = NULL, *term;

    if (map_find(&areas->by_id, typed) != MAP_NONE) {
        *id = typed;
        return OK;
    }
    term = terms_search(areas, typed, DAY_NONE, arena, &other);
    if (term && !other) {
        *id = term->id;
        return OK;
    }
    if (term)
        return err_set(err, BAD_USAGE, "địa bàn '%1$s' là %2$s hay %3$s? Hãy dùng id",
                       "is the area '%1$s' %2$s or %3$s? Use the id", typed, term->id, other->id);
    term = terms_closest(areas, typed, DAY_NONE, arena);
    return err_set(err, BAD_USAGE, "không có địa bàn '%s'%s%s", "there is no area '%s'%s%s", typed,
                   term ? " ≈ " : "", term ? term->id : "");
}

static bool has_area(const char *const *list, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], id) == 0)
            return true;
    }
    return false;
}

static enum status take_area(const struct terms *areas, const char *word, struct arena *arena,
                             const char **list, size_t *count, struct err *err)
{
    const char *id = NULL;
    enum status status = OK;

    if (*count == ACCOUNT_AREAS_MAX)
        return err_set(err, LIMIT, "một tài khoản có tối đa %d địa bàn; hoặc dùng all",
                       "an account has at most %d areas; or use all", ACCOUNT_AREAS_MAX);
    status = find_area(areas, word, arena, &id, err);
    if (status == OK && !has_area(list, *count, id))
        list[(*count)++] = id;
    return status;
}

enum status accounts_areas(const struct terms *areas, const char *typed, struct arena *arena,
                           struct account_plan *plan, struct err *err)
{
    const char **list = ARENA_ARRAY(arena, const char *, ACCOUNT_AREAS_MAX);
    size_t count = 0;
    enum status status = OK;

    if (strcmp(typed, ACCOUNT_AREA_ALL) == 0) {
        list[count++] = ACCOUNT_AREA_ALL;
        typed = "";
    }
    while (*typed && status == OK) {
        size_t len = strcspn(typed, ",");
        const char *word = arena_strndup(arena, typed, len);

        typed += len + (typed[len] == ',');
        word += strspn(word, " ");
        if (*word)
            status = take_area(areas, word, arena, list, &count, err);
    }
    plan->areas = list;
    plan->area_count = count;
    return status;
}

/* ---- links ---- */

static enum status set_link(const struct app_context *app, const struct account *account,
                            enum account_loss loss, char link[ACCOUNT_LINK_CHARS + 1],
                            struct err *err)
{
    unsigned char bytes[ACCOUNT_LINK_BYTES], hash[TOKEN_HASH_BYTES];
    struct account_link change = {.hash = hash,
                                  .until = context_seconds(app) + ACCOUNT_LINK_SECONDS,
                                  .drops_password = loss & LOST_PASSWORD,
                                  .drops_factor = loss & LOST_FACTOR};

    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2hex(link, ACCOUNT_LINK_CHARS + 1, bytes, sizeof(bytes));
    hash_token(link, hash);
    return account_set_link(app->store, account->id, &change, err);
}

enum status accounts_give_link(const struct app_context *app, const struct account *account,
                               enum account_loss loss, char link[ACCOUNT_LINK_CHARS + 1],
                               struct err *err)
{
    static const char *const acts[] = {[LOST_PASSWORD] = "password-reset",
                                       [LOST_FACTOR] = "factor-reset",
                                       [LOST_BOTH] = "account-reset"};
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = set_link(app, account, loss, link, err);
    if (status == OK)
        status = account_tell(app, account, &(struct account_told){acts[loss], "", ""}, err);
    return context_end(app, is_own, status, err);
}

enum status accounts_end_sessions(const struct app_context *app, const struct account *account,
                                  struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = desk_session_end_all(app->store, account->id, NULL, err);
    if (status == OK)
        status = account_tell(app, account, &(struct account_told){"sessions-ended", "", ""}, err);
    return context_end(app, is_own, status, err);
}

/* ---- adding and changing ---- */

static enum status add(const struct app_context *app, const struct account_plan *plan,
                       struct arena *arena, char link[ACCOUNT_LINK_CHARS + 1], struct err *err)
{
    struct account account = {.name = plan->name,
                              .full_name = plan->full_name,
                              .role = role_code(plan->role),
                              .areas = plan->areas,
                              .area_count = plan->area_count};
    const char *after = rights_text(arena, account.role, plan->areas, plan->area_count);
    enum status status = account_add(app->store, &account, app->now, err);

    if (status == OK)
        status = set_link(app, &account, LOST_BOTH, link, err);
    if (status != OK)
        return status;
    return account_tell(app, &account, &(struct account_told){"account-added", "", after}, err);
}

enum status accounts_add(const struct app_context *app, const struct account_plan *plan,
                         char link[ACCOUNT_LINK_CHARS + 1], struct err *err)
{
    struct arena arena;
    bool is_own;
    enum status status = check_plan(plan, err);

    if (status == OK)
        status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    arena_init(&arena);
    status = add(app, plan, &arena, link, err);
    arena_free(&arena);
    return context_end(app, is_own, status, err);
}

/* Somebody must be left who may change accounts. */
static enum status check_last(const struct app_context *app, const struct account *account,
                              struct arena *arena, struct err *err)
{
    struct account *list;
    size_t count, others = 0;
    enum status status = account_list(app->store, arena, &list, &count, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < count; i++)
        others += list[i].id != account->id &&
                  permission(&list[i], ACT_CHANGE_ACCOUNTS) != REACH_NONE;
    return others ? OK
                  : err_set(err, CONFLICT,
                            "'%s' là người quản trị cuối cùng; hãy thêm người quản trị khác trước",
                            "'%s' is the last administrator; add another one first", account->name);
}

/* What the account is to be, and what is told of it. */
static enum status change(const struct app_context *app, struct account *account,
                          const struct account *next, const struct account_told *told,
                          struct arena *arena, struct err *err)
{
    struct account changed = *next;
    bool was_one = permission(account, ACT_CHANGE_ACCOUNTS) != REACH_NONE;
    enum status status = OK;

    if (was_one && permission(&changed, ACT_CHANGE_ACCOUNTS) == REACH_NONE)
        status = check_last(app, account, arena, err);
    if (status == OK)
        status = account_change(app->store, &changed, true, err);
    if (status == OK)
        status = account_tell(app, account, told, err);
    if (status == OK)
        *account = changed;
    return status;
}

static enum status change_whole(const struct app_context *app, struct account *account,
                                const struct account *next, struct account_told told,
                                struct err *err)
{
    struct arena arena;
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    if (!told.act)
        told = (struct account_told){
            "account-changed",
            rights_text(&arena, account->role, account->areas, account->area_count),
            rights_text(&arena, next->role, next->areas, next->area_count)};
    status = change(app, account, next, &told, &arena, err);
    arena_free(&arena);
    return context_end(app, is_own, status, err);
}

enum status accounts_change(const struct app_context *app, struct account *account,
                            const struct account_plan *plan, struct err *err)
{
    struct account next = *account;
    enum status status = check_plan(plan, err);

    next.role = role_code(plan->role);
    next.areas = plan->areas;
    next.area_count = plan->area_count;
    return status == OK
               ? change_whole(app, account, &next, (struct account_told){NULL, NULL, NULL}, err)
               : status;
}

enum status accounts_disable(const struct app_context *app, struct account *account,
                             bool is_disabled, struct err *err)
{
    struct account next = *account;

    next.is_disabled = is_disabled;
    return change_whole(
        app, account, &next,
        (struct account_told){is_disabled ? "account-disabled" : "account-enabled", "", ""}, err);
}

/* ---- reading ---- */

enum status accounts_find(const struct app_context *app, const char *name, struct arena *arena,
                          struct account *out, struct err *err)
{
    return account_find(app->store, account_name_typed(arena, name), arena, out, err);
}

enum status accounts_load(const struct app_context *app, int64_t id, struct arena *arena,
                          struct account *out, struct err *err)
{
    return account_load(app->store, id, arena, out, err);
}

enum status accounts_list(const struct app_context *app, struct arena *arena,
                          struct account **list, size_t *count, struct err *err)
{
    return account_list(app->store, arena, list, count, err);
}

enum status accounts_any(const struct app_context *app, bool *is_there, struct err *err)
{
    return account_any(app->store, is_there, err);
}

#include "app/audit.h"

#include <sodium.h>

enum status audit_verify(const struct app_context *app, struct audit_check *out, struct err *err)
{
    return audit_check(app->store, out, err);
}

enum status audit_page(const struct app_context *app, const struct audit_filter *filter,
                       size_t max, struct arena *arena, const struct audit_entry **list,
                       size_t *count, struct err *err)
{
    return audit_list(app->store, filter, max, arena, list, count, err);
}

enum status audit_head(const struct app_context *app, struct audit_check *out, struct err *err)
{
    return audit_last(app->store, out, err);
}

const char *audit_head_text(struct arena *arena, const struct audit_check *check)
{
    char *text = arena_alloc(arena, 1, 2 * AUDIT_HASH_BYTES + 1);

    return sodium_bin2hex(text, 2 * AUDIT_HASH_BYTES + 1, check->head, AUDIT_HASH_BYTES);
}

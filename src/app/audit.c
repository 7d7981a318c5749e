#include "app/audit.h"

#include <sodium.h>

enum status audit_verify(const struct app_context *app, struct audit_check *out, struct err *err)
{
    return audit_check(app->store, out, err);
}

const char *audit_head_text(struct arena *arena, const struct audit_check *check)
{
    char *text = arena_alloc(arena, 1, 2 * AUDIT_HASH_BYTES + 1);

    return sodium_bin2hex(text, 2 * AUDIT_HASH_BYTES + 1, check->head, AUDIT_HASH_BYTES);
}

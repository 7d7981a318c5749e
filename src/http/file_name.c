/* Names under which files that people sent are handed out. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "form_parts.h"

#define NAME_WITHOUT_NAME "minh-chung"
#define SUFFIX_OF_OTHERS "bin"

/* Parts of paths, and what quotes or means something to a system or a shell of one. Controls and
 * marks that turn the direction of writing are "?" by now. */
#define SPECIAL "/\\:*?\"'`<>|"

/* Names that begin with a dot are hidden, and dots and blanks at the end are lost in Windows. */
static const char *safe_text(struct arena *arena, const char *name)
{
    char *shown = arena_strdup(arena, form_shown(arena, name, strlen(name), strlen(name)));
    const char *text;
    size_t len;

    for (char *at = shown; *(at += strcspn(at, SPECIAL));)
        *at = '_';
    shown += strspn(shown, ". ");
    len = strlen(shown);
    text = form_trim(shown, &len);
    while (len && strchr(". ", text[len - 1]))
        len--;
    return len ? arena_strndup(arena, text, len) : NAME_WITHOUT_NAME;
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t len = strlen(name), end = strlen(suffix);

    return len > end + 1 && name[len - end - 1] == '.' && strcasecmp(name + len - end, suffix) == 0;
}

const char *file_safe_name(struct arena *arena, const char *name, enum file_kind kind)
{
    const char *safe = safe_text(arena, name), *suffix = file_kind_suffix(kind);
    size_t len = strlen(safe);

    suffix = suffix ? suffix : SUFFIX_OF_OTHERS;
    if (len <= UPLOAD_NAME_BYTES_MAX &&
        (has_suffix(safe, suffix) || (kind == FILE_JPEG && has_suffix(safe, "jpeg"))))
        return safe;
    len = text_cut(safe, len, UPLOAD_NAME_BYTES_MAX - 1 - strlen(suffix));
    return arena_printf(arena, "%.*s.%s", (int)len, safe, suffix);
}

#include "web/kit/assets.h"

#include <string.h>

#include "base/array.h"

#define ROOT "/static/"
#define TAG_BYTES 16

static const struct {
    const char *suffix, *type;
} types[] = {
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".ico", "image/x-icon"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
};

void view_asset(struct view *v, enum web_assets_index asset)
{
    view_markup(v, ROOT, sizeof(ROOT) - 1);
    view_markup(v, web_assets[asset].tag, TAG_BYTES);
    view_markup(v, "/", 1);
    view_url(v, web_assets[asset].name);
}

const struct asset *asset_for_path(const char *path)
{
    const char *tag = path + sizeof(ROOT) - 1;
    const struct asset *asset;

    if (strncmp(path, ROOT, sizeof(ROOT) - 1) != 0 || strcspn(tag, "/") != TAG_BYTES ||
        tag[TAG_BYTES] != '/')
        return NULL;
    asset = asset_find(web_assets, web_assets_count, tag + TAG_BYTES + 1);
    return asset && strncmp(asset->tag, tag, TAG_BYTES) == 0 ? asset : NULL;
}

const char *asset_type(const struct asset *asset)
{
    const char *suffix = strrchr(asset->name, '.');

    for (size_t i = 0; suffix && i < ARRAY_SIZE(types); i++) {
        if (strcmp(types[i].suffix, suffix) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

#ifndef WEB_KIT_ASSETS_H
#define WEB_KIT_ASSETS_H

#include "base/arena.h"
#include "base/asset.h"
#include "web/kit/view.h"
#include "web_assets.h" /* generated: ASSET_base_css, ... */

/*
 * The files of src/web/kit/assets, packed into the program: style sheets, scripts, pictures. The
 * hash of the content stands in the path (/static/TAG/NAME), so that a browser may keep an asset
 * for ever, and gets another path when it has changed.
 */
extern const struct asset web_assets[];
extern const size_t web_assets_count;

/* Writes the path of an asset: what <%a name.css %> becomes. */
void view_asset(struct view *v, enum web_assets_index asset);

/*
 * The asset at a path of a request, or NULL. A tag that is not that of the content is not found
 * either: what a page of an older release asks for must not be kept under the old path.
 */
const struct asset *asset_for_path(const char *path);

/* Its Content-Type, by the suffix of its name; "application/octet-stream" for unknown ones (the
 * tests see to it that there are none). */
const char *asset_type(const struct asset *asset);

#endif

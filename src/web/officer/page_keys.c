/* Keys that verified reports are signed with. */
#include "web/officer/desk.h"
#include "web/officer/keys_page.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include "app/signing_keys.h"
#include "base/text.h"
#include "web_views.h"

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct key_line, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct key_line, "since", since),
    JSON_VALUE(MEMBER_TEXT, struct key_line, "retired_on", retired_on),
    JSON_VALUE(MEMBER_FLAG, struct key_line, "in_use", is_in_use),
};
const struct json_shape shape_key_line = JSON_SHAPE(struct key_line, "DeskKey", line_members);

static const struct json_member keys_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct keys_page, "token", token),
    JSON_PARTS(struct keys_page, "keys", keys, count, &shape_key_line),
};
const struct json_shape shape_keys = JSON_SHAPE(struct keys_page, "DeskKeys", keys_members);

static struct key_line line_of(struct request *rq, const struct signing_key *key)
{
    return (struct key_line){.id = key->id,
                             .since = text_of_day(rq->arena, day_of_utc(key->since)),
                             .retired_on = *key->retired_at
                                               ? text_of_day(rq->arena,
                                                             day_of_utc(key->retired_at))
                                               : "–",
                             .is_in_use = !*key->retired_at};
}

static enum work_queue show(struct request *rq, bool is_made)
{
    struct desk_layout layout = desk_layout(rq, WEB_keys_title);
    struct keys_page page = {.token = rq->form_token, .is_made = is_made};
    struct signing_key *list;
    struct key_line *lines;
    struct err err;

    if (signing_keys_all(&rq->app, rq->arena, &list, &page.count, &err) != OK)
        return request_error(rq, &err);
    lines = ARENA_ARRAY(rq->arena, struct key_line, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        lines[i] = line_of(rq, &list[i]);
    page.keys = lines;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_keys, &page);
    request_page(rq, 200);
    view_keys(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_keys(struct request *rq)
{
    return show(rq, false);
}

enum work_queue post_keys(struct request *rq)
{
    struct signing_key made;
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (rq->stays)
        return show(rq, false);
    if (signing_key_make(&rq->app, &made, &err) != OK)
        return request_error(rq, &err);
    return show(rq, true);
}

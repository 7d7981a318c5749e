/* Who may do what: the table of app/permission.h. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include "base/text.h"
#include "web_views.h"

static const struct json_member right_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct right_view, "name", name),
    JSON_TEXT_LIST(struct right_view, "reach", reaches, reach_count),
    JSON_VALUE(MEMBER_FLAG, struct right_view, "asks_password", asks_password),
};
const struct json_shape shape_right = JSON_SHAPE(struct right_view, "DeskRight", right_members);

static const struct json_member rights_members[] = {
    JSON_TEXT_LIST(struct rights_page, "roles", roles, role_count),
    JSON_PARTS(struct rights_page, "rights", rights, count, &shape_right),
};
const struct json_shape shape_rights = JSON_SHAPE(struct rights_page, "DeskRights", rights_members);

static struct right_view view_of(struct request *rq, enum act act)
{
    const char **reaches = ARENA_ARRAY(rq->arena, const char *, ROLE__MAX);

    for (int i = 0; i < ROLE__MAX; i++)
        reaches[i] = reach_words(rights[act].reach[i]).in[rq->lang];
    return (struct right_view){.name = rights[act].name.in[rq->lang],
                               .reaches = reaches,
                               .reach_count = ROLE__MAX,
                               .asks_password = rights[act].asks_password};
}

enum work_queue page_rights(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_rights_title);
    struct right_view *views = ARENA_ARRAY(rq->arena, struct right_view, ACT__MAX);
    const char **roles = ARENA_ARRAY(rq->arena, const char *, ROLE__MAX);
    const struct rights_page page = {.roles = roles,
                                     .role_count = ROLE__MAX,
                                     .own = account_role(&rq->desk.account),
                                     .rights = views,
                                     .count = ACT__MAX};

    for (int i = 0; i < ROLE__MAX; i++)
        roles[i] = text_capital(rq->arena, role_words((enum role)i).in[rq->lang]);
    for (int i = 0; i < ACT__MAX; i++)
        views[i] = view_of(rq, (enum act)i);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_rights, &page);
    request_page(rq, 200);
    view_rights(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

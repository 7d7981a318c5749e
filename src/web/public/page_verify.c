/* Whether a report was signed by this site, and is as it was then: for everybody. What is sent is
 * looked at and forgotten. */
#include "web/public/verify_page.h"

#include "app/output/verify.h"
#include "base/text.h"
#include "web/handlers.h"
#include "web/public/replies.h"
#include "web_views.h"

#define FIELD_FILE "file"
#define FIELD_CODE "t" /* of the address in a QR code */

static const struct json_member verify_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "finding", finding),
    JSON_VALUE(MEMBER_FLAG, struct verify_page, "file", is_file),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "why", why),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "tax_code", tax_code),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "questionnaire", questionnaire),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "level", level),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "points", points),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "max", max),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "verified_on", on),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "case", reference),
    JSON_VALUE(MEMBER_TEXT, struct verify_page, "key", key),
};
const struct json_shape shape_verify =
    JSON_SHAPE(struct verify_page, "Verification", verify_members);

/* One check on its way. */
struct checking {
    struct signing_key *keys;
    size_t key_count;
    struct verify_page page;
    struct form_faults faults;
};

/* ---- what is shown ---- */

static const char *number(struct request *rq, struct ratio r)
{
    return text_of_number_short(rq->arena, r, 2, rq->lang);
}

/* "3 – Hình thành", where the questionnaire is still here and names its levels. */
static const char *level_text(struct request *rq, const struct loaded_questionnaire *found,
                              int level)
{
    const struct level_rule *rule = found ? questionnaire_level(found->q, level) : NULL;

    return rule && rule->name.in[rq->lang]
               ? arena_printf(rq->arena, "%d – %s", level, rule->name.in[rq->lang])
               : arena_printf(rq->arena, "%d", level);
}

static void tell_content(struct request *rq, const struct attestation *content,
                         struct verify_page *page)
{
    const struct loaded_questionnaire *found =
        loaded_data_find(&rq->site->loaded, content->questionnaire);

    page->name = content->name;
    page->tax_code = *content->tax_code ? content->tax_code : NULL;
    page->questionnaire = found ? found->q->title.in[rq->lang] : content->questionnaire;
    page->level = level_text(rq, found, content->level);
    page->points = number(rq, content->points);
    page->max = number(rq, content->max);
    page->on = text_of_day(rq->arena, content->on);
    page->reference = content->reference;
}

static void tell(struct request *rq, const struct verification_result *result, bool is_file,
                 struct verify_page *page)
{
    page->finding = finding_code(result->finding);
    page->is_file = is_file;
    if (result->finding != FILE_HOLDS)
        page->why = finding_words(result->finding).in[rq->lang];
    if (*result->content.key)
        page->key = result->content.key;
    if (result->has_content)
        tell_content(rq, &result->content, page);
}

static enum work_queue show(struct request *rq, struct checking *c)
{
    struct layout layout = request_layout(rq, WEB_verify_title);

    c->page.token = rq->form_token;
    if (rq->wants_json)
        return c->faults.count ? request_faults_json(rq, &c->faults)
                               : request_reply(rq, 200, &shape_verify, &c->page);
    layout.has_fault = c->faults.count > 0;
    request_page(rq, c->faults.count ? 422 : 200);
    view_verify(&rq->view, &layout, &c->page, &c->faults);
    return QUEUE_DONE;
}

/* ---- the code of a page ---- */

enum work_queue page_verify(struct request *rq)
{
    struct checking *c = ARENA_NEW(rq->arena, struct checking);
    struct field code = {.name = FIELD_CODE, .max = SERVER_QUERY_BYTES_MAX, .is_raw = true};
    struct verification_result result;
    struct err err;

    query_read(rq->arena, rq->x->request.query, &code, 1);
    if (!code.value)
        return show(rq, c);
    if (signing_keys_all(&rq->app, rq->arena, &c->keys, &c->key_count, &err) != OK)
        return request_error(rq, &err);
    verify_code(rq->arena, code.value, c->keys, c->key_count, &result);
    tell(rq, &result, false, &c->page);
    return show(rq, c);
}

/* ---- a file ---- */

static enum work_queue check_file(struct request *rq)
{
    struct checking *c = rq->page;
    struct upload upload = {.field = FIELD_FILE};
    struct verification_result result;

    if (!request_multipart(rq, NULL, 0, &upload))
        return QUEUE_DONE;
    if (!upload.is_sent || !upload.len) {
        form_fault_add(&c->faults, FIELD_FILE, tr(rq, WEB_verify_file), tr(rq, WEB_verify_none));
        return show(rq, c);
    }
    verify_file(rq->arena, (const char *)upload.data, upload.len, c->keys, c->key_count, &result);
    tell(rq, &result, true, &c->page);
    return show(rq, c);
}

enum work_queue post_verify(struct request *rq)
{
    struct checking *c = ARENA_NEW(rq->arena, struct checking);
    struct err err;

    if (signing_keys_all(&rq->app, rq->arena, &c->keys, &c->key_count, &err) != OK)
        return request_error(rq, &err);
    rq->page = c;
    return request_go(rq, QUEUE_SLOW, check_file);
}

/* ---- the keys, for who checks without this site ---- */

enum work_queue page_public_keys(struct request *rq)
{
    const char *text = NULL;
    struct err err;

    if (signing_keys_text(&rq->app, rq->arena, &text, &err) != OK)
        return err.status == NOT_FOUND ? request_not_found(rq) : request_error(rq, &err);
    request_attachment(rq, "text/plain; charset=utf-8", "dxready-khoa-cong-khai.txt");
    buf_puts(&rq->x->reply.body, text);
    return QUEUE_DONE;
}

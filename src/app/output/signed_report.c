#include "app/output/signed_report.h"

#include <string.h>

#include "report/attestation.h"
#include "score/score.h"
#include "signed_pdf.h"

struct signing {
    const struct signed_report_request *request;
    struct arena arena;
    struct buf pdf;
    struct stamp stamp;
    const char *code;
};

static enum status draw(struct signing *s, struct err *err)
{
    const struct document_request *document = &s->request->document;
    enum status status;

    if (!document->report->level)
        return err_set(err, BAD_INPUT, "kết quả chưa xếp mức thì không ký xác minh được",
                       "a result without a level cannot be signed as verified");
    status = document_make(&s->arena, document, &s->pdf, err);
    if (status == OK && !stamp_find(s->pdf.data, s->pdf.len, &s->stamp))
        return err_set(err, BAD_INPUT,
                       "lời văn báo cáo bỏ trang 'result' và 'summary', nên không còn chỗ cho mã "
                       "xác minh; hãy thêm lại một trang",
                       "the wording of reports leaves out both 'result' and 'summary', so there is "
                       "no room for the code; put one of them back");
    return status;
}

/* "" where the enterprise gave none. */
static const char *text_fact(const struct response *response, const char *id)
{
    const char *text = response_fact_text(response, id);

    return text ? text : "";
}

static enum status write_code(struct signing *s, struct err *err)
{
    const struct verification *verification = s->request->document.verification;
    const struct report *report = s->request->document.report;
    const struct response *response = report->source.response;
    const struct attestation content = {
        .tax_code = text_fact(response, "tax_code"),
        .questionnaire = report->q->ref,
        .level = report->level->level,
        .points = report->points,
        .max = report->max,
        .on = verification->on,
        .reference = verification->reference,
        .key = s->request->key->id,
        .hash = signed_pdf_hash(&s->arena, s->pdf.data, s->pdf.len, &s->stamp),
        .name = text_fact(response, "name")};
    char signature[SIGN_CHARS + 1];
    const char *line = NULL;
    enum status status = attestation_write(&s->arena, &content, &line, err);

    if (status != OK)
        return status;
    sign_text(s->request->key->secret_key, line, signature);
    s->code = arena_printf(&s->arena, "%s%c%s", line, CODE_SEPARATOR, signature);
    return OK;
}

/* The code as letters and as a picture; both have their size, so that nothing moves. */
static enum status fill_room(struct signing *s, struct err *err)
{
    const char *address = s->request->document.verification->address;
    const struct qr *qr = NULL;
    enum status status =
        qr_stamp(&s->arena, arena_printf(&s->arena, "%s?t=%s", address, s->code), &qr, err);

    if (status == LIMIT || strlen(s->code) > CODE_BYTES_MAX)
        return err_set(err, LIMIT,
                       "địa chỉ '%s' quá dài cho mã xác minh; hãy dùng địa chỉ ngắn hơn",
                       "the address '%s' is too long for the code; use a shorter one", address);
    if (status != OK)
        return status;
    stamp_fill_picture(s->pdf.data + s->stamp.picture, qr);
    memcpy(s->pdf.data + s->stamp.text, s->code, strlen(s->code));
    return OK;
}

static void seal(struct signing *s)
{
    char signature[SIGN_CHARS + 1];

    sign_text(s->request->key->secret_key,
              signed_pdf_sealed(&s->arena, s->pdf.data, s->pdf.len, &s->stamp), signature);
    memcpy(s->pdf.data + seal_at(&s->stamp), signature, SEAL_CHARS);
}

enum status signed_report_make(const struct signed_report_request *request, struct buf *out,
                               struct err *err)
{
    struct signing s = {.request = request};
    enum status status;

    arena_init(&s.arena);
    buf_init(&s.pdf, PDF_BYTES_MAX);
    status = draw(&s, err);
    if (status == OK)
        status = write_code(&s, err);
    if (status == OK)
        status = fill_room(&s, err);
    if (status == OK) {
        seal(&s);
        buf_add(out, s.pdf.data, s.pdf.len);
    }
    buf_free(&s.pdf);
    arena_free(&s.arena);
    return status;
}

#include "app/output/verify.h"

#include <string.h>

#include "signed_pdf.h"

static const struct {
    const char *code;
    struct words words;
} findings[FILE_FINDING__MAX] = {
    [FILE_HOLDS] = {"holds", {{"Chữ ký đúng", "The signature holds"}}},
    [FILE_NOT_SIGNED] = {"not-signed",
                         {{"đây không phải báo cáo đã xác minh do chương trình này ký",
                           "this is no verified report that this program signed"}}},
    [FILE_CUT] = {"cut",
                  {{"báo cáo bị cắt mất phần cuối, hoặc có thêm nội dung sau phần đã ký",
                    "the end of the report is missing, or something was added behind what was "
                    "signed"}}},
    [FILE_CHANGED] = {"changed",
                      {{"tệp đã bị sửa sau khi ký", "the file was changed after it was signed"}}},
    [FILE_UNKNOWN_KEY] = {"unknown-key",
                          {{"không có khóa đã ký: báo cáo do nơi khác ký, hoặc tệp khóa đã cũ",
                            "the key that signed it is not at hand: another office signed it, or "
                            "the file of keys is old"}}},
    [FILE_FORGED] = {"forged",
                     {{"chữ ký không khớp với khóa: nội dung bị sửa hoặc giả mạo",
                       "the key does not agree with the signature: it was changed or forged"}}},
    [FILE_RETIRED_KEY] = {"retired-key",
                          {{"ngày xác minh sau ngày khóa bị thay: khóa ấy không còn được ký",
                            "it is dated after the key was retired: that key signs nothing more"}}},
};

struct words finding_words(enum file_finding finding)
{
    return findings[finding].words;
}

const char *finding_code(enum file_finding finding)
{
    return findings[finding].code;
}

/* ---- what was signed ---- */

static const struct signing_key *find_key(const struct signing_key *keys, size_t count,
                                          const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(keys[i].id, id) == 0)
            return &keys[i];
    }
    return NULL;
}

static bool is_too_late(const struct signing_key *key, day on)
{
    return *key->retired_at && on > day_of_utc(key->retired_at);
}

/* What the code says, and whether one of the keys signed it; NULL: not. */
static const struct signing_key *check_code(struct arena *arena, const char *code, size_t len,
                                            const struct signing_key *keys, size_t count,
                                            struct verification_result *out)
{
    const size_t signed_len = len > SIGN_CHARS ? len - SIGN_CHARS - 1 : 0;
    const struct signing_key *key;

    out->finding = FILE_NOT_SIGNED;
    if (!signed_len || code[signed_len] != CODE_SEPARATOR ||
        !attestation_read(arena, code, signed_len, &out->content))
        return NULL;
    key = find_key(keys, count, out->content.key);
    if (!key)
        out->finding = FILE_UNKNOWN_KEY;
    else if (!sign_holds(key->public_key, arena_strndup(arena, code, signed_len),
                         code + signed_len + 1))
        out->finding = FILE_FORGED;
    else if (is_too_late(key, out->content.on))
        out->finding = FILE_RETIRED_KEY;
    else
        out->finding = FILE_HOLDS;
    out->has_content = out->finding == FILE_HOLDS;
    return out->has_content ? key : NULL;
}

void verify_code(struct arena *arena, const char *code, const struct signing_key *keys,
                 size_t count, struct verification_result *out)
{
    *out = (struct verification_result){.content = {.key = ""}};
    (void)check_code(arena, code, strlen(code), keys, count, out);
}

/* ---- the file ---- */

/* The code stands before the blanks; 0: there is none. */
static size_t code_length(const char *text)
{
    const char *blank = memchr(text, STAMP_BLANK, CODE_BYTES_MAX);

    return blank ? (size_t)(blank - text) : CODE_BYTES_MAX;
}

static bool is_as_signed(struct arena *arena, const char *pdf, size_t len,
                         const struct stamp *stamp, const struct signing_key *key,
                         const struct attestation *content)
{
    return strcmp(signed_pdf_hash(arena, pdf, len, stamp), content->hash) == 0 &&
           sign_holds(key->public_key, signed_pdf_sealed(arena, pdf, len, stamp),
                      pdf + seal_at(stamp));
}

void verify_file(struct arena *arena, const char *pdf, size_t len, const struct signing_key *keys,
                 size_t count, struct verification_result *out)
{
    const struct signing_key *key;
    struct stamp stamp;
    size_t code_len;

    *out = (struct verification_result){.finding = FILE_NOT_SIGNED, .content = {.key = ""}};
    if (!stamp_find(pdf, len, &stamp)) {
        if (stamp_was_there(pdf, len))
            out->finding = FILE_CUT;
        return;
    }
    code_len = code_length(pdf + stamp.text);
    key = check_code(arena, pdf + stamp.text, code_len, keys, count, out);
    if (out->finding == FILE_NOT_SIGNED && code_len)
        out->finding = FILE_CHANGED; /* its code cannot be read */
    if (key && !is_as_signed(arena, pdf, len, &stamp, key, &out->content))
        out->finding = FILE_CHANGED;
}

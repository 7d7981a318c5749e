#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * What comes in by forms, queries and cookies. Fields are declared before they are read: an unknown
 * field, one that is repeated without being a list, and one that is too long are refused with a
 * sentence that names the field. Nothing is repaired but what people cannot see: texts become NFC,
 * CRLF becomes LF, blanks at both ends go (all White_Space of Unicode, and what has no width). A
 * letter with more than 30 marks is refused.
 */
struct field {
    const char *name;
    size_t max;     /* bytes of one value as it is kept: decoded, trimmed, NFC */
    bool is_list;   /* may occur up to FORM_LIST_MAX times (check boxes) */
    bool is_raw;    /* taken as sent: neither trimmed nor NFC (secrets, forms carried along);
                       must still be UTF-8 without NUL */
    bool has_lines; /* line breaks and tabs are allowed (text areas) */
    /* What was sent; */
    bool is_sent;
    const char *value;         /* "" if sent empty, NULL if not sent; a list: the first */
    const char *const *values; /* a list: all, in their order */
    size_t count;
};

#define FORM_BYTES_MAX (128 << 10)
#define FORM_FIELDS_MAX 300
#define FORM_LIST_MAX 64
#define FORM_NAME_BYTES_MAX 100

/*
 * Reads application/x-www-form-urlencoded (a body). Strict: a '%' without two hex
 * digits, bytes that are not UTF-8, NUL and other control characters are refused. BAD_INPUT or
 * LIMIT; the fields are then as if nothing was sent. `data` needs no NUL; no bytes send nothing. A
 * name without '=' sends "", and "&&" sends a field without a name, which is refused as unknown.
 */
MUST_USE enum status form_read(struct arena *arena, const char *data, size_t len,
                               struct field *fields, size_t count, struct err *err);

/*
 * Reads the query of a link. What people share grows names on its way (fbclid, zarsrc, utm_source):
 * names that were not declared are passed over, and a value that could not be read in a form is as
 * if it was not sent; of two the first counts, but in a list. A link never fails.
 */
void query_read(struct arena *arena, const char *query, struct field *fields, size_t count);

#define UPLOAD_NAME_BYTES_MAX 120

/* A file of a multipart form. */
struct upload {
    const char *field;         /* declared by the caller: the one field that is a file */
    bool is_sent;              /* false also where a browser sent an empty, unnamed part */
    const char *name;          /* as the browser gave it, without folders, in NFC, with '?' for
                                  control characters and those that turn the direction of reading,
                                  UPLOAD_NAME_BYTES_MAX at most; may be ""; never a path */
    const unsigned char *data; /* borrowed from the body */
    size_t len;
};

/*
 * Reads multipart/form-data: the declared fields and at most one file. `type` is the Content-Type
 * header with its boundary (RFC 7578, RFC 2046: 1 to 70 bytes of bchars). Strict: no nested
 * multipart, no transfer encodings, no preamble, no epilogue but CRLF, at most FORM_FIELDS_MAX
 * parts, headers of a part at most 1 KiB and only Content-Disposition and Content-Type (which is
 * not believed). Fields together have at most FORM_BYTES_MAX bytes; the file is as long as the
 * caller let the body be. `file` may be NULL: then a file is refused. Results as of form_read().
 */
MUST_USE enum status multipart_read(struct arena *arena, const char *type, const char *data,
                                    size_t len, struct field *fields, size_t count,
                                    struct upload *file, struct err *err);

/* True if a Content-Type header (may be NULL) is of that type, parameters aside, in any case. */
bool content_type_is(const char *header, const char *type);

/*
 * The value of a cookie of a Cookie header (RFC 6265), in the arena; NULL if it is not there, is
 * there twice, or has characters that cookies may not have (nor quotation marks, which the server
 * never sends). Names are told apart by case. `header` may be NULL.
 */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/*
 * True if an Accept header prefers application/json to text/html (RFC 9110, 12.5.1; weights with
 * up to three decimals; other parameters of a range are not looked at). Where both weigh the same,
 * one that is named beats one that only a wildcard lets in: scripts that send "application/json"
 * and then anything get JSON. NULL, and a header that cannot be read, prefer neither: false.
 */
bool accept_prefers_json(const char *header);

/*
 * True if an Accept-Encoding header takes gzip (RFC 9110, 12.5.3): named, or by "*" where it is not
 * named, with a weight above 0. NULL, and a header that cannot be read, take nothing.
 */
bool accept_takes_gzip(const char *header);

/* ---- files that people send as evidence ---- */

enum file_kind { FILE_OTHER, FILE_PDF, FILE_JPEG, FILE_PNG, FILE_HEIC, FILE_KIND__MAX };

/*
 * What a file is by its content, never by its name: signature at its first byte, and the end that
 * belongs to it (%%EOF within the last 1024 bytes; FF D9, behind which zeros and the blocks of
 * Samsung's cameras may stand; IEND). A PDF that is encrypted (/Encrypt in its trailer) sets
 * `is_locked`, everything else clears it. FILE_HEIC is told apart to say how to send it as JPG; it
 * goes by the first box alone.
 */
enum file_kind file_kind_of(const unsigned char *data, size_t len, bool *is_locked);
const char *file_kind_type(enum file_kind kind);   /* "application/pdf", ...; NULL for others */
const char *file_kind_suffix(enum file_kind kind); /* "pdf", "jpg", ...; NULL for others */

/*
 * The name that a file is handed out under: that which people gave it (UTF-8, or ""), without
 * controls, marks that turn the direction of writing, parts of paths, quotation marks and dots at
 * its ends, and with the suffix of its kind ("bin" for others): "a.exe" that is a PDF becomes
 * "a.exe.pdf". At most UPLOAD_NAME_BYTES_MAX bytes, never empty; in the arena.
 */
const char *file_safe_name(struct arena *arena, const char *name, enum file_kind kind);

/*
 * True if a PDF may do something by itself: a name of a script, of an action that runs when it is
 * opened or a page shown, of a program to start, of a file within it or of a film is among its
 * bytes, also as "/#4aS". A caution, no scan for malware: what stands in compressed object streams
 * is not seen, and a picture may hold such a name by chance.
 */
bool pdf_is_active(const unsigned char *data, size_t len);

#endif

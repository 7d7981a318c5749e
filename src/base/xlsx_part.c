/* Parts of a workbook: XML out of a ZIP archive, in pieces, within limits. */
#include "xlsx_parts.h"

#include <string.h>

#include <expat.h>

#define PIECE_BYTES 65536

bool xlsx_refuse(struct xlsx_zip *zip, struct faults *faults, const char *vi, const char *en)
{
    if (!zip->is_refused)
        faults_add(faults, (struct place){zip->name, 0, ""}, "%1$s%2$.0s", "%2$s%1$.0s", vi, en);
    zip->is_refused = true;
    return false;
}

static bool refuse_broken(struct xlsx_zip *zip, struct faults *faults)
{
    return xlsx_refuse(zip, faults,
                       "bảng tính XLSX bị hỏng; hãy mở bằng Excel hoặc LibreOffice, lưu lại rồi "
                       "nhập",
                       "the XLSX workbook is damaged; open it in Excel or LibreOffice, save it "
                       "again and import that");
}

static bool refuse_size(struct xlsx_zip *zip, struct faults *faults)
{
    return xlsx_refuse(zip, faults,
                       "bảng tính XLSX quá lớn khi giải nén; hãy lưu kiểu 'CSV UTF-8' rồi nhập",
                       "the XLSX workbook is too large when it is unpacked; save it as 'CSV UTF-8' "
                       "and import that");
}

/* ---- XML ---- */

/* Namespaces stand in front of names, parted by "|". */
static const char *local(const char *name)
{
    const char *last = strrchr(name, '|');

    return last ? last + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    }
    return NULL;
}

static void XMLCALL on_start(void *context, const char *name, const char **attributes)
{
    struct xlsx_part *part = context;

    if (++part->depth > XLSX_DEPTH_MAX) {
        (void)refuse_broken(part->zip, part->faults);
        XML_StopParser(part->parser, XML_FALSE);
        return;
    }
    part->handler.start(part->handler.context, local(name), attributes);
}

static void XMLCALL on_end(void *context, const char *name)
{
    struct xlsx_part *part = context;

    part->depth--;
    part->handler.end(part->handler.context, local(name));
}

static void XMLCALL on_text(void *context, const char *text, int len)
{
    struct xlsx_part *part = context;

    if (part->handler.text)
        part->handler.text(part->handler.context, text, len);
}

/* No program writes one; with it come entities that grow without end. */
static void XMLCALL on_doctype(void *context, const char *name, const char *system_id,
                               const char *public_id, int has_subset)
{
    struct xlsx_part *part = context;

    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    (void)xlsx_refuse(part->zip, part->faults,
                      "bảng tính XLSX có khai báo DOCTYPE, không chương trình bảng tính nào ghi ra "
                      "như vậy; hãy xin lại tệp gốc",
                      "the XLSX workbook has a DOCTYPE, which no spreadsheet writes; ask for the "
                      "original file");
    XML_StopParser(part->parser, XML_FALSE);
}

static bool new_parser(struct xlsx_part *part)
{
    part->parser = XML_ParserCreateNS(NULL, '|');
    if (!part->parser)
        return false;
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return true;
}

/* ---- parts ---- */

bool xlsx_part_open(struct xlsx_part *part, struct xlsx_zip *zip, const char *name,
                    const struct xlsx_handler *handler, bool *is_there, struct faults *faults)
{
    *part = (struct xlsx_part){.zip = zip, .handler = *handler};
    *is_there = zip_find(zip->file, name);
    if (!*is_there)
        return true;
    if (!zip_begin(zip->file, &zip->packed_bytes))
        return refuse_broken(zip, faults);
    zip->part_bytes = 0;
    if (!new_parser(part)) {
        (void)zip_end(zip->file);
        return refuse_size(zip, faults);
    }
    return true;
}

/* What the archive says of sizes is not believed: what comes is counted. */
static bool count_bytes(struct xlsx_zip *zip, size_t len, struct faults *faults)
{
    zip->part_bytes += len;
    zip->bytes += len;
    if (zip->part_bytes > XLSX_PART_BYTES_MAX || zip->bytes > XLSX_ALL_BYTES_MAX ||
        (zip->part_bytes > XLSX_RATIO_BYTES &&
         zip->part_bytes / XLSX_RATIO_MAX > zip->packed_bytes))
        return refuse_size(zip, faults);
    return true;
}

bool xlsx_part_step(struct xlsx_part *part, struct faults *faults)
{
    struct xlsx_zip *zip = part->zip;
    char piece[PIECE_BYTES];
    int len = zip_read(zip->file, piece, sizeof(piece));

    part->faults = faults;
    if (len < 0)
        return refuse_broken(zip, faults);
    if (!count_bytes(zip, (size_t)len, faults))
        return false;
    part->is_over = len == 0;
    if (XML_Parse(part->parser, piece, len, part->is_over) != XML_STATUS_OK)
        return refuse_broken(zip, faults);
    part->fed += (uint64_t)len;
    if (part->fed - (uint64_t)XML_GetCurrentByteIndex(part->parser) > XLSX_TOKEN_BYTES_MAX)
        return refuse_broken(zip, faults);
    /* The sum of what was read is compared when the part is closed. */
    if (part->is_over && !zip_end(zip->file))
        return refuse_broken(zip, faults);
    return !zip->is_refused;
}

void xlsx_part_close(struct xlsx_part *part)
{
    if (!part->parser)
        return;
    XML_ParserFree(part->parser);
    part->parser = NULL;
    if (!part->is_over)
        (void)zip_end(part->zip->file);
}

bool xlsx_part_read(struct xlsx_zip *zip, const char *name, const struct xlsx_handler *handler,
                    bool *is_there, struct faults *faults)
{
    struct xlsx_part part;
    bool is_fine = xlsx_part_open(&part, zip, name, handler, is_there, faults);

    while (is_fine && *is_there && !part.is_over)
        is_fine = xlsx_part_step(&part, faults);
    xlsx_part_close(&part);
    return is_fine;
}

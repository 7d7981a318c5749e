/* What the papers of a dossier say. */
#include "sheet.h"

#include <string.h>

static const struct words texts[SHEET_TEXT__MAX] = {
    [SHEET_REFERENCE] = {{"Mã hồ sơ", "Reference"}},
    [SHEET_SECRET] = {{"Mã bí mật", "Secret code"}},
    [SHEET_MADE_ON] = {{"Lập ngày %s", "Made on %s"}},
    [SHEET_NOT_GIVEN] = {{"chưa có", "not given"}},
    [SHEET_HELP] = {{"Cần hỗ trợ", "Help"}},
    [SHEET_QR_ALT] = {{"Mã QR dẫn đến trang %s", "QR code of the page %s"}},

    [CARD_TITLE] = {{"Mã hồ sơ và mã bí mật", "Your reference and secret code"}},
    [CARD_LEAD] = {{"In hoặc lưu phiếu này. Có hai mã dưới đây, đơn vị mở lại được hồ sơ tự đánh "
                    "giá của mình trên bất kỳ máy nào, không cần tài khoản.",
                    "Print or keep this card. With the two codes below you can open your "
                    "self-assessment again on any device, without an account."}},
    [CARD_QR] = {{"Quét để mở hồ sơ. Mã QR chỉ chứa mã hồ sơ, không chứa mã bí mật.",
                  "Scan to open the dossier. The QR code holds the reference only, not the secret "
                  "code."}},
    [CARD_SECRET_TITLE] = {{"Giữ kín mã bí mật", "Keep the secret code to yourself"}},
    [CARD_SECRET_TEXT] =
        {{"Ai có mã bí mật đều xem và sửa được câu trả lời của đơn vị. Không gửi mã này qua tin "
          "nhắn, không đọc qua điện thoại; cán bộ nhà nước không bao giờ hỏi mã này.",
          "Whoever has it can read and change your answers. Do not send it in a message or read it "
          "out on the telephone; officials never ask for it."}},
    [CARD_RESUME] = {{"Mở lại hồ sơ", "How to open it again"}},
    [CARD_STEP_OPEN] = {{"Mở trang ", "Go to "}},
    [CARD_STEP_ENTER] = {{"Nhập mã hồ sơ và mã bí mật ghi trên phiếu này.",
                          "Enter the reference and the secret code of this card."}},
    [CARD_STEP_GO_ON] =
        {{"Điền tiếp, nộp hồ sơ, xem kết quả, tải báo cáo hoặc theo dõi việc xử lý.",
          "Go on answering, submit, see the result, download the report or follow what happens."}},
    [CARD_LOST] = {{"Nếu mất mã bí mật", "If you lose the secret code"}},
    [CARD_LOST_TEXT] =
        {{"Hệ thống không lưu mã bí mật nên không ai đọc lại mã cho đơn vị được; đơn "
          "vị được cấp mã mới sau khi chứng minh mình là chủ hồ sơ.",
          "The system does not keep the secret code, so nobody can tell it to you "
          "again. You get a new one after showing that the dossier is yours."}},

    [RECEIPT_TITLE] = {{"Xác nhận đã nộp hồ sơ", "Confirmation of submission"}},
    [RECEIPT_LEAD] = {{"Hệ thống đã nhận hồ sơ lúc %s (giờ Việt Nam).",
                       "The dossier was received at %s (Vietnam time)."}},
    [RECEIPT_NAME] = {{"Đơn vị", "Enterprise"}},
    [RECEIPT_TAX_CODE] = {{"Mã số thuế", "Tax code"}},
    [RECEIPT_QUESTIONNAIRE] = {{"Bộ câu hỏi", "Questionnaire"}},
    [RECEIPT_ROUND] = {{"Đợt đánh giá", "Round"}},
    [RECEIPT_TIMES] = {{"Lần nộp", "Submission number"}},
    [RECEIPT_CONSENT] = {{"Phiên bản nội dung đồng ý", "Consent wording"}},
    [RECEIPT_RESULT] = {{"Kết quả tự đánh giá", "Result of the self-assessment"}},
    [RECEIPT_LEVEL] = {{"Mức", "Level"}},
    [RECEIPT_SCORE] = {{"Điểm", "Score"}},
    [RECEIPT_SELF] =
        {{"Kết quả do đơn vị tự đánh giá, chưa được cơ quan nhà nước xác minh.",
          "The enterprise assessed itself; no authority has verified the result yet."}},
    [RECEIPT_QR] = {{"Quét để xem tình trạng hồ sơ.", "Scan to see the status of the dossier."}},
    [RECEIPT_NEXT] = {{"Việc tiếp theo", "What happens next"}},
    [RECEIPT_STEP_CHECK] =
        {{"Cán bộ phụ trách kiểm tra câu trả lời và giấy tờ kèm theo. Trong lúc chờ, đơn vị xem "
          "kết "
          "quả và tải báo cáo được ngay.",
          "An officer checks the answers and the papers attached. Meanwhile you can see the result "
          "and download the report."}},
    [RECEIPT_STEP_MORE] =
        {{"Nếu cần làm rõ, hồ sơ chuyển sang tình trạng \"cần bổ sung\" kèm câu hỏi của cán bộ; "
          "đơn "
          "vị trả lời, sửa rồi nộp lại.",
          "If something is unclear, the dossier is returned to you with the officer's questions; "
          "answer them, amend and submit again."}},
    [RECEIPT_STEP_AMEND] =
        {{"Đơn vị tự sửa và nộp lại được cho đến khi cán bộ bắt đầu kiểm tra.",
          "You can amend and submit again by yourself until an officer begins to check."}},
    [RECEIPT_STEP_WITHDRAW] =
        {{"Đơn vị có thể rút hồ sơ hoặc yêu cầu xóa dữ liệu bất cứ lúc nào trên trang hồ sơ.",
          "You can withdraw the dossier or ask for erasure at any time on its page."}},
    [RECEIPT_STATUS] = {{"Xem tình trạng tại ", "See the status at "}},
    [RECEIPT_NO_SIGNATURE] =
        {{"Phiếu do hệ thống lập tự động, có giá trị xác nhận việc nộp hồ sơ, không cần ký tên, "
          "đóng "
          "dấu.",
          "Made by the system as proof of submission; valid without signature or stamp."}},

    [RECORD_TITLE] = {{"Dữ liệu của đơn vị", "Your data"}},
    [RECORD_LEAD] = {{"Đây là toàn bộ dữ liệu hệ thống lưu về hồ sơ này tính đến ngày %s, cung cấp "
                      "theo Luật Bảo "
                      "vệ dữ liệu cá nhân số 91/2025/QH15.",
                      "This is everything that the system holds about this dossier as of %s, "
                      "provided under the "
                      "Law on Personal Data Protection No. 91/2025/QH15."}},
    [RECORD_SECRET] =
        {{"Mã bí mật không có ở đây: hệ thống chỉ lưu giá trị băm của mã, từ đó không tìm lại được "
          "mã.",
          "The secret code is not here: only a hash of it is held, from which it cannot be had "
          "back."}},
    [RECORD_RIGHTS_TITLE] = {{"Quyền của đơn vị", "Your rights"}},
    [RECORD_RIGHTS] =
        {{"Đơn vị có quyền chỉnh sửa hoặc yêu cầu chỉnh sửa dữ liệu, rút lại sự đồng ý, yêu cầu "
          "xóa, "
          "hạn chế xử lý dữ liệu, phản đối việc xử lý, và khiếu nại theo quy định của pháp luật.",
          "You may correct the data or have it corrected, withdraw your consent, ask for erasure "
          "or "
          "restriction, object to the processing, and lodge a complaint as the law provides."}},
    [RECORD_CONTENTS] = {{"Gồm các phần", "Contents"}},
    [RECORD_NOTHING] = {{"Hệ thống không lưu dữ liệu nào thuộc phần này.",
                         "Nothing of this kind is held."}},
};

const char *sheet_tr(const struct sheet *sheet, enum sheet_text text)
{
    return texts[text].in[sheet->lang];
}

const char *sheet_tr_with(struct sheet *sheet, enum sheet_text text, const char *value)
{
    const char *format = texts[text].in[sheet->lang];
    const char *gap = strstr(format, "%s");

    return gap ? arena_printf(&sheet->arena, "%.*s%s%s", (int)(gap - format), format, value,
                              gap + strlen("%s"))
               : format;
}

#include "app/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "app/backup.h"
#include "app/enterprise/evidence.h"
#include "app/trusted_clock.h"
#include "base/array.h"
#include "base/text.h"
#include "store/accounts.h"
#include "store/data_requests.h"
#include "store/evidence_files.h"
#include "store/outbox.h"

#define OTHERS_MODE 077
#define MIB (1 << 20)

struct doctor {
    struct workspace *ws;
    struct database *db;
    struct app_context app;
    enum lang lang;
    struct arena *arena;
    const char *check; /* that runs */
    struct findings *out;
};

/* ---- sentences ---- */

__attribute__((format(printf, 3, 0))) static void add(struct doctor *d, bool needs_attention,
                                                      const char *format, va_list args)
{
    char text[2048];

    if (d->out->count == DOCTOR_FINDINGS_MAX)
        return;
    vsnprintf(text, sizeof(text), format, args);
    d->out->items[d->out->count++] = (struct finding){
        d->check, needs_attention, arena_strdup(d->arena, text)};
    d->out->attention += needs_attention;
}

__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static void
fine(struct doctor *d, const char *vi, const char *en, ...)
{
    va_list args;

    va_start(args, en);
    add(d, false, d->lang == LANG_VI ? vi : en, args);
    va_end(args);
}

__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static void
attention(struct doctor *d, const char *vi, const char *en, ...)
{
    va_list args;

    va_start(args, en);
    add(d, true, d->lang == LANG_VI ? vi : en, args);
    va_end(args);
}

/* What could not be looked at. */
static void fail(struct doctor *d, const struct err *err)
{
    attention(d, "%1$s%2$.0s", "%2$s%1$.0s", err->text[LANG_VI], err->text[LANG_EN]);
}

static const char *number(const struct doctor *d, int64_t n)
{
    return text_of_number(d->arena, ratio_of(n), 0, d->lang);
}

/* A time of the store as a day in Vietnam, "30/11/2026". */
static const char *date(const struct doctor *d, const char *utc)
{
    return text_of_day(d->arena, day_of_utc(utc));
}

/* ---- data ---- */

static void look_at_policies(struct doctor *d, const struct catalogue *catalogue)
{
    int64_t unread = 0, unknown = 0, all = (int64_t)catalogue->count;

    for (size_t i = 0; i < catalogue->count; i++) {
        unread += catalogue->policies[i]->certainty != CERTAINTY_READ;
        unknown += catalogue->policies[i]->open == OPEN_UNKNOWN;
    }
    if (unread)
        attention(d,
                  "%s trong %s chính sách chưa được đối chiếu với nguyên văn văn bản; hãy xem mục "
                  "certainty trong tệp của chúng.",
                  "%s of %s policies were not compared with the text of the law; see certainty "
                  "in their files.",
                  number(d, unread), number(d, all));
    else
        fine(d, "%s chính sách đều đã đối chiếu với nguyên văn văn bản.",
             "All %s policies were compared with the text of the law.", number(d, all));
    if (unknown)
        attention(d,
                  "%s trong %s chính sách chưa biết có đang nhận hồ sơ không, nên tiền của chúng "
                  "không được hứa; hãy hỏi cơ quan chủ trì rồi ghi vào tệp (open).",
                  "It is not known of %s of %s policies whether they take applications, so their "
                  "money is not promised; ask the body in charge and note it in the file (open).",
                  number(d, unknown), number(d, all));
}

static void check_data(struct doctor *d)
{
    struct loaded_data loaded;
    struct err err;

    if (loaded_data_load(d->ws, d->arena, &loaded, &err) != OK) {
        fail(d, &err);
        return;
    }
    fine(d, "%s bộ câu hỏi đọc được, không có lỗi.", "%s questionnaires can be read, without a "
                                                     "fault.",
         number(d, (int64_t)loaded.count));
    look_at_policies(d, loaded.catalogue);
}

/* ---- database ---- */

static void check_structure(struct doctor *d)
{
    struct store_totals totals;
    struct err err;
    enum status status = db_check(store_db(d->app.store), &err);

    if (status == OK)
        status = store_totals(d->app.store, &totals, &err);
    if (status != OK) {
        fail(d, &err);
        return;
    }
    fine(d, "Cơ sở dữ liệu nguyên vẹn: %s đơn vị, %s phiếu đánh giá, %s hồ sơ trên web.",
         "The database is whole: %s enterprises, %s assessments, %s dossiers of the site.",
         number(d, totals.enterprises), number(d, totals.assessments), number(d, totals.dossiers));
}

static void check_durability(struct doctor *d)
{
    struct words how = db_durability(store_db(d->app.store));

    fine(d, "Điều đã lưu được giữ chắc trên đĩa: %1$s.%2$.0s",
         "What was saved is kept on the disk: %2$s.%1$.0s", how.in[LANG_VI], how.in[LANG_EN]);
}

/* Personal data is for who runs the program. */
static void check_mode(struct doctor *d)
{
    const char *paths[] = {db_name(store_db(d->app.store)), d->app.evidence};
    bool is_open = false;

    for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
        struct stat info;

        if (stat(paths[i], &info) != 0 || !(info.st_mode & OTHERS_MODE))
            continue;
        is_open = true;
        attention(d,
                  "%s: tài khoản khác trên máy cũng mở được, mà trong đó có dữ liệu cá nhân; hãy "
                  "chạy chmod go= %s.",
                  "%s: other accounts of the machine can open it, and it holds personal data; run "
                  "chmod go= %s.",
                  paths[i], paths[i]);
    }
    if (!is_open)
        fine(d, "Chỉ tài khoản chạy chương trình mở được dữ liệu.",
             "Only the account that runs the program can open the data.");
}

/* ---- evidence ---- */

struct evidence_seen {
    struct doctor *d;
    int64_t files, lost;
    const char *first; /* hash of the first that is lost */
};

static enum status see_evidence(void *context, const char *hash, int64_t size, struct err *err)
{
    struct evidence_seen *seen = context;
    const struct doctor *d = seen->d;

    (void)err;
    seen->files++;
    if (!evidence_is_there(d->app.evidence, hash, size) && !seen->lost++)
        seen->first = arena_strdup(d->arena, hash);
    return OK;
}

static void check_evidence(struct doctor *d)
{
    struct evidence_seen seen = {.d = d};
    struct err err;

    if (evidence_each(d->app.store, see_evidence, &seen, &err) != OK)
        fail(d, &err);
    else if (seen.lost)
        attention(d,
                  "%s trong %s tệp minh chứng bị thiếu hoặc sai kích thước (tệp đầu: %s trong %s); "
                  "hãy khôi phục từ bản sao lưu hoặc đề nghị đơn vị gửi lại.",
                  "%s of %s files of evidence are missing or have another size (the first one: %s "
                  "in %s); restore them from a backup, or ask the enterprises to send them again.",
                  number(d, seen.lost), number(d, seen.files), seen.first, d->app.evidence);
    else
        fine(d, "%s tệp minh chứng, không thiếu tệp nào.", "%s files of evidence, none is missing.",
             number(d, seen.files));
}

static void check_quota(struct doctor *d)
{
    int64_t bytes, percent;
    struct err err;

    if (evidence_total(d->app.store, &bytes, &err) != OK) {
        fail(d, &err);
        return;
    }
    percent = bytes / (EVIDENCE_TOTAL_BYTES_MAX / 100);
    if (percent >= DOCTOR_QUOTA_PERCENT)
        attention(d,
                  "Tệp minh chứng đã chiếm %s %% của %s MiB được phép; khi đầy, đơn vị không gửi "
                  "thêm được.",
                  "Files of evidence fill %s %% of the %s MiB that they may have; when it is full "
                  "enterprises cannot send more.",
                  number(d, percent), number(d, EVIDENCE_TOTAL_BYTES_MAX / MIB));
    else
        fine(d, "Tệp minh chứng chiếm %s %% của %s MiB được phép.",
             "Files of evidence fill %s %% of the %s MiB that they may have.", number(d, percent),
             number(d, EVIDENCE_TOTAL_BYTES_MAX / MIB));
}

/* ---- the machine ---- */

static void check_space(struct doctor *d)
{
    const char *path = db_name(store_db(d->app.store));
    struct statvfs disk;
    struct stat info;
    int64_t left, percent;

    if (statvfs(path, &disk) != 0 || stat(path, &info) != 0 || !disk.f_blocks) {
        attention(d, "%s: không xem được chỗ trống trên đĩa.",
                  "%s: the free space of the disk cannot be seen.", path);
        return;
    }
    left = (int64_t)(disk.f_bavail * disk.f_frsize);
    percent = (int64_t)(disk.f_bavail * 100 / disk.f_blocks);
    if (percent < DOCTOR_FREE_PERCENT || left < 2 * (int64_t)info.st_size)
        attention(d,
                  "Đĩa chứa cơ sở dữ liệu chỉ còn trống %s MiB (%s %%), cơ sở dữ liệu có %s MiB; "
                  "hãy dọn bớt trước khi đĩa đầy.",
                  "The disk of the database has only %s MiB left (%s %%), the database has %s MiB; "
                  "make room before it is full.",
                  number(d, left / MIB), number(d, percent), number(d, info.st_size / MIB));
    else
        fine(d, "Đĩa chứa cơ sở dữ liệu còn trống %s MiB (%s %%).",
             "The disk of the database has %s MiB left (%s %%).", number(d, left / MIB),
             number(d, percent));
}

static void check_clock(struct doctor *d)
{
    struct trusted_clock clock = {.is_doubted = false};
    struct err err;

    if (trusted_clock_look(&clock, &d->app, 0, false, &err) != OK) {
        fail(d, &err);
        return;
    }
    if (clock.is_doubted || (*clock.known && day_of_utc(clock.known) > d->app.today + 1))
        attention(d,
                  "Đồng hồ của máy (%s) không khớp lần cuối cơ sở dữ liệu được dùng (%s); hãy "
                  "chỉnh đồng hồ. Máy chủ không xóa gì trong lúc còn nghi ngờ.",
                  "The clock of the machine (%s) does not fit the last use of the database (%s); "
                  "set it. The server erases nothing while it is in doubt.",
                  date(d, d->app.now), date(d, clock.known));
    else
        fine(d, "Đồng hồ của máy (%s) khớp với cơ sở dữ liệu.",
             "The clock of the machine (%s) fits the database.", date(d, d->app.now));
}

static void check_backup(struct doctor *d)
{
    char made_at[TIME_BYTES];
    struct err err;

    if (backup_last(&d->app, made_at, &err) != OK)
        fail(d, &err);
    else if (!*made_at)
        attention(d, "Chưa có bản sao lưu nào; hãy chạy dxready backup TỆP mỗi ngày.",
                  "There is no backup yet; run dxready backup FILE every day.");
    else if (d->app.today - day_of_utc(made_at) > DOCTOR_BACKUP_DAYS)
        attention(d, "Bản sao lưu cuối làm từ %s, đã quá %s ngày; hãy chạy dxready backup TỆP.",
                  "The last backup is of %s, more than %s days ago; run dxready backup FILE.",
                  date(d, made_at), number(d, DOCTOR_BACKUP_DAYS));
    else
        fine(d, "Bản sao lưu cuối làm ngày %s.", "The last backup is of %s.", date(d, made_at));
}

/* ---- people ---- */

/* Who may sign in by a password alone has not set up the second factor; nobody works so. */
static void check_accounts(struct doctor *d)
{
    struct account *list;
    size_t count;
    int64_t without = 0;
    struct err err;

    if (account_list(d->app.store, d->arena, &list, &count, &err) != OK) {
        fail(d, &err);
        return;
    }
    for (size_t i = 0; i < count; i++)
        without += !list[i].is_disabled && !*list[i].factor_at;
    if (without)
        attention(d,
                  "%s trong %s tài khoản chưa có lớp xác thực thứ hai, nên chưa vào được; hãy nhắc "
                  "chủ tài khoản, hoặc khóa tài khoản không dùng.",
                  "%s of %s accounts have no second factor, so they cannot sign in yet; remind "
                  "their owners, or disable those that nobody needs.",
                  number(d, without), number(d, (int64_t)count));
    else
        fine(d, "%s tài khoản đang dùng đều có lớp xác thực thứ hai.",
             "All of %s accounts in use have a second factor.", number(d, (int64_t)count));
}

static void check_mail(struct doctor *d)
{
    int64_t counts[OUTBOX_STATE__MAX];
    struct err err;

    if (outbox_count(d->app.store, counts, &err) != OK)
        fail(d, &err);
    else if (counts[OUTBOX_FAILED] || counts[OUTBOX_UNKNOWN])
        attention(d,
                  "%s thư nhắc không gửi được, %s thư không rõ đã gửi chưa (máy chủ dừng giữa "
                  "chừng); nội dung vẫn có trên trang. Hãy xem chương trình của --sendmail.",
                  "%s reminders could not be sent, of %s nobody knows (the server ended "
                  "meanwhile); what they said stands on the pages. Look at the program of "
                  "--sendmail.",
                  number(d, counts[OUTBOX_FAILED]), number(d, counts[OUTBOX_UNKNOWN]));
    else
        fine(d, "Thư nhắc: %s đã gửi, %s đang chờ gửi.", "Reminders: %s sent, %s wait.",
             number(d, counts[OUTBOX_SENT]), number(d, counts[OUTBOX_WAITING]));
}

static void check_requests(struct doctor *d)
{
    int64_t open, overdue;
    struct err err;

    if (data_request_count(d->app.store, NULL, day_iso_text(d->arena, d->app.today), &open,
                           &overdue, &err) != OK)
        fail(d, &err);
    else if (overdue)
        attention(d,
                  "%s trong %s yêu cầu về dữ liệu đã quá hạn trả lời; hãy trả lời ở trang "
                  "/can-bo/yeu-cau-du-lieu.",
                  "%s of %s requests about data are overdue; answer them at "
                  "/can-bo/yeu-cau-du-lieu.",
                  number(d, overdue), number(d, open));
    else
        fine(d, "%s yêu cầu về dữ liệu chờ trả lời, không yêu cầu nào quá hạn.",
             "%s requests about data wait for an answer, none is overdue.", number(d, open));
}

/* ---- all ---- */

static const struct {
    const char *name;
    void (*run)(struct doctor *d);
} checks[] = {
    {"structure", check_structure}, {"durability", check_durability}, {"evidence", check_evidence},
    {"backup", check_backup},       {"access", check_mode},           {"space", check_space},
    {"quota", check_quota},         {"clock", check_clock},           {"data", check_data},
    {"accounts", check_accounts},   {"mail", check_mail},         {"requests", check_requests},
};

void doctor_look(struct workspace *ws, struct database *db, enum lang lang, struct arena *arena,
                 struct findings *out)
{
    struct doctor d = {.ws = ws,
                       .db = db,
                       .app = context_of(db, (struct actor){ACTOR_SYSTEM, 0}),
                       .lang = lang,
                       .arena = arena,
                       .out = out};

    *out = (struct findings){.count = 0};
    for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
        d.check = checks[i].name;
        checks[i].run(&d);
    }
}

/* dxready serve: the pages for enterprises. */
#include "cli/cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "app/purge.h"
#include "base/log.h"
#include "base/text.h"
#include "web/site.h"

/* Until somebody asks it to end. */
static void wait_for_end(const sigset_t *ends)
{
    int signal;

    while (sigwait(ends, &signal) != 0)
        ;
}

/* Nobody may read that either. */
static void say_where(struct cli *cli, const struct site *site)
{
    const char *line = text_printf(&cli->arena, cli->lang,
                                   "Mở trình duyệt tại %s/ (Ctrl+C để dừng)\n",
                                   "Point a browser at %s/ (Ctrl+C stops it)\n", site_url(site));

    (void)log_put(STDOUT_FILENO, line, strlen(line));
}

/* There is no account that everybody knows: the first one is made by who runs the program. */
static void say_first_account(struct cli *cli)
{
    const char *db = cli->values[OPTION_DB], *url = cli->values[OPTION_PUBLIC_URL];
    const char *line = text_printf(
        &cli->arena, cli->lang,
        "Chưa có tài khoản cán bộ. Tạo người quản trị đầu tiên bằng lệnh:\n"
        "  dxready user add TEN --role administrator%s%s%s%s%s\n",
        "There is no account of an officer yet. Make the first administrator with:\n"
        "  dxready user add NAME --role administrator%s%s%s%s%s\n",
        db ? " --db '" : "", db ? db : "", db ? "'" : "", url ? " --public-url " : "",
        url ? url : "");

    (void)log_put(STDOUT_FILENO, line, strlen(line));
}

enum status cmd_serve(struct cli *cli, struct err *err)
{
    struct site_options options = {.listen = cli->values[OPTION_LISTEN],
                                   .socket = site_inherited_socket(),
                                   .database = cli->values[OPTION_DB],
                                   .round = cli->values[OPTION_ROUND],
                                   .public_url = cli->values[OPTION_PUBLIC_URL],
                                   .authority = cli->values[OPTION_AUTHORITY],
                                   .notice = cli->values[OPTION_NOTICE],
                                   .contact = cli->values[OPTION_CONTACT],
                                   .sendmail = cli->values[OPTION_SENDMAIL],
                                   .mail_from = cli->values[OPTION_MAIL_FROM],
                                   .is_behind_proxy = cli_has(cli, OPTION_BEHIND_PROXY),
                                   .log = STDERR_FILENO};
    struct workspace *ws;
    struct site *site = NULL;
    sigset_t ends;
    int64_t days;
    enum status status =
        cli_number(cli, OPTION_KEEP_DRAFTS, 0, KEEP_DRAFTS_DAYS_MAX, KEEP_DRAFTS_DAYS, &days, err);

    options.keep_drafts = (int)days;
    if (status == OK)
        status = cli_choose_journal(cli, err);
    cli_choose_evidence(cli);
    if (status == OK)
        status = cli_workspace(cli, &ws, err);

    /* Before there are threads, which inherit it. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    if (status == OK)
        status = site_start(ws, &options, &site, err);
    if (status != OK)
        return status;
    say_where(cli, site);
    if (!site_has_accounts(site))
        say_first_account(cli);
    site_notify("READY=1");
    wait_for_end(&ends);
    site_notify("STOPPING=1");
    site_stop(site);
    return OK;
}

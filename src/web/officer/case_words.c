/* How cases are told, in few words. */
#include "case_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const char *const tones[CASE_STATE__MAX] = {
    [CASE_SUBMITTED] = "quiet", [CASE_IN_REVIEW] = "mine", [CASE_ASKED] = "warn",
    [CASE_ANSWERED] = "info",   [CASE_PROPOSED] = "quiet", [CASE_VERIFIED] = "good",
    [CASE_REOPENED] = "info",   [CASE_WITHDRAWN] = "quiet", [CASE_REJECTED] = "bad",
    [CASE_EXPIRED] = "bad",
};

const char *case_state_tone(enum case_state state)
{
    return tones[state];
}

static const char *days(struct request *rq, enum web_text text, int count)
{
    return tr_with(rq, text, arena_printf(rq->arena, "%d", count));
}

const char *case_due(struct request *rq, const struct case_standing *at, const char **tone)
{
    day due;
    int left;

    *tone = "quiet";
    if (at->state == CASE_ASKED)
        return tr(rq, WEB_case_due_paused);
    if (!*at->due_on || !day_parse_iso(at->due_on, strlen(at->due_on), &due))
        return "";
    left = working_days_until(rq->site->loaded.catalogue->calendar, rq->app.today, due);
    *tone = left < 0 ? "bad" : left == 0 ? "warn" : "";
    if (left == 0 && due < rq->app.today)
        *tone = "bad"; /* it fell on a day off that is over */
    return left < 0    ? days(rq, WEB_case_due_over, -left)
           : left == 0 ? tr(rq, WEB_case_due_today)
                       : days(rq, WEB_case_due_left, left);
}

/* What names begin with, folded, and how it is said behind them. */
static const struct {
    const char *folded, *brief;
} forms[] = {
    {"cong ty trach nhiem huu han mot thanh vien", "TNHH MTV"},
    {"cong ty trach nhiem huu han", "TNHH"},
    {"cong ty tnhh mot thanh vien", "TNHH MTV"},
    {"cong ty tnhh mtv", "TNHH MTV"},
    {"cong ty tnhh", "TNHH"},
    {"cong ty co phan", "CTCP"},
    {"cong ty cp", "CTCP"},
    {"ctcp", "CTCP"},
    {"doanh nghiep tu nhan", "DNTN"},
    {"dntn", "DNTN"},
    {"hop tac xa", "HTX"},
    {"htx", "HTX"},
    {"ho kinh doanh", "HKD"},
    {"hkd", "HKD"},
};

/* Where the words that a folded beginning has are over in the text itself. */
static const char *behind_words(const char *text, const char *folded)
{
    size_t words = 1;

    for (const char *p = folded; *p; p++)
        words += *p == ' ';
    for (; *text && words; words--) {
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    return text;
}

const char *case_name(struct request *rq, const char *name, const char **form)
{
    const char *folded = text_fold(rq->arena, name);

    *form = "";
    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        size_t len = strlen(forms[i].folded);
        const char *rest = behind_words(name, forms[i].folded);

        if (strncmp(folded, forms[i].folded, len) != 0 || folded[len] != ' ' || !*rest)
            continue;
        *form = forms[i].brief;
        return rest;
    }
    return *name ? name : tr(rq, WEB_case_no_name);
}

const char *case_points(struct request *rq, int64_t hundredths)
{
    return text_of_number_short(rq->arena, ratio_make(hundredths, 100), 2, rq->lang);
}

const char *case_level_text(struct request *rq, int level)
{
    return level < 0 ? tr(rq, WEB_case_not_rated)
                     : tr_with(rq, WEB_case_level, arena_printf(rq->arena, "%d", level));
}

const char *case_margin_names(struct request *rq, const struct case_shown *shown)
{
    const struct loaded_questionnaire *survey =
        loaded_data_find(&rq->site->loaded, shown->questionnaire);
    const char *text = "";

    for (size_t i = 0; survey && i < survey->q->dimension_count; i++) {
        const struct dimension *d = &survey->q->dimensions[i];
        const char *at = strstr(shown->margin_in, d->id);

        if (at && (at[strlen(d->id)] == ' ' || !at[strlen(d->id)]))
            text = arena_printf(rq->arena, "%s%s%s", text, *text ? ", " : "",
                                d->name.in[rq->lang]);
    }
    return *text ? text : tr(rq, WEB_case_total);
}

const char *case_margin(struct request *rq, const struct case_shown *shown)
{
    if (!shown->margin)
        return "";
    return arena_printf(rq->arena, "%s%d %s", shown->margin < 0 ? "−" : "+", abs(shown->margin),
                        case_margin_names(rq, shown));
}

const char *case_business(struct request *rq, const struct case_shown *shown)
{
    const char *size = tr(rq, WEB_case_unknown);

    for (int i = 0; i < SIZE_CLASS__MAX; i++) {
        if (strcmp(size_code((enum size_class)i), shown->size_class) == 0)
            size = size_words((enum size_class)i).in[rq->lang];
    }
    return arena_printf(rq->arena, "%s · %s", *shown->section ? shown->section : "?", size);
}

/* "Chí Linh" of "Phường Chí Linh": in a table the kind of a unit is known. */
static const char *without_kind(struct request *rq, const char *name)
{
    static const char *const kinds[] = {"Phường ", "Xã ", "Thành phố ", "Đặc khu "};
    static const char *const behind[] = {" Ward", " Commune", " City"};
    size_t len = strlen(name);

    for (size_t i = 0; i < ARRAY_SIZE(behind); i++) {
        size_t tail = strlen(behind[i]);

        if (len > tail && strcmp(name + len - tail, behind[i]) == 0)
            return arena_strndup(rq->arena, name, len - tail);
    }
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        if (strncmp(name, kinds[i], strlen(kinds[i])) == 0)
            return name + strlen(kinds[i]);
    }
    return name;
}

const char *case_area(struct request *rq, const char *area)
{
    const struct term *term =
        *area ? terms_find(rq->site->loaded.facts->areas, area, rq->app.today) : NULL;

    if (!term)
        return *area ? area : tr(rq, WEB_case_unknown);
    return without_kind(rq, term->name.in[rq->lang]);
}

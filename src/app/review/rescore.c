#include "app/review/rescore.h"

#include <string.h>

enum status rescore_check(const struct response *response, const struct questionnaire *to,
                          struct err *err)
{
    bool is_assumed;
    enum legal_form form = response_form(response, &is_assumed);
    struct words name = legal_form_words(form);

    if (!response_may_convert(response->questionnaire, to))
        return err_set(err, BAD_INPUT,
                       "phiếu trả lời bộ câu hỏi '%s'; chỉ chấm lại được theo phiên bản khác của "
                       "bộ đó, không theo '%s'",
                       "the response answers '%s' and can be scored again by another version of "
                       "it only, not by '%s'",
                       response->questionnaire->id, to->ref);
    if (!to->respondents[form])
        return err_set(err, BAD_INPUT, "bộ câu hỏi %1$s không dành cho %2$s%3$.0s",
                       "the questionnaire %1$s is not for this form: %3$s%2$.0s", to->ref,
                       name.in[LANG_VI], name.in[LANG_EN]);
    return OK;
}

enum status rescore_with(struct workspace *ws, struct arena *arena, const struct response *response,
                         const struct scorer *from, const struct scorer *to, day on,
                         struct rescoring *out, struct err *err)
{
    const struct response *converted;
    enum status status;

    out->conversion = response_convert(arena, response, scorer_questionnaire(to));
    converted = out->conversion.response;
    status = evaluate_with(ws, from, arena, response, false, on, &out->before, err);
    if (status == OK)
        status = evaluate_with(ws, to, arena, converted, false, on, &out->after, err);
    if (status == OK)
        out->comparison = compare_scores(arena, &out->before.score, response->answers,
                                         &out->after.score, converted->answers);
    return status;
}

enum status rescore(struct workspace *ws, struct arena *arena, const struct response *response,
                    const char *to, day on, struct rescoring *out, struct err *err)
{
    const struct scorer *scorer = workspace_scorer(ws, to, err), *from;
    enum status status;

    if (!scorer)
        return err->status;
    status = rescore_check(response, scorer_questionnaire(scorer), err);
    if (status != OK)
        return status;
    from = workspace_scorer(ws, response->questionnaire->ref, err);
    return from ? rescore_with(ws, arena, response, from, scorer, on, out, err) : err->status;
}

static bool is_dropped(const struct compared_answer *answer)
{
    if (!answer->before || answer->answer_before->state == ANSWER_NONE)
        return false;
    return !answer->is_same;
}

/* ---- as a document ---- */

static void write_level(struct json_writer *w, const char *key, const struct evaluation *a)
{
    const struct level_rule *level =
        questionnaire_level(a->response->questionnaire, score_level(&a->score));

    json_key(w, key);
    json_begin_object(w);
    if (level) {
        json_member_int(w, "level", level->level);
        json_member_words(w, "name", level->name);
    } else {
        json_member_string(w, "level", NULL);
    }
    json_member_bool(w, "complete", a->score.is_complete);
    json_end_object(w);
}

static void write_dropped(struct json_writer *w, const struct rescoring *r)
{
    json_key(w, "dropped");
    json_begin_array(w);
    for (size_t i = 0; i < r->comparison->answer_count; i++) {
        const struct compared_answer *answer = &r->comparison->answers[i];

        if (is_dropped(answer))
            json_string(w, answer->before->id);
    }
    json_end_array(w);
}

/* Questions of the new version that nobody was asked. */
static void write_unasked(struct json_writer *w, const struct rescoring *r)
{
    const struct questionnaire *from = r->before.response->questionnaire;
    const struct questionnaire *to = r->after.response->questionnaire;

    json_key(w, "unasked");
    json_begin_array(w);
    for (size_t i = 0; i < to->question_count; i++) {
        if (question_match(to, &to->questions[i], from) == MAP_NONE)
            json_string(w, to->questions[i].id);
    }
    json_end_array(w);
}

void rescoring_write(struct json_writer *w, const struct rescoring *r, struct arena *arena)
{
    json_begin_object(w);
    json_member_string(w, "from", r->before.response->questionnaire->ref);
    json_member_string(w, "to", r->after.response->questionnaire->ref);
    json_member_bool(w, "stored", false);
    write_level(w, "before", &r->before);
    write_level(w, "after", &r->after);
    write_dropped(w, r);
    write_unasked(w, r);
    json_key(w, "changes");
    comparison_write(w, r->comparison, arena);
    json_end_object(w);
}

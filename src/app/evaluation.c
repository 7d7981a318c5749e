#include "app/evaluation.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

static void add_note(struct evaluation *a, const char *code, struct words text)
{
    if (a->note_count < ARRAY_SIZE(a->notes))
        a->notes[a->note_count++] = (struct score_note){code, text};
}

/* A size that the questionnaire is not made for is said, not refused. */
static void note_size(struct evaluation *a, struct arena *arena)
{
    const struct questionnaire *q = a->response->questionnaire;
    int size = size_only(a->applicant->size.possible);
    struct words name;

    if (!q->sizes || size < 0 || (q->sizes >> size & 1))
        return;
    name = size_words((enum size_class)size);
    add_note(
        a, "size",
        (struct words){{arena_printf(arena,
                                     "Bộ câu hỏi này không được thiết kế cho quy mô của đơn vị "
                                     "(%s); kết quả chỉ để tham khảo.",
                                     name.in[LANG_VI]),
                        arena_printf(arena,
                                     "This questionnaire is not made for the size of the "
                                     "enterprise (%s); take the result as an indication.",
                                     name.in[LANG_EN])}});
}

static void note_form(struct evaluation *a, struct arena *arena)
{
    bool is_assumed;
    struct words form = legal_form_words(response_form(a->response, &is_assumed));

    if (!is_assumed)
        return;
    add_note(
        a, "form-assumed",
        (struct words){
            {arena_printf(arena, "Phiếu không ghi loại hình; được coi là %s.", form.in[LANG_VI]),
             arena_printf(arena, "The form is not given; taken as: %s.", form.in[LANG_EN])}});
}

#define IDS_NAMED_MAX 12

/* "1.1, 1.2, ..." of the questions for which `is_meant` holds; "" if there are none. */
static const char *list_ids(const struct evaluation *a, struct arena *arena,
                            bool (*is_meant)(const struct evaluation *a, size_t question))
{
    const struct questionnaire *q = a->response->questionnaire;
    const char *ids = "";
    size_t count = 0;

    for (size_t i = 0; i < q->question_count; i++) {
        if (!is_meant(a, i))
            continue;
        if (++count > IDS_NAMED_MAX)
            return arena_printf(arena, "%s, ...", ids);
        ids = arena_printf(arena, "%s%s%s", ids, *ids ? ", " : "", q->questions[i].id);
    }
    return ids;
}

static bool is_lacking(const struct evaluation *a, size_t question)
{
    return a->response->questionnaire->questions[question].is_required &&
           !answer_is_settled(&a->response->questionnaire->questions[question],
                              &a->response->answers[question]);
}

bool evaluation_is_inactive(const struct evaluation *a, size_t question)
{
    const struct answer *answer = &a->response->answers[question];

    return answer->state != ANSWER_NONE && !answer->is_active;
}

static void note_answers(struct evaluation *a, struct arena *arena)
{
    const char *lacking = list_ids(a, arena, is_lacking);
    const char *inactive = list_ids(a, arena, evaluation_is_inactive);

    if (*lacking)
        add_note(a, "required",
                 (struct words){{arena_printf(arena, "Câu bắt buộc chưa trả lời: %s.", lacking),
                                 arena_printf(arena, "Required and not answered: %s.", lacking)}});
    if (*inactive)
        add_note(
            a, "inactive",
            (struct words){{arena_printf(arena,
                                         "Câu trả lời được giữ lại nhưng không tính, vì câu hỏi "
                                         "không áp dụng với các câu trả lời khác: %s.",
                                         inactive),
                            arena_printf(arena,
                                         "Kept but not counted, because other answers hide "
                                         "the question: %s.",
                                         inactive)}});
}

enum status evaluate(struct workspace *ws, struct arena *arena, const struct response *response,
                   bool with_policies, day on, struct evaluation *out, struct err *err)
{
    const struct scorer *scorer = workspace_scorer(ws, response->questionnaire->ref, err);

    return scorer ? evaluate_with(ws, scorer, arena, response, with_policies, on, out, err)
                  : err->status;
}

enum status evaluate_with(struct workspace *ws, const struct scorer *scorer, struct arena *arena,
                        const struct response *response, bool with_policies, day on,
                        struct evaluation *out, struct err *err)
{
    const struct catalogue *catalogue =
        with_policies ? workspace_catalogue(ws, err) : workspace_reference(ws, err);

    if (!catalogue)
        return err->status;
    *out = (struct evaluation){.response = response, .scorer = scorer, .on = on};
    score_answers(out->scorer, response->answers, &out->score);
    out->note_count = score_notes(&out->score, arena, out->notes);
    out->applicant =
        applicant_new(arena, catalogue, response->values, response->submitted_on, on, &out->score);
    if (with_policies)
        out->match = match_all(out->applicant, arena);
    note_answers(out, arena);
    note_form(out, arena);
    note_size(out, arena);
    out->flag_count = response_quality(response, arena, out->flags);
    return OK;
}

const char *evaluation_sentence(const struct evaluation *a, enum lang lang, struct arena *arena)
{
    const struct questionnaire *q = a->response->questionnaire;
    const struct score *score = &a->score;
    const struct level_rule *level = questionnaire_level(q, score_level(score));
    const char *name = level && level->name.in[lang] ? level->name.in[lang] : "";
    struct score_band band;

    if (score_band(score, a->response->answers, &band))
        return text_printf(arena, lang, "Có lẽ ở mức %d (trong khoảng mức %d đến %d), %s.",
                           "Probably level %d (between levels %d and %d), %s.", band.likely,
                           band.low, band.high, q->estimate.name.in[lang]);
    if (!level)
        return lang == LANG_VI ? "Chưa xếp mức được." : "No level can be given.";
    return text_printf(
        arena, lang, "Đạt %s/%s điểm, mức %d – %s.", "%s of %s points, level %d – %s.",
        text_of_number_short(arena, score_points(score, &score->total), 2, lang),
        text_of_number_short(arena, score_max(score, &score->total), 2, lang), level->level, name);
}

#include "survey/lint.h"

#include <string.h>

#include "base/text.h"
#include "rule/lint.h"

struct linter {
    struct arena *arena;
    const struct questionnaire *q;
    struct faults *faults;
};

/* ---- rules ---- */

static void lint_prefills(struct linter *l, const struct question *question)
{
    for (size_t i = 0; i < question->prefill_count; i++) {
        const struct rule_node *rule = question->prefills[i].rule;
        struct lint_range range = lint_rule(rule, l->q->fact_schema, NULL, l->arena);

        if (range.is_decided && !range.can_be_true)
            faults_warn(l->faults, json_place(rule->json, l->faults),
                        "câu '%s' không bao giờ được điền sẵn như thế này",
                        "the question '%s' is never filled in like this", question->id);
    }
}

static void lint_conditions(struct linter *l)
{
    for (size_t i = 0; i < l->q->question_count; i++) {
        const struct question *question = &l->q->questions[i];
        struct lint_range range;

        lint_prefills(l, question);
        if (!question->show_if)
            continue;
        range = lint_rule(question->show_if, &l->q->schema, NULL, l->arena);
        if (range.is_decided && !range.can_be_true)
            faults_warn(l->faults, json_place(question->show_if->json, l->faults),
                        "câu '%s' không bao giờ được hiện ra", "the question '%s' is never shown",
                        question->id);
        if (range.is_decided && !range.can_be_false)
            faults_warn(l->faults, json_place(question->show_if->json, l->faults),
                        "'show_if' của câu '%s' lúc nào cũng đúng, hãy bỏ đi",
                        "the 'show_if' of question '%s' is always true: leave it out",
                        question->id);
    }
    for (size_t i = 0; i < l->q->contradiction_count; i++) {
        const struct rule_node *rule = l->q->contradictions[i].rule;
        struct lint_range range = lint_rule(rule, &l->q->schema, NULL, l->arena);

        if (range.is_decided && !range.can_be_true)
            faults_warn(l->faults, json_place(rule->json, l->faults),
                        "mâu thuẫn này không bao giờ xảy ra", "this contradiction can never occur");
    }
}

/* ---- wording ---- */

/* Finds texts that read the same, marks and case aside. */
static void lint_twice(struct linter *l, struct map *seen, const char *text,
                       const struct json *json)
{
    const char *folded = text_fold(l->arena, text);

    if (map_put(seen, folded, strlen(folded), 1) != MAP_NONE)
        faults_warn(l->faults, json_place(json, l->faults), "'%s' xuất hiện hai lần",
                    "'%s' stands twice", text);
}

/* Options read the same, or officers are told to look for the same at two of them. */
static void lint_options(struct linter *l, const struct question *question)
{
    struct map texts, officer;

    map_init(&texts, l->arena);
    map_init(&officer, l->arena);
    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *option = &question->options[i];

        lint_twice(l, &texts, option->text.in[LANG_VI], question->json);
        if (option->officer.in[LANG_VI])
            lint_twice(l, &officer, option->officer.in[LANG_VI], question->json);
    }
}

static void lint_wording(struct linter *l)
{
    struct map texts, labels;

    map_init(&texts, l->arena);
    map_init(&labels, l->arena);
    for (size_t i = 0; i < l->q->question_count; i++) {
        const struct question *question = &l->q->questions[i];

        lint_twice(l, &texts, question->text.in[LANG_VI], question->json);
        if (question->label.in[LANG_VI] != question->text.in[LANG_VI])
            lint_twice(l, &labels, question->label.in[LANG_VI], question->json);
        lint_options(l, question);
    }
}

/* ---- weights ---- */

static bool is_one(struct ratio weight)
{
    return ratio_cmp(weight, ratio_of(1)) == 0;
}

static size_t scored_questions(const struct questionnaire *q, const struct dimension *dimension)
{
    size_t count = 0;

    for (size_t i = 0; i < dimension->question_count; i++)
        count += q->questions[dimension->first_question + i].is_scored;
    return count;
}

static void lint_dimension_weights(struct linter *l)
{
    size_t rated = 0;

    for (size_t d = 0; d < l->q->dimension_count; d++)
        rated += scored_questions(l->q, &l->q->dimensions[d]) > 0;
    for (size_t d = 0; d < l->q->dimension_count; d++) {
        const struct dimension *dimension = &l->q->dimensions[d];
        const struct json *json = l->q->questions[dimension->first_question].json;

        if (is_one(dimension->weight) || dimension->weight.num == 0)
            continue;
        if (l->q->total == AGGREGATE_POOLED || rated == 1)
            faults_warn(
                l->faults, json_place(json, l->faults),
                "trọng số của trụ cột '%s' không có tác dụng (tổng là 'pooled' hoặc chỉ có "
                "một trụ cột)",
                "the weight of dimension '%s' has no effect (the total is 'pooled', or it is "
                "the only one)",
                dimension->id);
    }
}

/* The only question of a dimension whose percent is all that counts. */
static void lint_question_weights(struct linter *l)
{
    for (size_t i = 0; i < l->q->question_count; i++) {
        const struct question *question = &l->q->questions[i];
        const struct dimension *dimension = &l->q->dimensions[question->dimension];

        if (is_one(question->weight))
            continue;
        if (!question->is_scored)
            faults_warn(l->faults, json_place(question->json, l->faults),
                        "trọng số của câu '%s' không có tác dụng vì câu này không chấm điểm",
                        "the weight of question '%s' has no effect: it is not scored",
                        question->id);
        else if (l->q->total == AGGREGATE_MEAN && scored_questions(l->q, dimension) == 1)
            faults_warn(l->faults, json_place(question->json, l->faults),
                        "trọng số của câu '%s' không có tác dụng vì trụ cột chỉ có một câu",
                        "the weight of question '%s' has no effect: it is alone in its dimension",
                        question->id);
    }
}

void questionnaire_lint(struct arena *arena, const struct questionnaire *q, struct faults *faults)
{
    struct linter l = {arena, q, faults};

    lint_conditions(&l);
    lint_wording(&l);
    lint_dimension_weights(&l);
    lint_question_weights(&l);
}

/* ---- estimates ---- */

static void check_criterion(const struct question *question, const struct question *original,
                            struct faults *faults)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (question_find_option(original, question->options[i].id) == MAP_NONE)
            faults_add(faults, json_place(question->json, faults),
                       "câu '%s' của bộ đầy đủ không có lựa chọn '%s'",
                       "the question '%s' of the whole questionnaire has no option '%s'",
                       original->id, question->options[i].id);
    }
}

void estimate_check(const struct questionnaire *q, const struct questionnaire *original,
                    struct faults *faults)
{
    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];
        size_t at = question->criterion ? questionnaire_find(original, question->criterion) : 0;

        if (!question->criterion)
            continue;
        if (at == MAP_NONE)
            faults_add(faults, json_place(question->json, faults), "%s không có câu '%s'",
                       "%s has no question '%s'", original->ref, question->criterion);
        else
            check_criterion(question, &original->questions[at], faults);
    }
}

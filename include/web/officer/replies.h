#ifndef WEB_OFFICER_REPLIES_H
#define WEB_OFFICER_REPLIES_H

#include "web/kit/views_json.h"

/* Replies in JSON of the pages for those who sign in, each beside its page. */
extern const struct json_shape shape_desk_form, shape_link, shape_setup, shape_account, shape_codes,
    shape_rights, shape_accounts, shape_one_account, shape_queue, shape_case, shape_conflict,
    shape_keys, shape_review_plan, shape_bulk_choose, shape_bulk, shape_plan, shape_plans,
    shape_plan_counts, shape_queue_paper, shape_queue_views, shape_audit;

/* Parts of them. */
extern const struct json_shape shape_desk_session, shape_right, shape_account_line,
    shape_queue_row, shape_queue_view, shape_case_part, shape_case_question, shape_case_thread,
    shape_case_act, shape_key_line, shape_plan_bar, shape_plan_risk, shape_bulk_act,
    shape_bulk_group, shape_bulk_line, shape_plan_line, shape_plan_count, shape_paper_row,
    shape_audit_line;

#endif

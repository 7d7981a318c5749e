#include "web/replies.h"

#include "base/array.h"
#include "web/enterprise/replies.h"
#include "web/officer/replies.h"
#include "web/public/replies.h"

const struct json_shape *const web_replies[] = {
    &shape_faults_reply, &shape_next_reply,  &shape_error_reply, &shape_home,
    &shape_begin,        &shape_begin_again, &shape_resume,      &shape_code,
    &shape_tasks,        &shape_form,        &shape_saved,       &shape_check,
    &shape_confirm,      &shape_status,      &shape_evidence,    &shape_data,
    &shape_policies,     &shape_policy,      &shape_money,       &shape_verify,
    &shape_keys,         &shape_key_line,
    &shape_desk_form,    &shape_link,        &shape_setup,       &shape_account,
    &shape_codes,        &shape_rights,      &shape_accounts,    &shape_one_account,
    &shape_queue,        &shape_case,        &shape_conflict,    &shape_bulk_choose,
    &shape_bulk,         &shape_queue_paper, &shape_queue_views, &shape_plan,
    &shape_plans,        &shape_plan_counts,
    &shape_audit,
};
const size_t web_reply_count = ARRAY_SIZE(web_replies);

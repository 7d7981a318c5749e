#include "sql_desk.h"

/* Lines are broken where SQL breaks. */
/* clang-format off */

/* A case; read_case() in cases.c reads the same order. */
#define CASE_STANDING_COLUMNS                                                                      \
    "state, edition, assignee, proposer, due_on, days_left, firm_due_on, reason_code, reason,"     \
    " verified_points, verified_level"
#define CASE_SHOWN_COLUMNS                                                                         \
    "round, questionnaire, name, tax_code, form, section, area, size_class, submitted_on, points," \
    " points_max, level, margin, margin_in, support_vnd, files, asked, answered, flag_count, flags"
#define CASE_COLUMNS                                                                               \
    "SELECT id, assessment, version, revision, state_at, touched_at, " CASE_STANDING_COLUMNS ", "  \
    CASE_SHOWN_COLUMNS ", objected_at FROM review_case"

/* What an account may see ($1: areas, $2: who, to whom some are given), and of that what is asked
 * for. Only the columns of the table itself are looked at: a list of 50,000 takes some 20 ms. */
#define CASE_SEEN                                                                                  \
    " WHERE (CAST($1 AS TEXT) IS NULL OR $1 LIKE '%|' || area || '|%'"                             \
    " OR (CAST($2 AS BIGINT) <> 0 AND assignee = $2))"
/* What was verified is objected to, and was not verified anew since. */
#define CASE_OBJECTED "state = 'verified' AND objected_at <> '' AND objected_at >= state_at"
#define CASE_FILTERS                                                                               \
    CASE_SEEN                                                                                      \
    " AND (CAST($3 AS TEXT) IS NULL OR $3 LIKE '%|' || state || '|%'"                              \
    " OR (" CASE_OBJECTED " AND $3 LIKE '%|objected|%'))"                                          \
    " AND (CAST($4 AS BIGINT) = 0 OR assignee = $4 OR (CAST($4 AS BIGINT) < 0 AND assignee = 0))"  \
    " AND (CAST($5 AS TEXT) IS NULL OR CASE WHEN area = '' THEN 'unknown' ELSE area END = $5)"     \
    " AND (CAST($6 AS TEXT) IS NULL OR CASE WHEN section = '' THEN 'unknown' ELSE section END"     \
    " = $6)"                                                                                       \
    " AND (CAST($7 AS TEXT) IS NULL OR size_class = $7)"                                           \
    " AND (CAST($8 AS TEXT) IS NULL OR round = $8)"                                                \
    " AND (CAST($9 AS TEXT) IS NULL OR name_fold LIKE $9 OR tax_code LIKE $10)"                    \
    " AND (CAST($11 AS TEXT) IS NULL OR (due_on <> '' AND due_on <= $11))"                         \
    " AND (CAST($12 AS BIGINT) < 0 OR level = $12)"                                                \
    " AND (CAST($13 AS BIGINT) = 0 OR (flags & $13) <> 0)"                                         \
    " AND (CAST($14 AS BIGINT) = 0 OR files = 0)"                                                  \
    " AND (CAST($15 AS TEXT) IS NULL OR (firm_due_on <> '' AND firm_due_on < $15))"
/* By the column of enum case_sort in $16; what has no day comes behind what has one. */
#define CASE_ORDER(direction)                                                                      \
    " ORDER BY CASE CAST($16 AS BIGINT) WHEN 0 THEN CASE due_on WHEN '' THEN '~' ELSE due_on END" \
    " WHEN 1 THEN state WHEN 2 THEN name_fold WHEN 3 THEN area WHEN 4 THEN section ELSE '' END"    \
    direction ", CASE CAST($16 AS BIGINT) WHEN 5 THEN points WHEN 6 THEN COALESCE(level, -1)"      \
    " WHEN 7 THEN CASE WHEN margin = 0 THEN 1000 ELSE ABS(margin) END WHEN 8 THEN support_vnd"     \
    " WHEN 9 THEN files WHEN 10 THEN flag_count ELSE 0 END" direction ", id"                       \
    " LIMIT $17 OFFSET $18"

/* What a row of a plan consists of; plans.c reads the same order. The name and area of its
 * enterprise stand behind, and its latest case: an assessment has the number of the round, and in
 * its last 28 bits that of the enterprise (store.h). */
#define PLAN_COLUMNS                                                                               \
    "SELECT p.id, p.version, p.enterprise, p.is_province, p.person, p.task, p.due_on,"             \
    " p.responsibility, p.authority, p.result, p.state, p.done_on, p.source, p.changed_at,"        \
    " p.account, COALESCE(e.name, ''), COALESCE(e.area, ''),"                                      \
    " COALESCE((SELECT MAX(c.id) FROM round r JOIN review_case c"                                  \
    " ON c.assessment = r.id * 268435456 + p.enterprise), 0)"
#define PLAN_ROWS " FROM plan_row p LEFT JOIN enterprise e ON e.id = p.enterprise"
/* $1 enterprise (0: all), $2 1: only the province's, 2: only the others, 3: of no enterprise,
 * $3 only what is not finished, $4 and $5 due between these days, $6 the areas that may be seen,
 * $7 states. */
#define PLAN_FILTERS                                                                               \
    " WHERE (CAST($1 AS BIGINT) = 0 OR p.enterprise = $1)"                                         \
    " AND CASE CAST($2 AS BIGINT) WHEN 0 THEN 1 WHEN 1 THEN p.is_province"                         \
    " WHEN 2 THEN 1 - p.is_province WHEN 3 THEN CASE WHEN p.enterprise IS NULL THEN 1 ELSE 0 END"  \
    " END = 1"                                                                                     \
    " AND (CAST($3 AS BIGINT) = 0 OR p.state IN ('open', 'doing'))"                                \
    " AND (CAST($4 AS TEXT) IS NULL OR p.due_on >= $4)"                                            \
    " AND (CAST($5 AS TEXT) IS NULL OR p.due_on <= $5)"                                            \
    " AND (CAST($6 AS TEXT) IS NULL OR e.id IS NULL"                                               \
    " OR $6 LIKE '%|' || e.area || '|%')"                                                          \
    " AND (CAST($7 AS TEXT) IS NULL OR $7 LIKE '%|' || p.state || '|%')"

/* What an account consists of; read_account() reads the same order. */
#define ACCOUNT_COLUMNS                                                                            \
    "SELECT id, name, full_name, role, version, is_disabled, password_hash, totp_key, totp_step,"  \
    " code_salt, link_until, created_at, password_at, factor_at, signed_in_at,"                    \
    " (SELECT COUNT(*) FROM account_code c WHERE c.account = account.id) FROM account"

#define AT(id) [(id) - SQL_DESK__FIRST]

static const char *const texts[SQL__MAX - SQL_DESK__FIRST] = {
    AT(SQL_ACCOUNT_ADD) =
        "INSERT INTO account (id, name, full_name, role, version, is_disabled, created_at,"
        " password_hash, password_at, totp_step, factor_at, link_until, signed_in_at)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM account), $1, $2, $3, 1, 0, $4, '', '', 0,"
        " '', 0, '') ON CONFLICT (name) DO NOTHING RETURNING id",
    AT(SQL_ACCOUNT_COUNT) = "SELECT COUNT(*) FROM account",
    AT(SQL_ACCOUNT_FIND) = ACCOUNT_COLUMNS " WHERE name = $1",
    AT(SQL_ACCOUNT_LOAD) = ACCOUNT_COLUMNS " WHERE id = $1",
    AT(SQL_ACCOUNT_BY_LINK) = ACCOUNT_COLUMNS " WHERE link_hash = $1 AND link_until > $2",
    AT(SQL_ACCOUNT_LIST) = ACCOUNT_COLUMNS " ORDER BY name",
    AT(SQL_ACCOUNT_CHANGE) =
        "UPDATE account SET role = $3, is_disabled = $4, version = version + 1"
        " WHERE id = $1 AND version = $2",
    /* $4 and $5: whether the password and the second factor go. */
    AT(SQL_ACCOUNT_SET_LINK) =
        "UPDATE account SET link_hash = $2, link_until = $3,"
        " password_hash = CASE WHEN CAST($4 AS BIGINT) = 1 THEN '' ELSE password_hash END,"
        " factor_at = CASE WHEN CAST($5 AS BIGINT) = 1 THEN '' ELSE factor_at END WHERE id = $1",
    AT(SQL_ACCOUNT_SET_PASSWORD) =
        "UPDATE account SET password_hash = $2, password_at = $3 WHERE id = $1",
    AT(SQL_ACCOUNT_USE_STEP) =
        "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2",
    AT(SQL_ACCOUNT_SET_SALT) = "UPDATE account SET code_salt = $2 WHERE id = $1",
    AT(SQL_ACCOUNT_SET_FACTOR) =
        "UPDATE account SET totp_key = $2, totp_step = $3, factor_at = $4 WHERE id = $1",
    AT(SQL_ACCOUNT_SIGNED_IN) =
        "UPDATE account SET signed_in_at = $2, link_hash = NULL, link_until = 0 WHERE id = $1",
    AT(SQL_ACCOUNT_AREA_ADD) =
        "INSERT INTO account_area (account, area) VALUES ($1, $2)"
        " ON CONFLICT (account, area) DO NOTHING",
    AT(SQL_ACCOUNT_AREA_LIST) = "SELECT area FROM account_area WHERE account = $1 ORDER BY area",
    AT(SQL_ACCOUNT_AREA_DROP) = "DELETE FROM account_area WHERE account = $1",
    AT(SQL_ACCOUNT_CODE_ADD) = "INSERT INTO account_code (account, hash) VALUES ($1, $2)",
    AT(SQL_ACCOUNT_CODE_LIST) = "SELECT hash FROM account_code WHERE account = $1",
    AT(SQL_ACCOUNT_CODE_DROP) = "DELETE FROM account_code WHERE account = $1",
    AT(SQL_ACCOUNT_CODE_USE) = "DELETE FROM account_code WHERE account = $1 AND hash = $2",
    AT(SQL_DESK_START) =
        "INSERT INTO account_session (id, hash, account, stage, started_at, used_at, proved_at,"
        " agent, seed) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM account_session), $1, $2, $3,"
        " $4, $5, $6, $7, $8)",
    AT(SQL_DESK_FIND) =
        "SELECT id, account, stage, started_at, used_at, proved_at, agent, seed"
        " FROM account_session WHERE hash = $1",
    AT(SQL_DESK_USE) = "UPDATE account_session SET used_at = $2 WHERE hash = $1",
    AT(SQL_DESK_PROVE) = "UPDATE account_session SET proved_at = $2 WHERE hash = $1",
    AT(SQL_DESK_END) = "DELETE FROM account_session WHERE hash = $1",
    AT(SQL_DESK_END_ONE) = "DELETE FROM account_session WHERE account = $1 AND id = $2",
    AT(SQL_DESK_END_ALL) =
        "DELETE FROM account_session WHERE account = $1"
        " AND (CAST($2 AS BYTEA) IS NULL OR hash <> $2)",
    AT(SQL_DESK_END_OLDEST) =
        "DELETE FROM account_session WHERE account = $1 AND id NOT IN (SELECT id"
        " FROM account_session WHERE account = $1 ORDER BY id DESC LIMIT $2)",
    AT(SQL_DESK_LIST) =
        "SELECT id, account, stage, started_at, used_at, proved_at, agent, seed"
        " FROM account_session WHERE account = $1 AND stage = 'open' AND started_at > $2"
        " AND used_at > $3 ORDER BY used_at DESC, id DESC",
    AT(SQL_DESK_SWEEP) =
        "DELETE FROM account_session WHERE started_at <= $1 OR used_at <= $2"
        " OR (stage <> 'open' AND started_at <= $3)",
    AT(SQL_AUDIT_LAST) = "SELECT id, hash FROM audit WHERE id = (SELECT MAX(id) FROM audit)",
    AT(SQL_AUDIT_ADD) =
        "INSERT INTO audit (id, at, account, actor, act, object, before, after, reason, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    AT(SQL_AUDIT_LIST) =
        "SELECT id, at, account, actor, act, object, before, after, reason, hash FROM audit"
        " ORDER BY id",
    AT(SQL_AUDIT_OF) =
        "SELECT id, at, account, actor, act, object, before, after, reason, hash FROM audit"
        " WHERE object = $1 ORDER BY id DESC LIMIT $2",
    AT(SQL_QUESTION_CLOSE) =
        "UPDATE dossier_question SET closed_at = $3, close_reason = $4 WHERE id = $2"
        " AND dossier = $1 AND closed_at = ''",

    AT(SQL_CASE_DUE_LIST) = "SELECT assessment FROM case_due ORDER BY assessment LIMIT $1",
    AT(SQL_CASE_DUE_ADD) =
        "INSERT INTO case_due (assessment) VALUES ($1) ON CONFLICT (assessment) DO NOTHING",
    AT(SQL_CASE_DUE_DONE) = "DELETE FROM case_due WHERE assessment = $1",
    AT(SQL_CASE_ADD) =
        "INSERT INTO review_case (id, assessment, version, revision, state_at, touched_at, "
        CASE_STANDING_COLUMNS ", " CASE_SHOWN_COLUMNS ", name_fold) VALUES"
        " ((SELECT COALESCE(MAX(id), 0) + 1 FROM review_case), $1, 1, $2, $3, $3, $4, $5, $6, $7,"
        " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,"
        " $26, $27, $28, $29, $30, $31, $32, $33, $34, $35) RETURNING id",
    AT(SQL_CASE_LOAD) = CASE_COLUMNS " WHERE id = $1",
    AT(SQL_CASE_OF_ASSESSMENT) = CASE_COLUMNS " WHERE assessment = $1",
    AT(SQL_CASE_IS_REVIEWED) =
        "SELECT id FROM review_case WHERE assessment = $1"
        " AND state NOT IN ('submitted', 'withdrawn', 'rejected')",
    AT(SQL_CASE_SHOW) =
        "UPDATE review_case SET revision = $2, round = $3, questionnaire = $4, name = $5,"
        " tax_code = $6, form = $7, section = $8, area = $9, size_class = $10, submitted_on = $11,"
        " points = $12, points_max = $13, level = $14, margin = $15, margin_in = $16,"
        " support_vnd = $17, files = $18, asked = $19, answered = $20, flag_count = $21,"
        " flags = $22, name_fold = $23 WHERE id = $1",
    AT(SQL_CASE_MOVE) =
        "UPDATE review_case SET version = version + 1, touched_at = $3,"
        " state_at = CASE WHEN state = $4 THEN state_at ELSE $3 END, state = $4, edition = $5,"
        " assignee = $6, proposer = $7, due_on = $8, days_left = $9, firm_due_on = $10,"
        " reason_code = $11, reason = $12, verified_points = $13, verified_level = $14"
        " WHERE id = $1 AND version = $2",
    AT(SQL_CASE_TOUCH) = "UPDATE review_case SET touched_at = $2 WHERE id = $1",
    AT(SQL_CASE_OBJECT) =
        "UPDATE review_case SET objected_at = $2 WHERE id = $1 AND objected_at = ''",
    AT(SQL_CASE_LIST) = CASE_COLUMNS CASE_FILTERS CASE_ORDER(""),
    AT(SQL_CASE_LIST_FALLING) = CASE_COLUMNS CASE_FILTERS CASE_ORDER(" DESC"),
    AT(SQL_CASE_TOTAL) = "SELECT COUNT(*) FROM review_case" CASE_FILTERS,
    /* $3: who asks; $4: today. */
    AT(SQL_CASE_COUNT) =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN is_open AND assignee = $3 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_open AND assignee = 0 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'answered' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'proposed' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_late THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_late AND assignee = $3 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN due_on = $4 AND assignee = $3 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'answered' AND assignee = $3 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN " CASE_OBJECTED " THEN 1 ELSE 0 END), 0)"
        " FROM (SELECT assignee, state, state_at, objected_at, due_on,"
        " state IN ('submitted', 'in_review', 'asked',"
        " 'answered', 'proposed', 'reopened') AS is_open, due_on <> '' AND due_on < $4 AS is_late"
        " FROM review_case" CASE_SEEN ") seen",
    AT(SQL_CASE_DELETE) = "DELETE FROM review_case WHERE id = $1",
    AT(SQL_CASE_VALUE_LIST) =
        "SELECT item, version, self, value, reason, note, account, at FROM case_value"
        " WHERE review_case = $1 ORDER BY item",
    AT(SQL_CASE_VALUE_ADD) =
        "INSERT INTO case_value (review_case, item, version, self, value, reason, note, account,"
        " at) VALUES ($1, $2, CAST($3 AS BIGINT) + 1, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (review_case, item) DO NOTHING",
    AT(SQL_CASE_VALUE_CHANGE) =
        "UPDATE case_value SET version = version + 1, self = $4, value = $5, reason = $6,"
        " note = $7, account = $8, at = $9 WHERE review_case = $1 AND item = $2 AND version = $3",
    AT(SQL_CASE_VALUE_DELETE) = "DELETE FROM case_value WHERE review_case = $1",
    AT(SQL_CASE_UNDO_PUT) =
        "INSERT INTO case_undo (review_case, act, account, until, " CASE_STANDING_COLUMNS
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    AT(SQL_CASE_UNDO_LOAD) =
        "SELECT act, account, until, " CASE_STANDING_COLUMNS " FROM case_undo"
        " WHERE review_case = $1",
    AT(SQL_CASE_UNDO_DROP) = "DELETE FROM case_undo WHERE review_case = $1",
    AT(SQL_CASE_FREEZE_ADD) =
        "INSERT INTO case_freeze (review_case, edition, at, proposer, decider, revision,"
        " self_points, self_level, points, points_max, level, questionnaire_hash, catalogue_hash,"
        " program_version, response, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12, $13, $14, $15, $16)",
    AT(SQL_CASE_FREEZE_LOAD) =
        "SELECT edition, at, proposer, decider, revision, self_points, self_level, points,"
        " points_max, level, questionnaire_hash, catalogue_hash, program_version, response, changes"
        " FROM case_freeze WHERE review_case = $1 AND (CAST($2 AS BIGINT) = 0 OR edition = $2)"
        " ORDER BY edition DESC LIMIT 1",
    AT(SQL_CASE_FREEZE_DROP) = "DELETE FROM case_freeze WHERE review_case = $1 AND edition = $2",
    AT(SQL_CASE_FREEZE_DELETE) = "DELETE FROM case_freeze WHERE review_case = $1",
    AT(SQL_SIGNING_KEY_ADD) =
        "INSERT INTO signing_key (id, public_key, secret_key, since, retired_at)"
        " VALUES ($1, $2, $3, $4, '')",
    AT(SQL_SIGNING_KEY_RETIRE) = "UPDATE signing_key SET retired_at = $1 WHERE retired_at = ''",
    AT(SQL_SIGNING_KEY_COUNT) = "SELECT COUNT(*) FROM signing_key",
    AT(SQL_SIGNING_KEY_LIST) =
        "SELECT id, public_key, secret_key, since, retired_at FROM signing_key"
        " ORDER BY CASE WHEN retired_at = '' THEN 0 ELSE 1 END, since DESC, id",

    AT(SQL_PLAN_ADD) =
        "INSERT INTO plan_row (id, version, enterprise, is_province, person, task, due_on,"
        " responsibility, authority, result, state, done_on, source, changed_at, account)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM plan_row), 1,"
        " NULLIF(CAST($1 AS BIGINT), 0), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        " RETURNING id",
    AT(SQL_PLAN_LOAD) = PLAN_COLUMNS PLAN_ROWS " WHERE p.id = $1",
    AT(SQL_PLAN_VERSION) = "SELECT version FROM plan_row WHERE id = $1",
    AT(SQL_PLAN_CHANGE) =
        "UPDATE plan_row SET version = version + 1, is_province = $3, person = $4, task = $5,"
        " due_on = $6, responsibility = $7, authority = $8, result = $9, state = $10,"
        " done_on = $11, changed_at = $12, account = $13 WHERE id = $1 AND version = $2",
    AT(SQL_PLAN_ENTERPRISE) = "SELECT id FROM enterprise WHERE id = $1",
    AT(SQL_PLAN_COUNT_OF) = "SELECT COUNT(*) FROM plan_row WHERE enterprise = $1",
    AT(SQL_PLAN_COUNT_FREE) = "SELECT COUNT(*) FROM plan_row WHERE enterprise IS NULL",
    AT(SQL_PLAN_COUNT) = "SELECT COUNT(*)" PLAN_ROWS PLAN_FILTERS,
    AT(SQL_PLAN_LIST) =
        PLAN_COLUMNS PLAN_ROWS PLAN_FILTERS " ORDER BY p.due_on, p.id LIMIT $8 OFFSET $9",
    AT(SQL_PLAN_LIST_OF) =
        PLAN_COLUMNS PLAN_ROWS PLAN_FILTERS " AND p.enterprise = $1 ORDER BY p.due_on, p.id"
        " LIMIT $8 OFFSET $9",
    /* $1 areas, $2 today. */
    AT(SQL_PLAN_SUMS) =
        "SELECT area, COUNT(DISTINCT enterprise), SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state = 'doing' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state = 'done' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state = 'dropped' THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN state IN ('open', 'doing') AND due_on < $2 THEN 1 ELSE 0 END)"
        " FROM (SELECT COALESCE(e.area, '') AS area, p.enterprise, p.state, p.due_on" PLAN_ROWS
        " WHERE CAST($1 AS TEXT) IS NULL OR e.id IS NULL OR $1 LIKE '%|' || e.area || '|%') seen"
        " GROUP BY area ORDER BY area",

    AT(SQL_AUDIT_PAGE) =
        "SELECT id, at, account, actor, act, object, before, after, reason, hash FROM audit"
        " WHERE (CAST($1 AS BIGINT) = 0 OR id < $1)"
        " AND (CAST($2 AS TEXT) IS NULL OR actor = $2)"
        " AND (CAST($3 AS TEXT) IS NULL OR act = $3)"
        " AND (CAST($4 AS TEXT) IS NULL OR object = $4)"
        " AND (CAST($5 AS TEXT) IS NULL OR object LIKE $5)"
        " AND (CAST($6 AS TEXT) IS NULL OR at >= $6)"
        " AND (CAST($7 AS TEXT) IS NULL OR at < $7)"
        " AND (CAST($8 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM review_case c WHERE c.id ="
        " CASE WHEN object LIKE 'case:%' THEN CAST(SUBSTR(object, 6) AS BIGINT) END"
        " AND ($8 LIKE '%|' || c.area || '|%' OR c.assignee = $9)))"
        " ORDER BY id DESC LIMIT $10",
};

const char *sql_desk_text(enum sql_id id)
{
    return texts[id - SQL_DESK__FIRST];
}

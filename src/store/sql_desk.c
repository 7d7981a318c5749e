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
    " AND (CAST($15 AS TEXT) IS NULL OR (firm_due_on <> '' AND firm_due_on < $15))"                \
    " AND (CAST($16 AS BIGINT) = 0 OR id IN (SELECT x.review_case FROM review_plan_case x"         \
    " WHERE x.plan = $16 AND x.part = $17))"
/* By the column of enum case_sort in $18; what has no day comes behind what has one. */
#define CASE_ORDER(direction)                                                                      \
    " ORDER BY CASE CAST($18 AS BIGINT) WHEN 0 THEN CASE due_on WHEN '' THEN '~' ELSE due_on END" \
    " WHEN 1 THEN state WHEN 2 THEN name_fold WHEN 3 THEN area WHEN 4 THEN section ELSE '' END"    \
    direction ", CASE CAST($18 AS BIGINT) WHEN 5 THEN points WHEN 6 THEN COALESCE(level, -1)"      \
    " WHEN 7 THEN CASE WHEN margin = 0 THEN 1000 ELSE ABS(margin) END WHEN 8 THEN support_vnd"     \
    " WHEN 9 THEN files WHEN 10 THEN flag_count WHEN 11 THEN (SELECT x.position"                   \
    " FROM review_plan_case x WHERE x.plan = $16 AND x.review_case = id) ELSE 0 END" direction     \
    ", id"
/* Only keys are sorted: far pages of long lists would carry all of the rows before them. */
#define CASE_PAGE(direction)                                                                       \
    CASE_COLUMNS " WHERE id IN (SELECT id FROM review_case" CASE_FILTERS CASE_ORDER(direction)     \
    " LIMIT $19 OFFSET $20)" CASE_ORDER(direction)

/* When a case came to be in the state $4, now $3: once it is left, these are what is left of it. */
#define CASE_TIMES                                                                                 \
    "made_at = CASE WHEN $4 = 'submitted' AND state <> 'submitted' THEN $3 ELSE made_at END,"      \
    " begun_at = CASE WHEN $4 IN ('submitted', 'withdrawn') THEN ''"                               \
    " WHEN begun_at = '' THEN $3 ELSE begun_at END,"                                               \
    " asked_at = CASE WHEN $4 = 'asked' AND state <> 'asked' THEN $3 ELSE asked_at END,"           \
    " answered_at = CASE WHEN $4 = 'answered' THEN $3 ELSE answered_at END,"                       \
    " proposed_at = CASE WHEN $4 = 'proposed' THEN $3 ELSE proposed_at END,"                       \
    " decided_at = CASE WHEN $4 = 'verified' THEN $3 ELSE decided_at END"

/* What says nothing of how right a file was, and waits for nobody. */
#define CASE_OUT "('withdrawn', 'rejected', 'expired')"
#define REVIEW_PLAN_COLUMNS                                                                        \
    "SELECT p.id, p.round, p.areas, p.seed, p.half_width, p.expected, p.risk_hours,"               \
    " p.minutes, p.files, p.made_at, p.account FROM review_plan p"

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

/* What somebody is told; outbox.c reads the same order. */
#define OUTBOX_COLUMNS                                                                             \
    "SELECT id, name, kind, owner_kind, owner, about, while_state, address, lang, detail, made_at,"\
    " state, attempts, not_before, changed_at FROM outbox"
#define BULK_COLUMNS                                                                               \
    "SELECT id, account, act, target, reason, query, state, made_at, ended_at FROM bulk_run"

/* Requests about data of the areas $1 (NULL: all), with the case of their dossier. */
#define DATA_REQUESTS_SEEN                                                                         \
    " FROM data_request r JOIN dossier d ON d.id = r.dossier"                                      \
    " LEFT JOIN review_case c ON c.assessment = d.assessment"                                      \
    " WHERE (CAST($1 AS TEXT) IS NULL OR $1 LIKE '%|' || c.area || '|%')"
/* What a file of the inbox consists of; read_inbox() reads the same order. */
#define INBOX_COLUMNS                                                                              \
    "SELECT i.id, i.version, i.state, i.sender, i.sender_key, i.file, i.hash, i.size, i.account,"  \
    " i.received_at, i.questionnaire, i.round, i.fault_vi, i.fault_en, i.separator, i.header,"     \
    " i.columns, i.checked_at, i.import, i.areas FROM inbox i"
/* Whether a row r is of areas $n (NULL: all): what it says, and what it would change. */
#define INBOX_OWN(n)                                                                               \
    " (CAST($" #n " AS TEXT) IS NULL OR (r.area || r.stored_area <> ''"                            \
    " AND (r.area = '' OR $" #n " LIKE '%|' || r.area || '|%')"                                    \
    " AND (r.stored_area = '' OR $" #n " LIKE '%|' || r.stored_area || '|%')))"

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
        CASE_STANDING_COLUMNS ", " CASE_SHOWN_COLUMNS ", name_fold, made_at) VALUES"
        " ((SELECT COALESCE(MAX(id), 0) + 1 FROM review_case), $1, 1, $2, $3, $3, $4, $5, $6, $7,"
        " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,"
        " $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $3) RETURNING id",
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
        " reason_code = $11, reason = $12, verified_points = $13, verified_level = $14, "
        CASE_TIMES
        " WHERE id = $1 AND version = $2",
    AT(SQL_CASE_TOUCH) = "UPDATE review_case SET touched_at = $2 WHERE id = $1",
    AT(SQL_CASE_OBJECT) =
        "UPDATE review_case SET objected_at = $2 WHERE id = $1 AND objected_at = ''",
    AT(SQL_CASE_LIST) = CASE_PAGE(""),
    AT(SQL_CASE_LIST_FALLING) = CASE_PAGE(" DESC"),
    AT(SQL_CASE_TOTAL) = "SELECT COUNT(*) FROM review_case" CASE_FILTERS,
    /* $3: who asks; $4: today. Cases of one state, assignee and day are counted together, by the
     * index that has all of it: an eighth of the time of looking at each. */
    AT(SQL_CASE_COUNT) =
        "SELECT COALESCE(SUM(n), 0),"
        " COALESCE(SUM(CASE WHEN is_open AND assignee = $3 THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_open AND assignee = 0 THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'answered' THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'proposed' THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_late THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN is_late AND assignee = $3 THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN due_on = $4 AND assignee = $3 THEN n ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN state = 'answered' AND assignee = $3 THEN n ELSE 0 END), 0),"
        " (SELECT COUNT(*) FROM review_case" CASE_SEEN " AND " CASE_OBJECTED ")"
        " FROM (SELECT assignee, state, due_on, COUNT(*) AS n,"
        " state IN ('submitted', 'in_review', 'asked',"
        " 'answered', 'proposed', 'reopened') AS is_open, due_on <> '' AND due_on < $4 AS is_late"
        " FROM review_case" CASE_SEEN " GROUP BY state, assignee, due_on) seen",
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

    AT(SQL_REVIEW_PLAN_CANDIDATES) =
        "SELECT id, section, size_class, flags, files, margin, support_vnd,"
        " CASE WHEN state = 'verified' THEN 0 ELSE 1 END FROM review_case" CASE_SEEN
        " AND round = $3 AND state NOT IN " CASE_OUT " ORDER BY section, size_class, id",
    AT(SQL_REVIEW_PLAN_ADD) =
        "INSERT INTO review_plan (id, round, areas, seed, half_width, expected, risk_hours,"
        " minutes, files, made_at, account)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM review_plan), $1, $2, $3, $4, $5, $6, $7,"
        " $8, $9, $10) RETURNING id",
    AT(SQL_REVIEW_PLAN_ADD_STRATUM) =
        "INSERT INTO review_plan_stratum (plan, stratum, section, size_class, files, taken)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
    AT(SQL_REVIEW_PLAN_ADD_CASE) =
        "INSERT INTO review_plan_case (plan, review_case, part, stratum, position,"
        " chance, expected_vnd) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    AT(SQL_REVIEW_PLAN_NEWEST) =
        REVIEW_PLAN_COLUMNS " WHERE (CAST($2 AS TEXT) IS NULL OR p.round = $2)"
        " AND (CAST($1 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM review_plan_case x"
        " JOIN review_case c ON c.id = x.review_case WHERE x.plan = p.id"
        " AND $1 LIKE '%|' || c.area || '|%')) ORDER BY p.id DESC LIMIT 1",
    AT(SQL_REVIEW_PLAN_STRATA) =
        "SELECT s.section, s.size_class, s.files, s.taken,"
        " COALESCE(SUM(CASE WHEN c.state = 'verified' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN c.state = 'verified' AND c.proposer <> 0 THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN c.state IN " CASE_OUT " THEN 1 ELSE 0 END), 0)"
        " FROM review_plan_stratum s LEFT JOIN review_plan_case x ON x.plan = s.plan"
        " AND x.stratum = s.stratum AND x.part = 'sample'"
        " LEFT JOIN review_case c ON c.id = x.review_case WHERE s.plan = $1"
        " GROUP BY s.stratum, s.section, s.size_class, s.files, s.taken ORDER BY s.stratum",
    AT(SQL_REVIEW_PLAN_CASES) =
        "SELECT review_case, part, stratum, position, chance, expected_vnd"
        " FROM review_plan_case WHERE plan = $1 AND part = $2 ORDER BY position",
    AT(SQL_REVIEW_PLAN_PROGRESS) =
        "SELECT COALESCE(SUM(CASE WHEN part = 'sample' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN part = 'sample' AND is_done THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN part = 'risk' THEN 1 ELSE 0 END), 0),"
        " COALESCE(SUM(CASE WHEN part = 'risk' AND is_done THEN 1 ELSE 0 END), 0)"
        " FROM (SELECT x.part, c.state IN ('verified', 'withdrawn', 'rejected', 'expired')"
        " AS is_done FROM review_plan_case x JOIN review_case c ON c.id = x.review_case" CASE_SEEN
        " AND x.plan = $3) seen",
    AT(SQL_REVIEW_PLAN_LEARNED) =
        "SELECT flags, CASE WHEN files > 0 THEN 1 ELSE 0 END,"
        " CASE WHEN margin <> 0 AND ABS(margin) <= $1 THEN 1 ELSE 0 END, COUNT(*),"
        " SUM(CASE WHEN proposer <> 0 THEN 1 ELSE 0 END) FROM review_case"
        " WHERE state = 'verified' AND id IN (SELECT review_case FROM review_plan_case"
        " WHERE part = 'sample') GROUP BY 1, 2, 3",
    AT(SQL_REVIEW_PLAN_EFFORTS) =
        "SELECT opened_at, CASE WHEN proposer <> 0 THEN proposed_at ELSE decided_at END"
        " FROM review_case WHERE state = 'verified' AND opened_at <> '' AND opened_at < CASE"
        " WHEN proposer <> 0 THEN proposed_at ELSE decided_at END AND SUBSTR(opened_at, 1, 10) ="
        " SUBSTR(CASE WHEN proposer <> 0 THEN proposed_at ELSE decided_at END, 1, 10)",
    AT(SQL_REVIEW_PLAN_ROUNDS) =
        "SELECT round, COUNT(*) FROM review_case" CASE_SEEN " GROUP BY round ORDER BY round DESC",
    AT(SQL_REVIEW_PLAN_FLAGS) =
        "SELECT flags, COUNT(*) FROM review_case" CASE_SEEN
        " AND round = $3 AND state NOT IN " CASE_OUT " GROUP BY flags",
    AT(SQL_REVIEW_PLAN_FORGET) = "DELETE FROM review_plan_case WHERE review_case = $1",
    /* $4: today. */
    AT(SQL_CASE_TIMES) =
        "SELECT state, CASE WHEN due_on <> '' AND due_on < $4 THEN 1 ELSE 0 END,"
        " CASE WHEN " CASE_OBJECTED " THEN 1 ELSE 0 END, CASE WHEN proposer <> 0 THEN 1 ELSE 0 END,"
        " made_at, begun_at, asked_at, answered_at, proposed_at, decided_at FROM review_case"
        CASE_SEEN " AND (CAST($3 AS TEXT) IS NULL OR round = $3)",
    AT(SQL_CASE_LOOK) =
        "UPDATE review_case SET opened_at = $2 WHERE id = $1"
        " AND SUBSTR(opened_at, 1, 10) <> SUBSTR($2, 1, 10)",
    AT(SQL_OUTBOX_ADD) =
        "INSERT INTO outbox (id, name, kind, owner_kind, owner, about, while_state, address, lang,"
        " detail, made_at, state, attempts, not_before, changed_at)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM outbox), $1, $2, $3, $4, $5, $6, $7, $8,"
        " $9, $10, $11, 0, $12, $10) ON CONFLICT (name) DO NOTHING",
    AT(SQL_OUTBOX_FIND) = OUTBOX_COLUMNS " WHERE name = $1",
    AT(SQL_OUTBOX_NEXT) =
        OUTBOX_COLUMNS " WHERE state = 'waiting' AND not_before <= $1 ORDER BY not_before, id"
        " LIMIT 1",
    AT(SQL_OUTBOX_MOVE) =
        "UPDATE outbox SET state = $3, attempts = $4, not_before = $5, changed_at = $6"
        " WHERE id = $1 AND state = $2",
    AT(SQL_OUTBOX_LOSE) =
        "UPDATE outbox SET state = 'unknown', changed_at = $1 WHERE state = 'sending'",
    AT(SQL_OUTBOX_OF) =
        OUTBOX_COLUMNS " WHERE owner_kind = $1 AND owner = $2 AND made_at >= $3"
        " ORDER BY id DESC LIMIT $4",
    AT(SQL_OUTBOX_UNSENT) =
        OUTBOX_COLUMNS " WHERE state IN ('failed', 'unknown')"
        " ORDER BY id DESC LIMIT $1",
    AT(SQL_OUTBOX_COUNT) = "SELECT state, COUNT(*) FROM outbox GROUP BY state",
    AT(SQL_OUTBOX_READDRESS) =
        "UPDATE outbox SET address = $3, state = CASE WHEN CAST($3 AS TEXT) = '' THEN 'screen'"
        " ELSE state END WHERE owner_kind = $1 AND owner = $2 AND state = 'waiting'",
    AT(SQL_OUTBOX_SUPERSEDE) =
        "UPDATE outbox SET state = 'dropped', changed_at = $4 WHERE owner_kind = 'dossier'"
        " AND owner = $1 AND about = $2 AND kind = $3 AND state = 'waiting'",
    AT(SQL_OUTBOX_ERASE) = "DELETE FROM outbox WHERE owner_kind = 'dossier' AND owner = $1",
    AT(SQL_MAIL_ADDRESS_SET) =
        "INSERT INTO mail_address (owner_kind, owner, address, given_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (owner_kind, owner) DO UPDATE SET address = $3, given_at = $4",
    AT(SQL_MAIL_ADDRESS_DROP) = "DELETE FROM mail_address WHERE owner_kind = $1 AND owner = $2",
    AT(SQL_MAIL_ADDRESS_OF) =
        "SELECT address FROM mail_address WHERE owner_kind = $1 AND owner = $2",
    AT(SQL_MAIL_ADDRESS_ERASE) =
        "DELETE FROM mail_address WHERE owner_kind = 'dossier' AND owner = $1",
    AT(SQL_CASE_DUE_COUNTS) =
        "SELECT assignee, SUM(CASE WHEN due_on < $1 THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN due_on = $1 THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN due_on > $1 THEN 1 ELSE 0 END) FROM review_case"
        " WHERE assignee <> 0 AND due_on <> '' AND due_on <= $2 GROUP BY assignee"
        " ORDER BY assignee",
    AT(SQL_CASE_UNTOUCHED) =
        CASE_COLUMNS " WHERE state IN ('submitted', 'in_review', 'answered', 'reopened')"
        " AND assignee <> 0 AND touched_at < $1 ORDER BY id LIMIT $2",
    AT(SQL_DATA_REQUEST_ADD) =
        "INSERT INTO data_request (id, dossier, kind, text, asked_at, due_on, state, answered_at,"
        " account, answer) SELECT (SELECT COALESCE(MAX(id), 0) + 1 FROM data_request),"
        " CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT),"
        " CAST($5 AS TEXT), 'open', '', 0, '' WHERE NOT EXISTS (SELECT 1 FROM data_request"
        " WHERE dossier = $1 AND kind = $2 AND state = 'open')",
    AT(SQL_DATA_REQUEST_LIST) =
        "SELECT r.id, r.dossier, r.kind, r.text, r.asked_at, r.due_on, r.state, r.answered_at,"
        " r.account, r.answer, COALESCE(c.id, 0), COALESCE(c.name, ''), COALESCE(c.area, '')"
        DATA_REQUESTS_SEEN " AND (CAST($2 AS BIGINT) = 0 OR r.dossier = $2)"
        " ORDER BY CASE r.state WHEN 'open' THEN 0 ELSE 1 END, r.due_on, r.id LIMIT $3",
    AT(SQL_DATA_REQUEST_ANSWER) =
        "UPDATE data_request SET state = $2, answer = $3, account = $4, answered_at = $5"
        " WHERE id = $1 AND state = 'open'",
    AT(SQL_DATA_REQUEST_COUNT) =
        "SELECT COUNT(*), COALESCE(SUM(CASE WHEN r.due_on < $2 THEN 1 ELSE 0 END), 0)"
        DATA_REQUESTS_SEEN " AND r.state = 'open'",
    AT(SQL_DATA_REQUEST_ERASE) = "UPDATE data_request SET text = '' WHERE dossier = $1",
    AT(SQL_BULK_ADD) =
        "INSERT INTO bulk_run (id, account, act, target, reason, query, state, made_at, ended_at)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM bulk_run), $1, $2, $3, $4, $5, $6, $7, $8)"
        " RETURNING id",
    AT(SQL_BULK_LOAD) = BULK_COLUMNS " WHERE id = $1",
    AT(SQL_BULK_ACTIVE) =
        BULK_COLUMNS " WHERE id = (SELECT MIN(id) FROM bulk_run"
        " WHERE state IN ('running', 'undoing'))",
    AT(SQL_BULK_MOVE) = "UPDATE bulk_run SET state = $2, ended_at = $3 WHERE id = $1",
    AT(SQL_BULK_LIST) =
        BULK_COLUMNS " WHERE account = $1 AND state <> 'ready' ORDER BY id DESC LIMIT $2",
    AT(SQL_BULK_DROP_ROWS) =
        "DELETE FROM bulk_row WHERE run IN (SELECT id FROM bulk_run WHERE account = $1"
        " AND state = 'ready')",
    AT(SQL_BULK_DROP) = "DELETE FROM bulk_run WHERE account = $1 AND state = 'ready'",
    AT(SQL_BULK_ROW_ADD) =
        "INSERT INTO bulk_row (run, review_case, version, revision, state, why_vi, why_en)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
    AT(SQL_BULK_ROW_SET) =
        "UPDATE bulk_row SET version = $3, state = $4, why_vi = $5, why_en = $6"
        " WHERE run = $1 AND review_case = $2",
    AT(SQL_BULK_ROWS) =
        "SELECT r.review_case, r.version, r.revision, r.state, r.why_vi, r.why_en,"
        " COALESCE(c.name, ''), COALESCE(c.tax_code, '')"
        " FROM bulk_row r LEFT JOIN review_case c ON c.id = r.review_case"
        " WHERE r.run = $1 AND (CAST($2 AS TEXT) IS NULL OR r.state = $2)"
        " AND (CAST($3 AS TEXT) IS NULL OR r.why_vi = $3) AND r.review_case > $4"
        " ORDER BY r.review_case LIMIT $5",
    AT(SQL_BULK_GROUPS) =
        "SELECT state, why_vi, why_en, COUNT(*) FROM bulk_row WHERE run = $1"
        " GROUP BY state, why_vi, why_en ORDER BY COUNT(*) DESC, state, why_vi",
    AT(SQL_VIEW_ADD) =
        "INSERT INTO queue_view (id, account, name, query) VALUES"
        " ((SELECT COALESCE(MAX(id), 0) + 1 FROM queue_view), $1, $2, $3)"
        " ON CONFLICT (account, name) DO UPDATE SET query = $3",
    AT(SQL_VIEW_LIST) = "SELECT id, name, query FROM queue_view WHERE account = $1 ORDER BY name",
    AT(SQL_VIEW_RENAME) =
        "UPDATE queue_view SET name = $3 WHERE account = $1 AND id = $2 AND NOT EXISTS"
        " (SELECT 1 FROM queue_view o WHERE o.account = $1 AND o.name = $3 AND o.id <> $2)",
    AT(SQL_VIEW_DELETE) = "DELETE FROM queue_view WHERE account = $1 AND id = $2",
    AT(SQL_BULK_FORGET) = "DELETE FROM bulk_row WHERE review_case = $1",
    AT(SQL_CASE_CHANGED_LIST) =
        "SELECT DISTINCT review_case FROM case_value WHERE value <> '' ORDER BY review_case",
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
    AT(SQL_INBOX_ADD) =
        "INSERT INTO inbox (id, version, state, sender, sender_key, file, hash, size, account,"
        " received_at, questionnaire, round, fault_vi, fault_en, separator, header, columns,"
        " checked_at, import, areas)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM inbox), 1, 'received', $1, $2, $3, $4, $5,"
        " $6, $7, $8, $9, '', '', '', '', 0, '', 0, '') RETURNING id",
    AT(SQL_INBOX_SET) =
        "UPDATE inbox SET version = version + 1, state = $3, fault_vi = $4, fault_en = $5,"
        " separator = $6, header = $7, columns = $8, checked_at = $9, import = $10, areas = $11"
        " WHERE id = $1 AND version = $2",
    AT(SQL_INBOX_LOAD) = INBOX_COLUMNS " WHERE i.id = $1",
    /* $1 the areas, $2 the account: what it sent itself it sees always. */
    AT(SQL_INBOX_LIST) =
        INBOX_COLUMNS " WHERE i.id < $3 AND (CAST($1 AS TEXT) IS NULL OR i.account = $2"
        " OR EXISTS (SELECT 1 FROM inbox_row r WHERE r.inbox = i.id AND" INBOX_OWN(1) "))"
        " ORDER BY i.id DESC LIMIT $4",
    AT(SQL_INBOX_ENTERING) = "SELECT id FROM inbox WHERE state = 'entering' ORDER BY id LIMIT 1",
    AT(SQL_INBOX_CONTENT_ADD) = "INSERT INTO inbox_content (inbox, content) VALUES ($1, $2)",
    AT(SQL_INBOX_CONTENT) = "SELECT content FROM inbox_content WHERE inbox = $1",
    AT(SQL_INBOX_CONTENT_DROP) = "DELETE FROM inbox_content WHERE inbox = $1",
    AT(SQL_INBOX_ROW_ADD) =
        "INSERT INTO inbox_row (inbox, number, line, outcome, name, tax_code, area, stored_area,"
        " assessment, reason_vi, reason_en, cells, response)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    /* $2 outcomes "|new|changed|", $3 areas, $4 (0, 1) only what is not of them; in their order. */
    AT(SQL_INBOX_ROWS) =
        "SELECT r.number, r.line, r.outcome, r.name, r.tax_code, r.area, r.stored_area,"
        " r.assessment, r.reason_vi, r.reason_en, r.cells, r.response FROM inbox_row r"
        " WHERE r.inbox = $1 AND $2 LIKE '%|' || r.outcome || '|%'"
        " AND CASE WHEN" INBOX_OWN(3) " THEN 1 ELSE 0 END <> $4"
        " ORDER BY r.number LIMIT $5 OFFSET $6",
    AT(SQL_INBOX_COUNTS) =
        "SELECT r.outcome, CASE WHEN" INBOX_OWN(2) " THEN 1 ELSE 0 END, COUNT(*)"
        " FROM inbox_row r WHERE r.inbox = $1 GROUP BY 1, 2",
    AT(SQL_INBOX_ROW_DONE) =
        "UPDATE inbox_row SET outcome = $3, assessment = $4, stored_area = $5, reason_vi = $6,"
        " reason_en = $7, cells = CASE WHEN CAST($8 AS BIGINT) = 1 THEN '' ELSE cells END,"
        " response = CASE WHEN CAST($8 AS BIGINT) = 1 THEN '' ELSE response END"
        " WHERE inbox = $1 AND number = $2",
    AT(SQL_INBOX_ROWS_DROP) = "DELETE FROM inbox_row WHERE inbox = $1",
    AT(SQL_INBOX_FAULT_ADD) =
        "INSERT INTO inbox_fault (inbox, number, item, heading, text, guess, is_open, cells,"
        " bad_rows, line, fault_vi, fault_en)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    AT(SQL_INBOX_FAULTS) =
        "SELECT item, heading, text, guess, is_open, cells, bad_rows, line, fault_vi, fault_en"
        " FROM inbox_fault WHERE inbox = $1 ORDER BY number",
    AT(SQL_INBOX_FAULTS_DROP) = "DELETE FROM inbox_fault WHERE inbox = $1",
    AT(SQL_INBOX_HEADING_ADD) =
        "INSERT INTO inbox_heading (inbox, number, heading, meaning, source, guess)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
    AT(SQL_INBOX_HEADINGS) =
        "SELECT heading, meaning, source, guess FROM inbox_heading WHERE inbox = $1"
        " ORDER BY number",
    AT(SQL_INBOX_HEADINGS_DROP) = "DELETE FROM inbox_heading WHERE inbox = $1",
    AT(SQL_INBOX_MEANING_SET) =
        "INSERT INTO inbox_meaning (sender_key, inbox, item, text, meaning, account, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (sender_key, inbox, item, text) DO UPDATE SET meaning = excluded.meaning,"
        " account = excluded.account, at = excluded.at",
    AT(SQL_INBOX_MEANING_DROP) =
        "DELETE FROM inbox_meaning WHERE sender_key = $1 AND inbox = $2 AND item = $3"
        " AND text = $4",
    /* What was said for this file first. */
    AT(SQL_INBOX_MEANINGS) =
        "SELECT inbox, item, text, meaning FROM inbox_meaning WHERE sender_key = $1"
        " AND inbox IN (0, $2) ORDER BY inbox DESC, item, text",
    AT(SQL_INBOX_STORED_AREA) = "SELECT area FROM review_case WHERE assessment = $1",
    AT(SQL_INBOX_IMPORT_OF) = "SELECT COALESCE(import, 0) FROM assessment WHERE id = $1",

};

const char *sql_desk_text(enum sql_id id)
{
    return texts[id - SQL_DESK__FIRST];
}

#include "store/sql.h"

#include <stddef.h>

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

/* What a revision consists of, in assessment (the current one) and in revision (older ones). */
#define RESULT_COLUMNS(t)                                                                          \
    t "number, " t "submitted_on, " t "minutes, " t "form, " t "section, " t "area, "              \
    t "size_class, " t "employees, " t "revenue_vnd, " t "capital_vnd, " t "total_points, "        \
    t "total_max, " t "total_percent, " t "level, " t "by_total_only, " t "is_complete, "          \
    t "coverage, " t "origin, " t "imported_at, " t "dimensions, " t "facts, " t "answers, " \
    t "import"

/* What a row of a list or a single assessment consists of; read_row() reads the same order. */
#define ROW_COLUMNS                                                                                \
    "v.id, e.reference, e.tax_code, e.name, q.name || '@' || q.version, r.name,"                   \
    " v.number, v.submitted_on, v.minutes, v.form, v.section, v.area, v.size_class, v.employees,"  \
    " v.revenue_vnd, v.capital_vnd, v.total_points, v.total_max, v.total_percent, v.level,"        \
    " v.by_total_only, v.is_complete, v.coverage, v.imported_at, q.hash, o.catalogue_hash,"        \
    " o.program_version, o.source, v.is_withdrawn, v.import, v.dimensions, v.facts, v.answers"

#define ROW_JOINS                                                                                  \
    " JOIN round r ON r.id = v.round JOIN questionnaire q ON q.id = r.questionnaire"               \
    " JOIN origin o ON o.id = v.origin JOIN enterprise e ON e.id = v.enterprise"

/* The planner finds everything by the keys of an assessment: rounds, origins, enterprises. */
#define CURRENT_ROWS " FROM assessment v" ROW_JOINS

/* All assessments of enterprise $1: one key in each round. */
#define ENTERPRISE_ROWS                                                                            \
    " FROM round r JOIN questionnaire q ON q.id = r.questionnaire"                                 \
    " JOIN assessment v ON v.id = r.id * 268435456 + $1"                                           \
    " JOIN origin o ON o.id = v.origin JOIN enterprise e ON e.id = v.enterprise"
#define LATEST_FIRST " ORDER BY v.submitted_on IS NULL, v.submitted_on DESC, v.id DESC"

/* Assessments are read in blocks by key, so that nobody waits long for who reads. */
#define BLOCK " AND v.id > $17 AND v.id <= $18"

/* All revisions of assessment $1. */
#define REVISION_ROWS                                                                              \
    " FROM (SELECT id, enterprise, round, is_withdrawn, " RESULT_COLUMNS("")                       \
    " FROM assessment WHERE id = $1 UNION ALL"                                                     \
    " SELECT a.id, a.enterprise, a.round, a.is_withdrawn, " RESULT_COLUMNS("t.")                   \
    " FROM assessment a JOIN revision t"                                                           \
    " ON t.id BETWEEN a.id * 65536 AND a.id * 65536 + 65535 WHERE a.id = $1) v" ROW_JOINS

/* An absent parameter filters nothing; 'unknown' finds what was not given. */
#define TEXT_FILTER(n, column)                                                                     \
    " (CAST($" #n " AS TEXT) IS NULL OR COALESCE(" column ", 'unknown') = $" #n ")"

#define WORD_FILTER(n) " (CAST($" #n " AS TEXT) IS NULL OR e.name_fold LIKE $" #n ")"

/* What was withdrawn counts no more. */
#define FILTERS                                                                                    \
    " WHERE v.is_withdrawn = 0"                                                                    \
    " AND" TEXT_FILTER(1, "r.name") " AND" TEXT_FILTER(2, "q.name || '@' || q.version")            \
    " AND" TEXT_FILTER(3, "v.area") " AND" TEXT_FILTER(4, "v.section")                             \
    " AND" TEXT_FILTER(5, "v.size_class") " AND" TEXT_FILTER(6, "v.form")                          \
    " AND (CAST($7 AS BIGINT) IS NULL OR v.level = $7)"                                            \
    " AND (CAST($19 AS BIGINT) IS NULL OR v.is_complete = 0)"                                      \
    " AND" TEXT_FILTER(8, "e.reference")                                                           \
    " AND" WORD_FILTER(9) " AND" WORD_FILTER(10) " AND" WORD_FILTER(11) " AND" WORD_FILTER(12)     \
    " AND" WORD_FILTER(13) " AND" WORD_FILTER(14) " AND" WORD_FILTER(15) " AND" WORD_FILTER(16)

/* Facts with a column of their own, emptied where $1 ... say that the fact is personal. */
#define COLUMNS_ERASED(a, b, c, d, e, f)                                                           \
    "CASE WHEN $" #a " = 0 THEN form END, CASE WHEN $" #b " = 0 THEN section END,"                 \
    " CASE WHEN $" #c " = 0 THEN area END, CASE WHEN $" #d " = 0 THEN employees END,"              \
    " CASE WHEN $" #e " = 0 THEN revenue_vnd END, CASE WHEN $" #f " = 0 THEN capital_vnd END"

/* What a row of a plan consists of; plans.c reads the same order. The name and area of its
 * enterprise stand behind. */
#define PLAN_COLUMNS                                                                               \
    "SELECT p.id, p.version, p.enterprise, p.is_province, p.person, p.task, p.due_on,"             \
    " p.responsibility, p.authority, p.result, p.state, p.done_on, p.source, p.changed_at,"        \
    " p.account, COALESCE(e.name, ''), COALESCE(e.area, '')"
#define PLAN_ROWS " FROM plan_row p LEFT JOIN enterprise e ON e.id = p.enterprise"
/* $1 enterprise (0: all), $2 only the province's, $3 only what is not finished, $4 and $5 due
 * between these days, $6 the areas that may be seen. */
#define PLAN_FILTERS                                                                               \
    " WHERE (CAST($1 AS BIGINT) = 0 OR p.enterprise = $1)"                                         \
    " AND (CAST($2 AS BIGINT) = 0 OR p.is_province = 1)"                                           \
    " AND (CAST($3 AS BIGINT) = 0 OR p.state IN ('open', 'doing'))"                                \
    " AND (CAST($4 AS TEXT) IS NULL OR p.due_on >= $4)"                                            \
    " AND (CAST($5 AS TEXT) IS NULL OR p.due_on <= $5)"                                            \
    " AND (CAST($6 AS TEXT) IS NULL OR e.id IS NULL"                                               \
    " OR $6 LIKE '%|' || e.area || '|%')"

/* What an account consists of; read_account() reads the same order. */
#define ACCOUNT_COLUMNS                                                                            \
    "SELECT id, name, full_name, role, version, is_disabled, password_hash, totp_key, totp_step,"  \
    " code_salt, link_until, created_at, password_at, factor_at, signed_in_at,"                    \
    " (SELECT COUNT(*) FROM account_code c WHERE c.account = account.id) FROM account"

static const char *const texts[SQL__MAX] = {
    [SQL_MIGRATION_CREATE] =
        "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " checksum TEXT NOT NULL, applied_at TEXT NOT NULL)",
    [SQL_MIGRATION_LIST] = "SELECT number, name, checksum FROM migration ORDER BY number",
    [SQL_MIGRATION_ADD] =
        "INSERT INTO migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",

    [SQL_QUESTIONNAIRE_FIND] =
        "SELECT id, hash, content FROM questionnaire WHERE name = $1 AND version = $2",
    [SQL_QUESTIONNAIRE_ADD] =
        "INSERT INTO questionnaire (name, version, hash, content) VALUES ($1, $2, $3, $4)"
        " RETURNING id",
    [SQL_ROUND_FIND] = "SELECT id FROM round WHERE questionnaire = $1 AND name = $2",
    [SQL_ROUND_ADD] =
        "INSERT INTO round (questionnaire, name) VALUES ($1, $2) RETURNING id",
    [SQL_ROUND_LIST] =
        "SELECT q.name || '@' || q.version, r.name, r.id FROM round r"
        " JOIN questionnaire q ON q.id = r.questionnaire"
        " ORDER BY r.name DESC, q.name, q.version",
    [SQL_ROUND_COUNT] =
        "SELECT COUNT(*) FROM assessment WHERE id > $1 AND id <= $2 AND is_withdrawn = 0",
    [SQL_FACT_KEY_LIST] = "SELECT id, name FROM fact_key ORDER BY id",
    [SQL_FACT_KEY_ADD] = "INSERT INTO fact_key (id, name) VALUES ($1, $2)",
    [SQL_ORIGIN_FIND] =
        "SELECT id FROM origin WHERE catalogue_hash = $1 AND program_version = $2 AND source = $3",
    [SQL_ORIGIN_ADD] =
        "INSERT INTO origin (catalogue_hash, program_version, source) VALUES ($1, $2, $3)"
        " RETURNING id",

    [SQL_ENTERPRISE_LAST] = "SELECT COALESCE(MAX(id), 0) FROM enterprise",
    [SQL_ENTERPRISE_ADD] =
        "INSERT INTO enterprise (id, reference, tax_code, name, name_fold, area, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
    [SQL_ENTERPRISE_BY_TAX_CODE] =
        "SELECT id, name, reference FROM enterprise WHERE tax_code = $1",
    [SQL_ENTERPRISE_BRANCHED] = "SELECT substr(tax_code, 1, 10) FROM enterprise"
                                " WHERE length(tax_code) = 14 ORDER BY tax_code",
    [SQL_ENTERPRISE_BY_NAME] =
        "SELECT id, name, reference FROM enterprise"
        " WHERE tax_code IS NULL AND name_fold = $1 AND area = $2",
    [SQL_ENTERPRISE_LINK] = "UPDATE enterprise SET tax_code = $2, area = '' WHERE id = $1",
    [SQL_ENTERPRISE_BY_REFERENCE] =
        "SELECT id FROM enterprise WHERE id = $1 AND substr(reference, 1, length($2)) = $2",
    [SQL_ENTERPRISE_RENAME] =
        "UPDATE enterprise SET name = $2, name_fold = $3 WHERE id = $1 AND $4 >="
        " (SELECT COALESCE(MAX(COALESCE(v.submitted_on, '')), '') FROM round r"
        " JOIN assessment v ON v.id = r.id * 268435456 + $1)",

    [SQL_ASSESSMENT_CURRENT] =
        "SELECT number, submitted_on, minutes, facts, answers, is_withdrawn FROM assessment"
        " WHERE id = $1",
    [SQL_ASSESSMENT_ADD] =
        "INSERT INTO assessment (id, number, submitted_on, form, section, area, size_class,"
        " employees, revenue_vnd, capital_vnd, total_points, total_max, total_percent, level,"
        " by_total_only, is_complete, coverage, origin, imported_at, dimensions, facts, answers,"
        " minutes, import, enterprise, round) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)",
    [SQL_ASSESSMENT_REVISE] =
        "UPDATE assessment SET number = $2, submitted_on = $3, form = $4, section = $5, area = $6,"
        " size_class = $7, employees = $8, revenue_vnd = $9, capital_vnd = $10,"
        " total_points = $11, total_max = $12, total_percent = $13, level = $14,"
        " by_total_only = $15, is_complete = $16, coverage = $17, origin = $18, imported_at = $19,"
        " dimensions = $20, facts = $21, answers = $22, minutes = $23, import = $24,"
        " is_withdrawn = 0"
        " WHERE id = $1",
    [SQL_REVISION_KEEP] =
        "INSERT INTO revision (id, assessment, " RESULT_COLUMNS("") ")"
        " SELECT id * 65536 + number, id, " RESULT_COLUMNS("") " FROM assessment WHERE id = $1",
    [SQL_ASSESSMENT_WITHDRAW] = "UPDATE assessment SET is_withdrawn = $2 WHERE id = $1",

    [SQL_FIND] =
        "SELECT " ROW_COLUMNS ENTERPRISE_ROWS
        " WHERE (CAST($2 AS TEXT) IS NULL OR r.name = $2)"
        /* Who has the whole reference may see what was withdrawn. */
        " AND (r.id = CAST($3 AS BIGINT) OR ($3 IS NULL AND v.is_withdrawn = 0))"
        LATEST_FIRST " LIMIT 1",
    [SQL_LIST_OF_ENTERPRISE] =
        "SELECT " ROW_COLUMNS ENTERPRISE_ROWS " WHERE v.is_withdrawn = 0" LATEST_FIRST,
    [SQL_LOAD_CURRENT] = "SELECT " ROW_COLUMNS " FROM assessment v" ROW_JOINS " WHERE v.id = $1",
    [SQL_LOAD_REVISION] = "SELECT " ROW_COLUMNS REVISION_ROWS " WHERE v.number = $2",
    [SQL_LIST_REVISIONS] = "SELECT " ROW_COLUMNS REVISION_ROWS " ORDER BY v.number",
    /* The last of the next rows: there is none where fewer are left. */
    [SQL_BLOCK_END] =
        "SELECT id FROM assessment WHERE id > $1 AND id <= $2 ORDER BY id LIMIT 1 OFFSET $3",
    [SQL_EACH] = "SELECT " ROW_COLUMNS CURRENT_ROWS FILTERS BLOCK " ORDER BY v.id",
    [SQL_COUNT] =
        "SELECT COUNT(*), COUNT(CASE WHEN v.is_complete = 0 THEN 1 END),"
        " COUNT(*) - COUNT(v.level)" CURRENT_ROWS FILTERS BLOCK,
    /* What lists are sorted by; see take_key() in list_sorted.c. */
    [SQL_LIST_KEYS] =
        "SELECT v.id, e.name_fold, v.total_percent, v.level, v.area, v.section, v.size_class,"
        " r.name, v.submitted_on, v.is_complete, v.coverage" CURRENT_ROWS FILTERS BLOCK
        " ORDER BY v.id",
    [SQL_TOTALS] =
        "SELECT (SELECT COUNT(*) FROM enterprise), (SELECT COUNT(*) FROM assessment),"
        " (SELECT COUNT(*) FROM assessment) + (SELECT COUNT(*) FROM revision),"
        " (SELECT COUNT(*) FROM questionnaire), (SELECT MAX(imported_at) FROM assessment),"
        " (SELECT COUNT(*) FROM dossier)",

    [SQL_IMPORT_ADD] =
        "INSERT INTO import (file, hash, size, actor, started_at, ended_at, responses, inserted,"
        " revised, unchanged, rejected, rejects_hash)"
        " VALUES ($1, $2, $3, $4, $5, '', 0, 0, 0, 0, 0, '') RETURNING id",
    [SQL_IMPORT_NOTE] =
        "UPDATE import SET responses = $2, inserted = $3, revised = $4, unchanged = $5,"
        " rejected = $6, ended_at = $7, rejects_hash = $8 WHERE id = $1",
    [SQL_IMPORT_LIST] =
        "SELECT id, file, hash, size, actor, started_at, ended_at, responses, inserted, revised,"
        " unchanged, rejected FROM import WHERE id <= $1 ORDER BY id DESC LIMIT $2",
    [SQL_IMPORT_OF_REJECTS] = "SELECT id FROM import WHERE rejects_hash = $1 LIMIT 1",

    [SQL_DOSSIER_LAST] =
        "SELECT COALESCE(MAX(id), CAST($1 AS BIGINT)) FROM dossier WHERE id BETWEEN $1 AND $2",
    [SQL_DOSSIER_ADD] =
        "INSERT INTO dossier (id, state, version, questionnaire, content, progress, lang, revision,"
        " earlier, created_at, changed_at, submitted_at, consent_at, consent_version,"
        " consent_ended_at, erasure_asked_at, secret_hash, token_hash) VALUES ($1, 'draft', 1, $2,"
        " $3, $4, $5, 0, $6, $7, $7, '', '', '', '', '', $8, $9)",
    [SQL_DOSSIER_LOAD] =
        "SELECT id, state, version, questionnaire, content, progress, lang, assessment, revision,"
        " earlier, created_at, changed_at, submitted_at, consent_at, consent_version,"
        " consent_ended_at, erasure_asked_at FROM dossier WHERE id = $1",
    [SQL_DOSSIER_ANY] = "SELECT id FROM dossier WHERE id > $1 LIMIT 1",
    [SQL_DOSSIER_STATE] = "SELECT state, version FROM dossier WHERE id = $1",
    [SQL_DOSSIER_SAVE] =
        "UPDATE dossier SET state = $3, version = version + 1, content = $4, progress = $5,"
        " assessment = $6, revision = $7, changed_at = $8, submitted_at = $9, consent_at = $10,"
        " consent_version = $11, consent_ended_at = $12, erasure_asked_at = $13,"
        " questionnaire = $14"
        " WHERE id = $1 AND version = $2 AND state <> 'erased'",
    [SQL_DOSSIER_TOUCH] =
        "UPDATE dossier SET changed_at = $2 WHERE id = $1 AND state <> 'erased'",
    [SQL_DOSSIER_LOOK] =
        "SELECT id, CASE WHEN state = 'draft' AND assessment IS NULL AND submitted_at = ''"
        " AND changed_at < $2 THEN 1 ELSE 0 END FROM dossier WHERE id > $1 ORDER BY id LIMIT $3",
    [SQL_DOSSIER_NEWEST] = "SELECT MAX(changed_at) FROM dossier",
    [SQL_DOSSIER_OF_ASSESSMENT] =
        "SELECT id FROM dossier WHERE assessment = $1 ORDER BY submitted_at DESC, id DESC LIMIT 1",
    [SQL_DOSSIER_SECRET] =
        "SELECT id, secret_hash FROM dossier WHERE id = $1 AND secret_hash IS NOT NULL",
    [SQL_DOSSIER_SET_SECRET] =
        "UPDATE dossier SET secret_hash = $2, token_hash = $3"
        " WHERE id = $1 AND state <> 'erased'",
    [SQL_DOSSIER_BY_TOKEN] = "SELECT id FROM dossier WHERE token_hash = $1",

    [SQL_DOSSIER_ERASE] =
        "UPDATE dossier SET state = 'erased', version = version + 1, content = '',"
        " progress = '{}', assessment = NULL, revision = 0, earlier = NULL, changed_at = $2,"
        " secret_hash = NULL, token_hash = NULL WHERE id = $1",
    [SQL_DOSSIER_ERASE_EVENTS] = "UPDATE dossier_event SET text = '' WHERE dossier = $1",
    [SQL_DOSSIER_ERASE_QUESTIONS] =
        "UPDATE dossier_question SET text = '', reply = '', close_reason = '' WHERE dossier = $1",
    [SQL_DOSSIER_ERASE_EVIDENCE] = "DELETE FROM evidence WHERE dossier = $1",
    [SQL_DOSSIER_ERASE_SESSIONS] = "DELETE FROM session WHERE dossier = $1",
    [SQL_DOSSIER_ASSESSMENT] = "SELECT assessment FROM dossier WHERE id = $1",
    [SQL_DOSSIER_IS_SHARED] = "SELECT id FROM dossier WHERE assessment = $1 AND id <> $2 LIMIT 1",
    [SQL_DOSSIER_DETACH_EARLIER] = "UPDATE dossier SET earlier = NULL WHERE earlier = $1",
    [SQL_ASSESSMENT_MOVE] =
        "INSERT INTO assessment (id, enterprise, round, is_withdrawn, number, submitted_on,"
        " minutes, form, section, area, employees, revenue_vnd, capital_vnd, size_class,"
        " total_points, total_max, total_percent, level, by_total_only, is_complete, coverage,"
        " origin, imported_at, dimensions, facts, answers, import)"
        " SELECT $2, $3, round, is_withdrawn, number, submitted_on, minutes, "
        COLUMNS_ERASED(6, 7, 8, 9, 10, 11)
        ", size_class, total_points, total_max, total_percent, level, by_total_only, is_complete,"
        " coverage, origin, imported_at, dimensions, $4, $5, import FROM assessment WHERE id = $1",
    [SQL_REVISION_MOVE] =
        "UPDATE revision SET id = CAST($2 AS BIGINT) * 65536 + number, assessment = $2,"
        " facts = $4, answers = $5, (form, section, area, employees, revenue_vnd, capital_vnd) = ("
        "SELECT " COLUMNS_ERASED(6, 7, 8, 9, 10, 11) ")"
        " WHERE id = CAST($1 AS BIGINT) * 65536 + $3",
    [SQL_ASSESSMENT_DELETE] = "DELETE FROM assessment WHERE id = $1",
    [SQL_ENTERPRISE_DELETE] =
        "DELETE FROM enterprise WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM round r"
        " JOIN assessment v ON v.id = r.id * 268435456 + $1)",

    [SQL_SESSION_START] =
        "SELECT MIN(started_at), MAX(used_at) FROM session WHERE hash = $1 HAVING COUNT(*) > 0",
    [SQL_SESSION_COUNT] = "SELECT COUNT(*) FROM session WHERE hash = $1 AND dossier <> $2",
    [SQL_SESSION_GRANT] =
        "INSERT INTO session (hash, dossier, started_at, used_at)"
        " SELECT $1, id, CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM dossier"
        " WHERE id = $2 AND state <> 'erased'"
        " ON CONFLICT (hash, dossier) DO UPDATE SET used_at = excluded.used_at",
    [SQL_SESSION_CHECK] =
        "SELECT started_at, used_at FROM session WHERE hash = $1 AND dossier = $2",
    [SQL_SESSION_USE] = "UPDATE session SET used_at = $2 WHERE hash = $1",
    [SQL_SESSION_RENEW] = "UPDATE session SET hash = $2 WHERE hash = $1",
    [SQL_SESSION_END] = "DELETE FROM session WHERE hash = $1",
    [SQL_SESSION_END_OTHERS] =
        "DELETE FROM session WHERE dossier = $1 AND (CAST($2 AS BYTEA) IS NULL OR hash <> $2)",
    [SQL_SESSION_SWEEP] = "DELETE FROM session WHERE started_at <= $1 OR used_at <= $2",
    [SQL_LIMIT_FIND] = "SELECT full_at FROM try_limit WHERE name = $1",
    [SQL_LIMIT_SET] =
        "INSERT INTO try_limit (name, full_at, seconds_each) VALUES ($1, $2, $3)"
        " ON CONFLICT (name) DO UPDATE SET full_at = excluded.full_at,"
        " seconds_each = excluded.seconds_each",
    [SQL_LIMIT_RETURN] =
        "UPDATE try_limit SET full_at = full_at - seconds_each WHERE name = $1",
    [SQL_LIMIT_SWEEP] = "DELETE FROM try_limit WHERE full_at <= $1",
    [SQL_STORE_KEY_FIND] = "SELECT value FROM store_key WHERE name = $1",
    [SQL_STORE_KEY_ADD] = "INSERT INTO store_key (name, value) VALUES ($1, $2)",
    [SQL_STORE_KEY_SET] =
        "INSERT INTO store_key (name, value) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [SQL_STORE_KEY_RAISE] =
        "INSERT INTO store_key (name, value) VALUES ($1, $2)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        " WHERE store_key.value < excluded.value",

    [SQL_EVENT_ADD] =
        "INSERT INTO dossier_event (dossier, kind, at, actor, text)"
        " SELECT id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT)"
        " FROM dossier WHERE id = $1",
    [SQL_EVENT_LIST] =
        "SELECT kind, at, actor, text FROM dossier_event WHERE dossier = $1 ORDER BY id",
    [SQL_QUESTION_ADD] =
        "INSERT INTO dossier_question (dossier, question, text, asked_at, due_on, account, reply,"
        " replied_at) SELECT id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT),"
        " CAST($5 AS TEXT), CAST($6 AS BIGINT), '', ''"
        " FROM dossier WHERE id = $1 AND state <> 'erased'",
    [SQL_QUESTION_REPLY] =
        "UPDATE dossier_question SET reply = $3, replied_at = $4 WHERE id = $2 AND dossier ="
        " (SELECT id FROM dossier WHERE id = $1 AND state <> 'erased')",
    [SQL_QUESTION_LIST] =
        "SELECT id, question, text, asked_at, due_on, reply, replied_at, account, closed_at,"
        " close_reason FROM dossier_question"
        " WHERE dossier = $1 ORDER BY id",
    [SQL_EVIDENCE_FIND] =
        "SELECT id FROM evidence WHERE dossier = $1 AND question = $2 AND hash = $3",
    /* Without file $2, which counts once however often it is used. */
    [SQL_EVIDENCE_QUOTA] =
        "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM (SELECT DISTINCT hash, size FROM evidence"
        " WHERE dossier = $1 AND hash <> $2) file",
    [SQL_EVIDENCE_TOTAL] =
        "SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT hash, size FROM evidence"
        " WHERE hash <> $1) file",
    [SQL_EVIDENCE_IS_USED] = "SELECT size FROM evidence WHERE hash = $1 LIMIT 1",
    [SQL_EVIDENCE_HASHES] =
        "SELECT hash, MIN(size) FROM evidence WHERE hash > $1 GROUP BY hash ORDER BY hash"
        " LIMIT $2",
    [SQL_EVIDENCE_COUNT] = "SELECT COUNT(DISTINCT hash) FROM evidence",
    [SQL_EVIDENCE_ADD] =
        "INSERT INTO evidence (dossier, question, hash, type, name, size, added_at)"
        " SELECT id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT),"
        " CAST($6 AS BIGINT), CAST($7 AS TEXT) FROM dossier"
        " WHERE id = $1 AND state <> 'erased' RETURNING id",
    [SQL_EVIDENCE_LIST] =
        "SELECT id, question, hash, type, name, size, added_at FROM evidence"
        " WHERE dossier = $1 ORDER BY id",
    [SQL_EVIDENCE_REMOVE] = "DELETE FROM evidence WHERE id = $2 AND dossier = $1 RETURNING hash",
    [SQL_MEASURE_ADD] =
        "INSERT INTO measure (day, page, kind, number) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (day, page, kind) DO UPDATE SET number = measure.number + excluded.number",
    [SQL_MEASURE_LIST] =
        "SELECT day, page, kind, number FROM measure WHERE day >= $1 ORDER BY day, page, kind",

    [SQL_ACCOUNT_ADD] =
        "INSERT INTO account (id, name, full_name, role, version, is_disabled, created_at,"
        " password_hash, password_at, totp_step, factor_at, link_until, signed_in_at)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM account), $1, $2, $3, 1, 0, $4, '', '', 0,"
        " '', 0, '') ON CONFLICT (name) DO NOTHING RETURNING id",
    [SQL_ACCOUNT_COUNT] = "SELECT COUNT(*) FROM account",
    [SQL_ACCOUNT_FIND] = ACCOUNT_COLUMNS " WHERE name = $1",
    [SQL_ACCOUNT_LOAD] = ACCOUNT_COLUMNS " WHERE id = $1",
    [SQL_ACCOUNT_BY_LINK] = ACCOUNT_COLUMNS " WHERE link_hash = $1 AND link_until > $2",
    [SQL_ACCOUNT_LIST] = ACCOUNT_COLUMNS " ORDER BY name",
    [SQL_ACCOUNT_CHANGE] =
        "UPDATE account SET role = $3, is_disabled = $4, version = version + 1"
        " WHERE id = $1 AND version = $2",
    /* $4 and $5: whether the password and the second factor go. */
    [SQL_ACCOUNT_SET_LINK] =
        "UPDATE account SET link_hash = $2, link_until = $3,"
        " password_hash = CASE WHEN CAST($4 AS BIGINT) = 1 THEN '' ELSE password_hash END,"
        " factor_at = CASE WHEN CAST($5 AS BIGINT) = 1 THEN '' ELSE factor_at END WHERE id = $1",
    [SQL_ACCOUNT_SET_PASSWORD] =
        "UPDATE account SET password_hash = $2, password_at = $3 WHERE id = $1",
    [SQL_ACCOUNT_USE_STEP] =
        "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2",
    [SQL_ACCOUNT_SET_SALT] = "UPDATE account SET code_salt = $2 WHERE id = $1",
    [SQL_ACCOUNT_SET_FACTOR] =
        "UPDATE account SET totp_key = $2, totp_step = $3, factor_at = $4 WHERE id = $1",
    [SQL_ACCOUNT_SIGNED_IN] =
        "UPDATE account SET signed_in_at = $2, link_hash = NULL, link_until = 0 WHERE id = $1",
    [SQL_ACCOUNT_AREA_ADD] =
        "INSERT INTO account_area (account, area) VALUES ($1, $2)"
        " ON CONFLICT (account, area) DO NOTHING",
    [SQL_ACCOUNT_AREA_LIST] = "SELECT area FROM account_area WHERE account = $1 ORDER BY area",
    [SQL_ACCOUNT_AREA_DROP] = "DELETE FROM account_area WHERE account = $1",
    [SQL_ACCOUNT_CODE_ADD] = "INSERT INTO account_code (account, hash) VALUES ($1, $2)",
    [SQL_ACCOUNT_CODE_LIST] = "SELECT hash FROM account_code WHERE account = $1",
    [SQL_ACCOUNT_CODE_DROP] = "DELETE FROM account_code WHERE account = $1",
    [SQL_ACCOUNT_CODE_USE] = "DELETE FROM account_code WHERE account = $1 AND hash = $2",
    [SQL_DESK_START] =
        "INSERT INTO account_session (id, hash, account, stage, started_at, used_at, proved_at,"
        " agent, seed) VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM account_session), $1, $2, $3,"
        " $4, $5, $6, $7, $8)",
    [SQL_DESK_FIND] =
        "SELECT id, account, stage, started_at, used_at, proved_at, agent, seed"
        " FROM account_session WHERE hash = $1",
    [SQL_DESK_USE] = "UPDATE account_session SET used_at = $2 WHERE hash = $1",
    [SQL_DESK_PROVE] = "UPDATE account_session SET proved_at = $2 WHERE hash = $1",
    [SQL_DESK_END] = "DELETE FROM account_session WHERE hash = $1",
    [SQL_DESK_END_ONE] = "DELETE FROM account_session WHERE account = $1 AND id = $2",
    [SQL_DESK_END_ALL] =
        "DELETE FROM account_session WHERE account = $1"
        " AND (CAST($2 AS BYTEA) IS NULL OR hash <> $2)",
    [SQL_DESK_END_OLDEST] =
        "DELETE FROM account_session WHERE account = $1 AND id NOT IN (SELECT id"
        " FROM account_session WHERE account = $1 ORDER BY id DESC LIMIT $2)",
    [SQL_DESK_LIST] =
        "SELECT id, account, stage, started_at, used_at, proved_at, agent, seed"
        " FROM account_session WHERE account = $1 AND stage = 'open' AND started_at > $2"
        " AND used_at > $3 ORDER BY used_at DESC, id DESC",
    [SQL_DESK_SWEEP] =
        "DELETE FROM account_session WHERE started_at <= $1 OR used_at <= $2"
        " OR (stage <> 'open' AND started_at <= $3)",
    [SQL_AUDIT_LAST] = "SELECT id, hash FROM audit WHERE id = (SELECT MAX(id) FROM audit)",
    [SQL_AUDIT_ADD] =
        "INSERT INTO audit (id, at, account, actor, act, object, before, after, reason, hash)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    [SQL_AUDIT_LIST] =
        "SELECT id, at, account, actor, act, object, before, after, reason, hash FROM audit"
        " ORDER BY id",
    [SQL_AUDIT_OF] =
        "SELECT id, at, account, actor, act, object, before, after, reason, hash FROM audit"
        " WHERE object = $1 ORDER BY id DESC LIMIT $2",
    [SQL_QUESTION_CLOSE] =
        "UPDATE dossier_question SET closed_at = $3, close_reason = $4 WHERE id = $2"
        " AND dossier = $1 AND closed_at = ''",

    [SQL_CASE_DUE_LIST] = "SELECT assessment FROM case_due ORDER BY assessment LIMIT $1",
    [SQL_CASE_DUE_ADD] =
        "INSERT INTO case_due (assessment) VALUES ($1) ON CONFLICT (assessment) DO NOTHING",
    [SQL_CASE_DUE_DONE] = "DELETE FROM case_due WHERE assessment = $1",
    [SQL_CASE_ADD] =
        "INSERT INTO review_case (id, assessment, version, revision, state_at, touched_at, "
        CASE_STANDING_COLUMNS ", " CASE_SHOWN_COLUMNS ", name_fold) VALUES"
        " ((SELECT COALESCE(MAX(id), 0) + 1 FROM review_case), $1, 1, $2, $3, $3, $4, $5, $6, $7,"
        " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,"
        " $26, $27, $28, $29, $30, $31, $32, $33, $34, $35) RETURNING id",
    [SQL_CASE_LOAD] = CASE_COLUMNS " WHERE id = $1",
    [SQL_CASE_OF_ASSESSMENT] = CASE_COLUMNS " WHERE assessment = $1",
    [SQL_CASE_IS_REVIEWED] =
        "SELECT id FROM review_case WHERE assessment = $1"
        " AND state NOT IN ('submitted', 'withdrawn', 'rejected')",
    [SQL_CASE_SHOW] =
        "UPDATE review_case SET revision = $2, round = $3, questionnaire = $4, name = $5,"
        " tax_code = $6, form = $7, section = $8, area = $9, size_class = $10, submitted_on = $11,"
        " points = $12, points_max = $13, level = $14, margin = $15, margin_in = $16,"
        " support_vnd = $17, files = $18, asked = $19, answered = $20, flag_count = $21,"
        " flags = $22, name_fold = $23 WHERE id = $1",
    [SQL_CASE_MOVE] =
        "UPDATE review_case SET version = version + 1, touched_at = $3,"
        " state_at = CASE WHEN state = $4 THEN state_at ELSE $3 END, state = $4, edition = $5,"
        " assignee = $6, proposer = $7, due_on = $8, days_left = $9, firm_due_on = $10,"
        " reason_code = $11, reason = $12, verified_points = $13, verified_level = $14"
        " WHERE id = $1 AND version = $2",
    [SQL_CASE_TOUCH] = "UPDATE review_case SET touched_at = $2 WHERE id = $1",
    [SQL_CASE_OBJECT] =
        "UPDATE review_case SET objected_at = $2 WHERE id = $1 AND objected_at = ''",
    [SQL_CASE_LIST] = CASE_COLUMNS CASE_FILTERS CASE_ORDER(""),
    [SQL_CASE_LIST_FALLING] = CASE_COLUMNS CASE_FILTERS CASE_ORDER(" DESC"),
    [SQL_CASE_TOTAL] = "SELECT COUNT(*) FROM review_case" CASE_FILTERS,
    /* $3: who asks; $4: today. */
    [SQL_CASE_COUNT] =
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
    [SQL_CASE_DELETE] = "DELETE FROM review_case WHERE id = $1",
    [SQL_CASE_VALUE_LIST] =
        "SELECT item, version, self, value, reason, note, account, at FROM case_value"
        " WHERE review_case = $1 ORDER BY item",
    [SQL_CASE_VALUE_ADD] =
        "INSERT INTO case_value (review_case, item, version, self, value, reason, note, account,"
        " at) VALUES ($1, $2, CAST($3 AS BIGINT) + 1, $4, $5, $6, $7, $8, $9)"
        " ON CONFLICT (review_case, item) DO NOTHING",
    [SQL_CASE_VALUE_CHANGE] =
        "UPDATE case_value SET version = version + 1, self = $4, value = $5, reason = $6,"
        " note = $7, account = $8, at = $9 WHERE review_case = $1 AND item = $2 AND version = $3",
    [SQL_CASE_VALUE_DELETE] = "DELETE FROM case_value WHERE review_case = $1",
    [SQL_CASE_UNDO_PUT] =
        "INSERT INTO case_undo (review_case, act, account, until, " CASE_STANDING_COLUMNS
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    [SQL_CASE_UNDO_LOAD] =
        "SELECT act, account, until, " CASE_STANDING_COLUMNS " FROM case_undo"
        " WHERE review_case = $1",
    [SQL_CASE_UNDO_DROP] = "DELETE FROM case_undo WHERE review_case = $1",
    [SQL_CASE_FREEZE_ADD] =
        "INSERT INTO case_freeze (review_case, edition, at, proposer, decider, revision,"
        " self_points, self_level, points, points_max, level, questionnaire_hash, catalogue_hash,"
        " program_version, response, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
        " $11, $12, $13, $14, $15, $16)",
    [SQL_CASE_FREEZE_LOAD] =
        "SELECT edition, at, proposer, decider, revision, self_points, self_level, points,"
        " points_max, level, questionnaire_hash, catalogue_hash, program_version, response, changes"
        " FROM case_freeze WHERE review_case = $1 AND (CAST($2 AS BIGINT) = 0 OR edition = $2)"
        " ORDER BY edition DESC LIMIT 1",
    [SQL_CASE_FREEZE_DROP] = "DELETE FROM case_freeze WHERE review_case = $1 AND edition = $2",
    [SQL_CASE_FREEZE_DELETE] = "DELETE FROM case_freeze WHERE review_case = $1",
    [SQL_SIGNING_KEY_ADD] =
        "INSERT INTO signing_key (id, public_key, secret_key, since, retired_at)"
        " VALUES ($1, $2, $3, $4, '')",
    [SQL_SIGNING_KEY_RETIRE] = "UPDATE signing_key SET retired_at = $1 WHERE retired_at = ''",
    [SQL_SIGNING_KEY_COUNT] = "SELECT COUNT(*) FROM signing_key",
    [SQL_SIGNING_KEY_LIST] =
        "SELECT id, public_key, secret_key, since, retired_at FROM signing_key"
        " ORDER BY CASE WHEN retired_at = '' THEN 0 ELSE 1 END, since DESC, id",

    [SQL_PLAN_ADD] =
        "INSERT INTO plan_row (id, version, enterprise, is_province, person, task, due_on,"
        " responsibility, authority, result, state, done_on, source, changed_at, account)"
        " VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM plan_row), 1,"
        " NULLIF(CAST($1 AS BIGINT), 0), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        " RETURNING id",
    [SQL_PLAN_LOAD] = PLAN_COLUMNS PLAN_ROWS " WHERE p.id = $1",
    [SQL_PLAN_VERSION] = "SELECT version FROM plan_row WHERE id = $1",
    [SQL_PLAN_CHANGE] =
        "UPDATE plan_row SET version = version + 1, is_province = $3, person = $4, task = $5,"
        " due_on = $6, responsibility = $7, authority = $8, result = $9, state = $10,"
        " done_on = $11, changed_at = $12, account = $13 WHERE id = $1 AND version = $2",
    [SQL_PLAN_ENTERPRISE] = "SELECT id FROM enterprise WHERE id = $1",
    [SQL_PLAN_COUNT_OF] = "SELECT COUNT(*) FROM plan_row WHERE enterprise = $1",
    [SQL_PLAN_COUNT_FREE] = "SELECT COUNT(*) FROM plan_row WHERE enterprise IS NULL",
    [SQL_PLAN_COUNT] = "SELECT COUNT(*)" PLAN_ROWS PLAN_FILTERS,
    [SQL_PLAN_LIST] = PLAN_COLUMNS PLAN_ROWS PLAN_FILTERS " ORDER BY p.due_on, p.id LIMIT $7",
    [SQL_PLAN_LIST_OF] =
        PLAN_COLUMNS PLAN_ROWS PLAN_FILTERS " AND p.enterprise = $1 ORDER BY p.due_on, p.id"
        " LIMIT $7",
};

const char *sql_text(enum sql_id id)
{
    return texts[id];
}

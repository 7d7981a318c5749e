#include "store/sql.h"

#include "sql_desk.h"

#include <stddef.h>

/* Lines are broken where SQL breaks. */
/* clang-format off */

/* What a revision consists of, in assessment (the current one) and in revision (older ones). */
#define RESULT_COLUMNS(t) t "number, " RESULT_VALUES(t)
#define RESULT_VALUES(t)                                                                           \
    t "submitted_on, " t "minutes, " t "form, " t "section, " t "area, "                           \
    t "size_class, " t "employees, " t "revenue_vnd, " t "capital_vnd, " t "total_points, "        \
    t "total_max, " t "total_percent, " t "level, " t "by_total_only, " t "is_complete, "          \
    t "coverage, " t "origin, " t "imported_at, " t "dimensions, " t "facts, " t "answers, "       \
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

/* What an import consists of; read_import() reads the same order. */
#define IMPORT_COLUMNS                                                                             \
    "SELECT id, file, hash, size, actor, started_at, ended_at, responses, inserted, revised,"      \
    " unchanged, rejected, sender, account, undone_at, undone_by, inbox"       \
    " FROM import"

/* What stands on an assessment of import $1, once for each, by enum store_built_on. */
#define IMPORT_BUILT_ON                                                                            \
    "SELECT a.id AS assessment, a.enterprise AS enterprise, MIN(w.why) AS why FROM ("              \
    "SELECT v.id AS id, 1 AS why FROM assessment v JOIN review_case c ON c.assessment = v.id"      \
    " WHERE v.import = $1 AND v.is_withdrawn = 0 AND (c.state NOT IN ('submitted', 'withdrawn')"   \
    " OR EXISTS (SELECT 1 FROM case_freeze f WHERE f.review_case = c.id)"                          \
    " OR EXISTS (SELECT 1 FROM case_value o WHERE o.review_case = c.id))"                          \
    " UNION ALL SELECT t.assessment, 2 FROM revision t JOIN assessment v ON v.id = t.assessment"   \
    " WHERE t.import = $1 AND COALESCE(v.import, 0) <> $1"                                         \
    " UNION ALL SELECT v.id, 3 FROM assessment v JOIN dossier d ON d.assessment = v.id"            \
    " AND d.revision = v.number WHERE v.import = $1) w JOIN assessment a ON a.id = w.id"           \
    " GROUP BY a.id, a.enterprise"

static const char *const texts[SQL_DESK__FIRST] = {
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
        "SELECT number, submitted_on, minutes, facts, answers, is_withdrawn,"
        /* Whether the import that brought it was undone. */
        " CASE WHEN is_withdrawn = 1 THEN COALESCE((SELECT 1 FROM import i"
        " WHERE i.id = assessment.import AND i.undone_at <> ''), 0) ELSE 0 END"
        " FROM assessment WHERE id = $1",
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
        "INSERT INTO revision (id, assessment, is_withdrawn, " RESULT_COLUMNS("") ")"
        " SELECT id * 65536 + number, id, is_withdrawn, " RESULT_COLUMNS("")
        " FROM assessment WHERE id = $1",
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
        " revised, unchanged, rejected, rejects_hash, sender, account, inbox)"
        " VALUES ($1, $2, $3, $4, $5, '', 0, 0, 0, 0, 0, '', $6, $7, $8) RETURNING id",
    [SQL_IMPORT_NOTE] =
        "UPDATE import SET responses = $2, inserted = $3, revised = $4, unchanged = $5,"
        " rejected = $6, ended_at = $7, rejects_hash = $8 WHERE id = $1 AND undone_at = ''",
    [SQL_IMPORT_LIST] = IMPORT_COLUMNS " WHERE id <= $1 ORDER BY id DESC LIMIT $2",
    [SQL_IMPORT_OF_REJECTS] = "SELECT id FROM import WHERE rejects_hash = $1 LIMIT 1",
    [SQL_IMPORTS_OF_INBOX] = IMPORT_COLUMNS " WHERE inbox = $1 AND inbox <> 0 ORDER BY id",
    [SQL_IMPORT_LOAD] = IMPORT_COLUMNS " WHERE id = $1",
    [SQL_IMPORT_BUILT_ON] =
        "SELECT b.why, COALESCE(e.name, ''), COALESCE(e.tax_code, '') FROM (" IMPORT_BUILT_ON
        ") b JOIN enterprise e ON e.id = b.enterprise ORDER BY b.assessment LIMIT $2",
    [SQL_IMPORT_COUNT_BUILT_ON] = "SELECT COUNT(*) FROM (" IMPORT_BUILT_ON ") b",
    [SQL_IMPORT_ASSESSMENTS] =
        "SELECT id FROM assessment WHERE import = $1 AND id > $2 ORDER BY id LIMIT $3",
    /* What an assessment was before import $2; those that were undone meanwhile brought nothing. */
    [SQL_IMPORT_BEFORE] =
        "SELECT t.id FROM revision t WHERE t.id BETWEEN CAST($1 AS BIGINT) * 65536"
        " AND CAST($1 AS BIGINT) * 65536 + 65535 AND (t.import IS NULL OR (t.import <> $2"
        " AND NOT EXISTS (SELECT 1 FROM import i WHERE i.id = t.import AND i.undone_at <> '')))"
        " ORDER BY t.id DESC LIMIT 1",
    [SQL_IMPORT_RESTORE] =
        "UPDATE assessment SET number = number + 1, (is_withdrawn, " RESULT_VALUES("") ") ="
        " (SELECT t.is_withdrawn, " RESULT_VALUES("t.") " FROM revision t WHERE t.id = $2)"
        " WHERE id = $1",
    [SQL_IMPORT_UNDO] =
        "UPDATE import SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at = ''",

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

};

const char *sql_text(enum sql_id id)
{
    return id < SQL_DESK__FIRST ? texts[id] : sql_desk_text(id);
}

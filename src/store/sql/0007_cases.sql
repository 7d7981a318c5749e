-- Cases: assessments under review. Times are UTC texts, days YYYY-MM-DD, '' where there is none.

-- Assessments of which the case is to be made or looked at anew: they were stored, revised or
-- withdrawn since.
CREATE TABLE case_due (
    assessment BIGINT PRIMARY KEY
);

INSERT INTO case_due SELECT id FROM assessment;

-- One for each assessment. The columns from round on are what lists show, sort and filter by: made
-- from the assessment, so that no list has to read one. edition counts how often it was opened for
-- review; assignee, proposer are accounts (0: nobody). due_on is '' while the clock stands still
-- with days_left working days. Points are hundredths; level NULL: not rated; margin: the fewest
-- points that change the level, lost (below 0) or gained, in the dimensions margin_in ("" where the
-- sum decides); 0: none near.
CREATE TABLE review_case (
    id BIGINT PRIMARY KEY,
    assessment BIGINT NOT NULL UNIQUE REFERENCES assessment (id),
    state TEXT NOT NULL CHECK (state IN ('submitted', 'in_review', 'asked', 'answered', 'proposed',
        'verified', 'reopened', 'withdrawn', 'rejected', 'expired')),
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    assignee BIGINT NOT NULL,
    proposer BIGINT NOT NULL,
    state_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    days_left BIGINT NOT NULL,
    firm_due_on TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    verified_points BIGINT,
    verified_level BIGINT,
    round TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    form TEXT NOT NULL,
    section TEXT NOT NULL,
    area TEXT NOT NULL,
    size_class TEXT NOT NULL,
    submitted_on TEXT NOT NULL,
    points BIGINT NOT NULL,
    points_max BIGINT NOT NULL,
    level BIGINT,
    margin BIGINT NOT NULL,
    margin_in TEXT NOT NULL,
    support_vnd BIGINT NOT NULL,
    files BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    flag_count BIGINT NOT NULL,
    flags BIGINT NOT NULL
);

-- What the views of a queue count.
CREATE INDEX review_case_counts ON review_case (state, assignee, due_on, area);

-- What an officer made of an answer or of a fact ("answers.4.1.3", "facts.employees"): the value as
-- JSON, '' where it was only looked at and stays as it was answered. self is what it was answered
-- as then: another answer has to be looked at again.
CREATE TABLE case_value (
    review_case BIGINT NOT NULL REFERENCES review_case (id),
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    self TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    account BIGINT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (review_case, item)
);

-- The last act that touches others, as long as it may be taken back: what the case was before it.
CREATE TABLE case_undo (
    review_case BIGINT PRIMARY KEY REFERENCES review_case (id),
    act TEXT NOT NULL,
    account BIGINT NOT NULL,
    until BIGINT NOT NULL,
    state TEXT NOT NULL,
    edition BIGINT NOT NULL,
    assignee BIGINT NOT NULL,
    proposer BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    days_left BIGINT NOT NULL,
    firm_due_on TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    reason TEXT NOT NULL,
    verified_points BIGINT,
    verified_level BIGINT
);

-- What was verified, frozen: the response with the verified values, why each was changed, and all
-- that is needed to make its report again. Never changed; a new edition adds another.
CREATE TABLE case_freeze (
    review_case BIGINT NOT NULL REFERENCES review_case (id),
    edition BIGINT NOT NULL,
    at TEXT NOT NULL,
    proposer BIGINT NOT NULL,
    decider BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    self_points BIGINT NOT NULL,
    self_level BIGINT,
    points BIGINT NOT NULL,
    points_max BIGINT NOT NULL,
    level BIGINT,
    questionnaire_hash TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL,
    program_version TEXT NOT NULL,
    response TEXT NOT NULL,
    changes TEXT NOT NULL,
    PRIMARY KEY (review_case, edition)
);

-- Who asked, and when it was closed without waiting for a reply.
ALTER TABLE dossier_question ADD COLUMN account BIGINT NOT NULL DEFAULT 0;
ALTER TABLE dossier_question ADD COLUMN closed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE dossier_question ADD COLUMN close_reason TEXT NOT NULL DEFAULT '';

-- The history of a case is what the audit says of it.
CREATE INDEX audit_by_object ON audit (object, id);

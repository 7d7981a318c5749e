-- Review plans of a round: which files are looked at, and why. Times are UTC texts, '' where there is
-- none. A plan is never changed; another one is made.

-- areas: those whose files it is about ("|chi-linh|nam-sach|"); '' all. seed, half_width and
-- expected (10,000ths) are what the sample was drawn by. minutes: what a file was taken to cost.
CREATE TABLE review_plan (
    id BIGINT PRIMARY KEY,
    round TEXT NOT NULL,
    areas TEXT NOT NULL,
    seed BIGINT NOT NULL,
    half_width BIGINT NOT NULL,
    expected BIGINT NOT NULL,
    risk_hours BIGINT NOT NULL,
    blind_percent BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    files BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    account BIGINT NOT NULL
);

-- Section and size class with the files that there were, and how many of them were drawn.
CREATE TABLE review_plan_stratum (
    plan BIGINT NOT NULL REFERENCES review_plan (id),
    stratum BIGINT NOT NULL,
    section TEXT NOT NULL,
    size_class TEXT NOT NULL,
    files BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY (plan, stratum)
);

-- The files of a plan, in the order in which they are looked at. chance (millionths) and
-- expected_vnd: of the risk list, what it was taken to be then.
CREATE TABLE review_plan_case (
    plan BIGINT NOT NULL REFERENCES review_plan (id),
    review_case BIGINT NOT NULL REFERENCES review_case (id),
    part TEXT NOT NULL CHECK (part IN ('sample', 'risk')),
    stratum BIGINT NOT NULL,
    position BIGINT NOT NULL,
    is_blind BIGINT NOT NULL CHECK (is_blind IN (0, 1)),
    chance BIGINT NOT NULL,
    expected_vnd BIGINT NOT NULL,
    PRIMARY KEY (plan, review_case)
);

CREATE INDEX review_plan_case_of ON review_plan_case (review_case);

-- A second review that knows nothing of the first: who does it, and what they found of each answer
-- (as in case_value, apart from it).
CREATE TABLE blind_review (
    review_case BIGINT PRIMARY KEY REFERENCES review_case (id),
    account BIGINT NOT NULL,
    begun_at TEXT NOT NULL,
    finished_at TEXT NOT NULL
);

CREATE TABLE blind_value (
    review_case BIGINT NOT NULL REFERENCES blind_review (review_case),
    item TEXT NOT NULL,
    self TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (review_case, item)
);

-- When each step of a case was taken the last time (begun_at: the first): what lists of days are made
-- from without reading the audit.
ALTER TABLE review_case ADD COLUMN made_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN opened_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN begun_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN asked_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN answered_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN proposed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE review_case ADD COLUMN decided_at TEXT NOT NULL DEFAULT '';

UPDATE review_case SET
    made_at = COALESCE((SELECT imported_at FROM assessment a WHERE a.id = review_case.assessment), state_at),
    opened_at = COALESCE((SELECT MIN(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act = 'case-opened'), ''),
    begun_at = COALESCE((SELECT MIN(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act IN ('taken', 'asked', 'proposed', 'verified')), ''),
    asked_at = COALESCE((SELECT MAX(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act = 'asked'), ''),
    answered_at = COALESCE((SELECT MAX(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act = 'answered'), ''),
    proposed_at = COALESCE((SELECT MAX(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act = 'proposed'), ''),
    decided_at = COALESCE((SELECT MAX(at) FROM audit WHERE object = 'case:' || CAST(review_case.id AS TEXT)
        AND act IN ('verified', 'decided')), '');

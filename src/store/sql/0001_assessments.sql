-- Keys are given by the program. Composed keys are the rule of uniqueness itself, and spare an
-- index: an assessment is round x 2^28 + enterprise, a revision is assessment x 2^16 + number. So is
-- the public reference of an assessment: that of its enterprise, "-", and the round in base 32.

-- A version of a questionnaire as it was when it was first used: its text makes old reports again.
CREATE TABLE questionnaire (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (name, version)
);

-- A round of one version of a questionnaire.
CREATE TABLE round (
    id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 32767),
    questionnaire BIGINT NOT NULL REFERENCES questionnaire (id),
    name TEXT NOT NULL,
    UNIQUE (questionnaire, name)
);

-- Short numbers for the names of facts, for revision.facts. Never changed, only added to.
CREATE TABLE fact_key (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- What a revision was made with: one row per import or per version of the program.
CREATE TABLE origin (
    id BIGINT PRIMARY KEY,
    catalogue_hash TEXT NOT NULL,
    program_version TEXT NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (catalogue_hash, program_version, source)
);

-- Known by its tax code, or else by its folded name and area. The name is that of the response
-- with the latest day. A reference begins with the id (src/store/reference.c), so it needs no index.
CREATE TABLE enterprise (
    id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 268435455),
    reference TEXT NOT NULL,
    tax_code TEXT UNIQUE,
    name TEXT,
    name_fold TEXT NOT NULL,
    area TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CHECK (tax_code IS NOT NULL OR name_fold <> '')
);

CREATE UNIQUE INDEX enterprise_by_name ON enterprise (name_fold, area) WHERE tax_code IS NULL;

-- One enterprise x one version of a questionnaire x one round, with its current revision: what was
-- answered and what came of it. Points and percentages are hundredths; minutes is exact ("25/2").
-- facts and answers: see include/store/codec.h; dimensions: pack_dimensions() in assessments.c.
CREATE TABLE assessment (
    id BIGINT PRIMARY KEY,
    enterprise BIGINT NOT NULL REFERENCES enterprise (id),
    round BIGINT NOT NULL REFERENCES round (id),
    number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 65535),
    submitted_on TEXT,
    minutes TEXT,
    form TEXT,
    section TEXT,
    area TEXT,
    size_class TEXT,
    employees BIGINT,
    revenue_vnd BIGINT,
    capital_vnd BIGINT,
    total_points BIGINT NOT NULL,
    total_max BIGINT NOT NULL,
    total_percent BIGINT,
    level BIGINT NOT NULL,
    by_total_only BIGINT NOT NULL,
    is_complete BIGINT NOT NULL CHECK (is_complete IN (0, 1)),
    coverage BIGINT NOT NULL,
    origin BIGINT NOT NULL REFERENCES origin (id),
    imported_at TEXT NOT NULL,
    dimensions BYTEA NOT NULL,
    facts BYTEA NOT NULL,
    answers BYTEA NOT NULL,
    CHECK (id = round * 268435456 + enterprise)
);

-- Revisions that a later one has replaced, frozen: rows are moved here whole and never changed.
CREATE TABLE revision (
    id BIGINT PRIMARY KEY,
    assessment BIGINT NOT NULL REFERENCES assessment (id),
    number BIGINT NOT NULL,
    submitted_on TEXT,
    minutes TEXT,
    form TEXT,
    section TEXT,
    area TEXT,
    size_class TEXT,
    employees BIGINT,
    revenue_vnd BIGINT,
    capital_vnd BIGINT,
    total_points BIGINT NOT NULL,
    total_max BIGINT NOT NULL,
    total_percent BIGINT,
    level BIGINT NOT NULL,
    by_total_only BIGINT NOT NULL,
    is_complete BIGINT NOT NULL,
    coverage BIGINT NOT NULL,
    origin BIGINT NOT NULL REFERENCES origin (id),
    imported_at TEXT NOT NULL,
    dimensions BYTEA NOT NULL,
    facts BYTEA NOT NULL,
    answers BYTEA NOT NULL,
    CHECK (id = assessment * 65536 + number)
);

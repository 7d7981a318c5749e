-- What enterprises fill in on the web. The number in a dossier's reference is its id (two digits of
-- the year, six within it), as composed keys spare an index. Times are UTC texts where people read
-- them, and seconds since 1970 where only the program does.

-- Withdrawn by the enterprise: kept, but counted no more.
ALTER TABLE assessment ADD COLUMN is_withdrawn BIGINT NOT NULL DEFAULT 0
    CHECK (is_withdrawn IN (0, 1));

-- Small columns stand first: what is long is then read only where it is wanted. A dossier without
-- a secret is erased.
CREATE TABLE dossier (
    id BIGINT PRIMARY KEY CHECK (id BETWEEN 1 AND 99999999),
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    questionnaire TEXT NOT NULL,
    lang TEXT NOT NULL,
    assessment BIGINT REFERENCES assessment (id),
    revision BIGINT NOT NULL,
    earlier BIGINT REFERENCES assessment (id),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    consent_at TEXT NOT NULL,
    consent_version TEXT NOT NULL,
    consent_ended_at TEXT NOT NULL,
    erasure_asked_at TEXT NOT NULL,
    secret_hash TEXT,
    token_hash BYTEA UNIQUE,
    progress TEXT NOT NULL,
    content TEXT NOT NULL
);

CREATE INDEX dossier_by_assessment ON dossier (assessment) WHERE assessment IS NOT NULL;
CREATE INDEX dossier_by_earlier ON dossier (earlier) WHERE earlier IS NOT NULL;

-- A session is its rows: one per dossier that it may open. Only hashes of tokens are stored.
CREATE TABLE session (
    hash BYTEA NOT NULL,
    dossier BIGINT NOT NULL REFERENCES dossier (id),
    started_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (hash, dossier)
);

CREATE INDEX session_by_dossier ON session (dossier);

-- A bucket of tries is the second at which it will be full again.
CREATE TABLE try_limit (
    name TEXT PRIMARY KEY,
    full_at BIGINT NOT NULL,
    seconds_each BIGINT NOT NULL
);

CREATE TABLE store_key (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE dossier_event (
    id BIGINT PRIMARY KEY,
    dossier BIGINT NOT NULL REFERENCES dossier (id),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX dossier_event_by_dossier ON dossier_event (dossier, id);

CREATE TABLE dossier_question (
    id BIGINT PRIMARY KEY,
    dossier BIGINT NOT NULL REFERENCES dossier (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    reply TEXT NOT NULL,
    replied_at TEXT NOT NULL
);

CREATE INDEX dossier_question_by_dossier ON dossier_question (dossier, id);

-- The files lie beside the database, by their hashes (include/store/evidence_files.h).
CREATE TABLE evidence (
    id BIGINT PRIMARY KEY,
    dossier BIGINT NOT NULL REFERENCES dossier (id),
    question TEXT NOT NULL,
    hash TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (dossier, question, hash)
);

CREATE INDEX evidence_by_file ON evidence (hash, size);

-- Counters of days, of nobody in particular.
CREATE TABLE measure (
    day TEXT NOT NULL,
    page TEXT NOT NULL,
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (day, page, kind)
);

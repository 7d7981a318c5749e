-- Acts on many cases at once: a run is made with its rows when it is looked at before it is begun, so
-- that what was seen then is what is done, and what was killed half-way goes on. Who made it, what
-- act, for whom (given to; 0: nobody), with which reason, and the query of the queue that found the
-- cases.
CREATE TABLE bulk_run (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL,
    act TEXT NOT NULL,
    target BIGINT NOT NULL,
    reason TEXT NOT NULL,
    query TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'done', 'undoing', 'undone')),
    made_at TEXT NOT NULL,
    ended_at TEXT NOT NULL
);

-- A case of a run. version and revision as they were seen; after the act, the version that it left.
-- why is empty where nothing stood in the way.
CREATE TABLE bulk_row (
    run BIGINT NOT NULL REFERENCES bulk_run (id),
    review_case BIGINT NOT NULL,
    version BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'left', 'done', 'failed', 'undone', 'kept')),
    why_vi TEXT NOT NULL,
    why_en TEXT NOT NULL,
    PRIMARY KEY (run, review_case)
);

CREATE INDEX bulk_run_account ON bulk_run (account, id);
CREATE INDEX bulk_run_state ON bulk_run (state, id);
CREATE INDEX bulk_row_case ON bulk_row (review_case);
CREATE INDEX bulk_row_state ON bulk_row (run, state, review_case);

-- Cases of which a value was changed: few of many values.
CREATE INDEX case_value_changed ON case_value (review_case) WHERE value <> '';

-- Views of the queue that an account named: the query of its address.
CREATE TABLE queue_view (
    id BIGINT PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    UNIQUE (account, name)
);

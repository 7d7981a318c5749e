-- Who sent what, and when: a row for each file that was read into the database. ended_at is '' while
-- an import is under way, and stays so if it was killed: the same file again goes on from there.
-- rejects_hash is that of the file of rejected rows as it was written; one that somebody has changed
-- since is not replaced.
CREATE TABLE import (
    id BIGINT PRIMARY KEY,
    file TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    actor TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    responses BIGINT NOT NULL,
    inserted BIGINT NOT NULL,
    revised BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    rejects_hash TEXT NOT NULL
);

CREATE INDEX import_by_rejects ON import (rejects_hash);

-- Which import a revision came with. What it replaced is the revision before it.
ALTER TABLE assessment ADD COLUMN import BIGINT REFERENCES import (id);
ALTER TABLE revision ADD COLUMN import BIGINT REFERENCES import (id);

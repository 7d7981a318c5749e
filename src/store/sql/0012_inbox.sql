-- Files of responses that wait to be let in, and imports that can be taken back. Times are UTC
-- texts, '' where there is none.

-- sender is who sent the file, as an officer typed it; account who let it in (0: the command line);
-- inbox the file of the inbox that it was (0: of none).
-- Of an import that was undone what it brought is withdrawn, and what it replaced is back.
ALTER TABLE import ADD COLUMN sender TEXT NOT NULL DEFAULT '';
ALTER TABLE import ADD COLUMN account BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN inbox BIGINT NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN undone_at TEXT NOT NULL DEFAULT '';
ALTER TABLE import ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';

-- Whether the assessment was withdrawn when this revision was replaced.
ALTER TABLE revision ADD COLUMN is_withdrawn BIGINT NOT NULL DEFAULT 0
    CHECK (is_withdrawn IN (0, 1));

CREATE INDEX assessment_by_import ON assessment (import) WHERE import IS NOT NULL;
CREATE INDEX import_by_inbox ON import (inbox) WHERE inbox <> 0;
CREATE INDEX revision_by_import ON revision (import) WHERE import IS NOT NULL;

-- A file that arrived. state: 'received' (its rows are being read), 'unreadable' (fault says why),
-- 'ready', 'entering' (its rows are being let in), 'entered', 'undone', 'discarded'. sender_key is
-- the sender's name as it is compared. separator is that of its table, '' of JSON; header its first
-- row, as CSV. import is the one under way, areas those of who lets it in ('' all).
CREATE TABLE inbox (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'unreadable', 'ready', 'entering', 'entered',
        'undone', 'discarded')),
    sender TEXT NOT NULL,
    sender_key TEXT NOT NULL,
    file TEXT NOT NULL,
    hash TEXT NOT NULL,
    size BIGINT NOT NULL,
    account BIGINT NOT NULL,
    received_at TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    round TEXT NOT NULL,
    fault_vi TEXT NOT NULL,
    fault_en TEXT NOT NULL,
    separator TEXT NOT NULL,
    header TEXT NOT NULL,
    columns BIGINT NOT NULL,
    checked_at TEXT NOT NULL,
    import BIGINT NOT NULL,
    areas TEXT NOT NULL
);

CREATE INDEX inbox_by_state ON inbox (state, id);

-- The file itself, as long as it may be read again.
CREATE TABLE inbox_content (
    inbox BIGINT PRIMARY KEY REFERENCES inbox (id),
    content BYTEA NOT NULL
);

-- A row of it. outcome: 'new', 'changed', 'same' (as stored), 'refused' (reason says why),
-- 'reviewed' (its case is under review: set aside), 'let_new', 'let_changed' (it is in). area is
-- what the row says, stored_area that of the assessment which it would change. cells is the row
-- as it was sent, response what was read of it; both are emptied when it is in.
CREATE TABLE inbox_row (
    inbox BIGINT NOT NULL REFERENCES inbox (id),
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('new', 'changed', 'same', 'refused', 'reviewed',
        'let_new', 'let_changed')),
    name TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    area TEXT NOT NULL,
    stored_area TEXT NOT NULL,
    assessment BIGINT NOT NULL,
    reason_vi TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    cells TEXT NOT NULL,
    response TEXT NOT NULL,
    PRIMARY KEY (inbox, number)
);

CREATE INDEX inbox_row_by_outcome ON inbox_row (inbox, outcome, number);

-- Faults that are alike: of one column, and where people can say what is meant, of one text.
CREATE TABLE inbox_fault (
    inbox BIGINT NOT NULL REFERENCES inbox (id),
    number BIGINT NOT NULL,
    item TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    guess TEXT NOT NULL,
    is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
    cells BIGINT NOT NULL,
    bad_rows BIGINT NOT NULL,
    line BIGINT NOT NULL,
    fault_vi TEXT NOT NULL,
    fault_en TEXT NOT NULL,
    PRIMARY KEY (inbox, number)
);

-- Headings that are not known by themselves: source 'open' (nobody said yet what it is), 'file'
-- (said for this file), 'sender' (remembered).
CREATE TABLE inbox_heading (
    inbox BIGINT NOT NULL REFERENCES inbox (id),
    number BIGINT NOT NULL,
    heading TEXT NOT NULL,
    meaning TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('open', 'file', 'sender')),
    guess TEXT NOT NULL,
    PRIMARY KEY (inbox, number)
);

-- What people said that a heading (item '') or a text in the column of an item means: for one file,
-- or (inbox 0) for all that the sender sends. meaning '': the column is left out, the cell empty.
CREATE TABLE inbox_meaning (
    sender_key TEXT NOT NULL,
    inbox BIGINT NOT NULL,
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    account BIGINT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (sender_key, inbox, item, text)
);

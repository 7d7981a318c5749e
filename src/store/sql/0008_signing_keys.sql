-- Keys that verified reports are signed with (Ed25519). One is in use (retired_at is ''); those
-- before it sign nothing more, but what they signed still verifies: no key is ever deleted.
CREATE TABLE signing_key (
    id TEXT PRIMARY KEY,
    public_key BYTEA NOT NULL UNIQUE,
    secret_key BYTEA NOT NULL,
    since TEXT NOT NULL,
    retired_at TEXT NOT NULL
);

CREATE UNIQUE INDEX signing_key_in_use ON signing_key (retired_at) WHERE retired_at = '';

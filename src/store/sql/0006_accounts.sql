-- People who sign in: officers, heads, policymakers, administrators. Enterprises have no account.
-- Only hashes of passwords, links, recovery codes and session tokens are stored. Times are UTC texts
-- where people read them, and seconds since 1970 where only the program does.

-- name is what one types to sign in, in small letters. password_hash is '' until a password was
-- chosen; totp_key counts once factor_at is not ''. No code of totp_step or before is taken again.
-- link_hash is that of a link that is good once, until link_until.
CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'head', 'policymaker', 'administrator')),
    version BIGINT NOT NULL,
    is_disabled BIGINT NOT NULL CHECK (is_disabled IN (0, 1)),
    created_at TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_at TEXT NOT NULL,
    totp_key BYTEA,
    totp_step BIGINT NOT NULL,
    factor_at TEXT NOT NULL,
    code_salt BYTEA,
    link_hash BYTEA UNIQUE,
    link_until BIGINT NOT NULL,
    signed_in_at TEXT NOT NULL
);

-- The areas whose cases an account sees; 'all' is the whole province.
CREATE TABLE account_area (
    account BIGINT NOT NULL REFERENCES account (id),
    area TEXT NOT NULL,
    PRIMARY KEY (account, area)
);

-- Recovery codes that were not used yet.
CREATE TABLE account_code (
    account BIGINT NOT NULL REFERENCES account (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (account, hash)
);

-- stage: 'password' (the second factor is awaited), 'setup' (it is being set up, from seed), 'open'.
CREATE TABLE account_session (
    id BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE,
    account BIGINT NOT NULL REFERENCES account (id),
    stage TEXT NOT NULL CHECK (stage IN ('password', 'setup', 'open')),
    started_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    proved_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    seed BYTEA
);

CREATE INDEX account_session_by_account ON account_session (account);

-- Who did what: never changed, never deleted. hash is BLAKE2b of the hash before it and of all that
-- stands in the row, so that a changed, missing or moved row breaks the chain. account is 0 for the
-- command line and the program itself; actor is how it was called then.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at TEXT NOT NULL,
    account BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    object TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;

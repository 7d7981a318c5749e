-- Time and help: who gets mail, what people are told, requests about one's own data, and papers.

-- Where an enterprise (of a dossier) or an officer (of an account) wants mail. Nobody has to give one.
CREATE TABLE mail_address (
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('dossier', 'account')),
    owner BIGINT NOT NULL,
    address TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (owner_kind, owner)
);

-- What somebody is told, once for each key: on the pages, and by mail where there is an address and
-- mail is sent at all. The words are made when it is sent, of kind and detail. about is a case (0:
-- none); while_state is the state that the case has to be in for it still to be true ('': any).
-- state: 'screen' (only on the pages), 'waiting', 'sending', 'sent', 'dropped' (not true any more
-- when it was to be sent), 'failed', 'unknown' (the program ended while it was sent: never again).
-- not_before is in seconds since 1970.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('dossier', 'account')),
    owner BIGINT NOT NULL,
    about BIGINT NOT NULL,
    while_state TEXT NOT NULL,
    address TEXT NOT NULL,
    lang TEXT NOT NULL,
    detail TEXT NOT NULL,
    made_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('screen', 'waiting', 'sending', 'sent', 'dropped', 'failed',
        'unknown')),
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    changed_at TEXT NOT NULL
);

CREATE INDEX outbox_by_state ON outbox (state, not_before);
CREATE INDEX outbox_by_owner ON outbox (owner_kind, owner, id);

-- What an enterprise asks for about its own data. answered_at is '' until an officer (account) has
-- done or refused it, with what was said.
CREATE TABLE data_request (
    id BIGINT PRIMARY KEY,
    dossier BIGINT NOT NULL REFERENCES dossier (id),
    kind TEXT NOT NULL CHECK (kind IN ('erasure', 'correction', 'objection')),
    text TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused', 'dropped')),
    answered_at TEXT NOT NULL,
    account BIGINT NOT NULL,
    answer TEXT NOT NULL
);

CREATE INDEX data_request_by_dossier ON data_request (dossier, id);
CREATE INDEX data_request_by_state ON data_request (state, due_on);

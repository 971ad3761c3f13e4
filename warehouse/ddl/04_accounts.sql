-- The account of what is not in the fact, and of the publications.
CREATE TABLE rejected_observation (
    observation_key VARCHAR PRIMARY KEY USING COMPRESSION zstd,
    document_key    VARCHAR NOT NULL,
    rule            VARCHAR NOT NULL,
    reason          VARCHAR NOT NULL,
    indicator       VARCHAR,
    measure         measure NOT NULL,
    value           DOUBLE,
    unit            VARCHAR,
    place           VARCHAR,
    period          VARCHAR,
    evidence        VARCHAR NOT NULL,
    evidence_start  UINTEGER NOT NULL,
    evidence_end    UINTEGER NOT NULL,
    sentence        VARCHAR NOT NULL USING COMPRESSION zstd
);

CREATE TABLE not_assigned (
    observation_key VARCHAR PRIMARY KEY USING COMPRESSION zstd,
    document_key    VARCHAR NOT NULL,
    noun_phrase     VARCHAR USING COMPRESSION zstd,
    measure         measure NOT NULL,
    value           DOUBLE,
    unit            VARCHAR,
    place           VARCHAR,
    period          VARCHAR,
    evidence        VARCHAR NOT NULL,
    evidence_start  UINTEGER NOT NULL,
    evidence_end    UINTEGER NOT NULL,
    sentence        VARCHAR NOT NULL USING COMPRESSION zstd
);

CREATE TABLE unread_record (
    batch       VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    record      VARCHAR,
    reason      VARCHAR NOT NULL,
    detail      VARCHAR NOT NULL
);

CREATE TABLE warning (
    observation_key VARCHAR NOT NULL,
    document_key    VARCHAR NOT NULL,
    rule            VARCHAR NOT NULL,
    message         VARCHAR NOT NULL USING COMPRESSION zstd
);

CREATE TABLE witness (
    witness_key     VARCHAR PRIMARY KEY,
    kind            VARCHAR NOT NULL,
    scope           witness_scope NOT NULL,
    observation_key VARCHAR NOT NULL,
    document_key    VARCHAR NOT NULL,
    others          VARCHAR NOT NULL,
    formula         VARCHAR NOT NULL,
    stated          DOUBLE NOT NULL,
    computed        DOUBLE NOT NULL,
    tolerance       DOUBLE NOT NULL CHECK (tolerance >= 0),
    agrees          BOOLEAN NOT NULL
);

CREATE TABLE handed_over (
    document_key VARCHAR NOT NULL,
    batch        VARCHAR NOT NULL,
    accepted     BIGINT NOT NULL CHECK (accepted >= 0),
    rejected     BIGINT NOT NULL CHECK (rejected >= 0),
    not_assigned BIGINT NOT NULL CHECK (not_assigned >= 0)
);

CREATE TABLE run_log (
    published_at   TIMESTAMP PRIMARY KEY,
    batches        BIGINT,
    documents      BIGINT,
    unread_records BIGINT,
    accepted       BIGINT,
    rejected       BIGINT,
    not_assigned   BIGINT,
    warnings       BIGINT,
    newest_article DATE
);

CREATE TABLE quality_report (
    batch        VARCHAR,
    rule         VARCHAR NOT NULL,
    severity     severity NOT NULL,
    passed       BOOLEAN NOT NULL,
    failing_rows BIGINT NOT NULL CHECK (failing_rows >= 0),
    description  VARCHAR NOT NULL,
    message      VARCHAR
);

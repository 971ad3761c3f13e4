-- Dimensions. Comments come from the contracts of the room star.
CREATE TABLE dim_document (
    document_key      VARCHAR PRIMARY KEY,
    batch             VARCHAR NOT NULL,
    document          VARCHAR NOT NULL,
    source_file       VARCHAR NOT NULL,
    record_id         VARCHAR,
    source            VARCHAR,
    url               VARCHAR,
    title             VARCHAR,
    published_on      DATE,
    published_on_from VARCHAR,
    encoding          VARCHAR NOT NULL,
    extra             VARCHAR,
    content_hash      VARCHAR NOT NULL,
    cluster_key       VARCHAR NOT NULL,
    text              VARCHAR NOT NULL
);

CREATE TABLE dim_indicator (
    indicator         VARCHAR PRIMARY KEY,
    indicator_group   VARCHAR NOT NULL,
    indicator_name    VARCHAR NOT NULL,
    indicator_name_en VARCHAR NOT NULL,
    indicator_unit    VARCHAR,
    indicator_kind    indicator_kind NOT NULL,
    unit_families     VARCHAR NOT NULL,
    national_code     VARCHAR NOT NULL,
    provincial_code   VARCHAR NOT NULL,
    vsic_sections     VARCHAR NOT NULL
);

CREATE TABLE dim_unit (
    unit             VARCHAR PRIMARY KEY,
    unit_family      VARCHAR,
    base_unit        VARCHAR NOT NULL,
    factor           DOUBLE NOT NULL CHECK (factor > 0),
    unit_code        VARCHAR,
    unit_code_system VARCHAR,
    unit_name        VARCHAR
);

CREATE TABLE dim_place (
    place_key     VARCHAR PRIMARY KEY,
    place         VARCHAR NOT NULL,
    place_name    VARCHAR NOT NULL,
    place_level   place_level,
    place_type    VARCHAR,
    place_code    VARCHAR,
    place_parent  VARCHAR,
    valid_from    DATE,
    valid_to      DATE,
    dated_by      dated_by,
    predecessor   VARCHAR,
    successor     VARCHAR,
    today         VARCHAR,
    territory_key VARCHAR NOT NULL,
    CHECK (valid_from <= valid_to)
);

CREATE TABLE dim_period (
    period_key   VARCHAR PRIMARY KEY,
    period       VARCHAR NOT NULL,
    period_start DATE,
    period_end   DATE,
    period_kind  period_kind,
    year         INTEGER,
    CHECK (period_start <= period_end)
);

CREATE TABLE dim_industry (
    industry_key     VARCHAR PRIMARY KEY,
    industry         VARCHAR NOT NULL,
    industry_folded  VARCHAR NOT NULL,
    industry_code    VARCHAR,
    industry_name    VARCHAR,
    industry_name_en VARCHAR,
    industry_section VARCHAR,
    vsic_2018        VARCHAR,
    vsic_2025        VARCHAR,
    isic_4           VARCHAR
);

CREATE TABLE dim_entity (
    entity_key    VARCHAR PRIMARY KEY,
    entity        VARCHAR NOT NULL,
    entity_folded VARCHAR NOT NULL
);

CREATE VIEW observation AS
SELECT
    d.document,
    d.source,
    d.url,
    d.title,
    d.published_on,
    f.evidence,
    f.evidence_start,
    f.evidence_end,
    f.sentence,
    f.indicator,
    i.indicator_name,
    f.measure::VARCHAR AS measure,
    f.value,
    f.value_upper,
    f.denominator,
    f.unit,
    f.value_as_written,
    f.unit_as_written,
    f.bound::VARCHAR AS bound,
    pl.place,
    pl.place_code,
    pl.place_level::VARCHAR AS place_level,
    e.entity,
    n.industry,
    n.industry_code,
    p.period,
    p.period_start,
    p.period_end,
    b.period AS base,
    b.period_start AS base_start,
    b.period_end AS base_end,
    f.status::VARCHAR AS status,
    f.price_basis::VARCHAR AS price_basis,
    f.warnings,
    d.batch,
    f.document_key,
    f.observation_key
FROM fact_observation AS f
JOIN dim_document AS d USING (document_key)
JOIN dim_indicator AS i USING (indicator)
LEFT JOIN dim_place AS pl USING (place_key)
LEFT JOIN dim_entity AS e USING (entity_key)
LEFT JOIN dim_industry AS n USING (industry_key)
LEFT JOIN dim_period AS p USING (period_key)
LEFT JOIN dim_period AS b ON b.period_key = f.base_key;

COMMENT ON VIEW observation IS 'One row an accepted mention of a figure, with its sentence and all names spelled out.';
COMMENT ON COLUMN observation.base IS 'Time compared with, ISO 8601: for growth, change and multiple';
COMMENT ON COLUMN observation.base_start IS 'First day of the time compared with';
COMMENT ON COLUMN observation.base_end IS 'Last day of the time compared with';

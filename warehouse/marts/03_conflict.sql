CREATE VIEW conflict AS
WITH disputed AS (
    SELECT value_key, lowest, highest, unit AS base_unit, unnest(observation_keys) AS observation_key
    FROM indicator_value
    WHERE conflict
)
SELECT
    c.value_key,
    o.indicator,
    o.indicator_name,
    o.measure,
    o.place,
    o.entity,
    o.industry,
    o.period,
    o.status,
    o.value,
    o.unit,
    o.bound,
    c.lowest,
    c.highest,
    c.base_unit,
    o.document,
    o.source,
    o.url,
    o.published_on,
    o.sentence,
    o.warnings,
    o.observation_key
FROM disputed AS c
JOIN observation AS o USING (observation_key);

COMMENT ON VIEW conflict IS 'One row a mention of a fact that the articles disagree about, with its sentence.';
COMMENT ON COLUMN conflict.value_key IS 'Fact of indicator_value that the mentions disagree about';
COMMENT ON COLUMN conflict.lowest IS 'Lowest value that a mention gives, in the base unit';
COMMENT ON COLUMN conflict.highest IS 'Highest value that a mention gives, in the base unit';

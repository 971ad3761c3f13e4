CREATE VIEW derived_value AS
WITH figure AS MATERIALIZED (
    -- only what stands firm: exact, told alike by all, and without a warning
    SELECT
        v.*,
        concat_ws('|', v.indicator, coalesce(v.territory_key, ''), coalesce(v.price_basis, '')) AS whole,
        concat_ws('|', coalesce(v.entity, ''), coalesce(v.industry, '')) AS part,
        coalesce(v.status, '') AS told_as,
        p.period_start = date_trunc('year', p.period_start) AND p.period_end + 1 = date_trunc('year', p.period_end + 1) AS whole_years
    FROM indicator_value AS v
    JOIN dim_period AS p USING (period_key)
    WHERE NOT v.unresolved AND NOT v.conflict AND v.bound = 'exact' AND v.warnings IS NULL
), level AS MATERIALIZED (
    SELECT * FROM figure WHERE measure = 'level' AND value > 0
), ratio AS MATERIALIZED (
    -- what part of a year reaches in percent is told of the plan of the year as often as of its own
    SELECT * FROM figure WHERE unit = 'percent' AND (measure IN ('growth', 'share') OR measure = 'attainment' AND whole_years)
), derived AS MATERIALIZED (
    SELECT
        'target' AS kind,
        a AS of_level,
        r AS of_ratio,
        a.period_key,
        'target' AS status,
        a.part,
        a.entity,
        a.industry,
        100 * a.value / r.value AS value,
        100 * (a.rounding / r.value + a.value * r.rounding / r.value ** 2) AS tolerance,
        '{} / {}' AS formula
    FROM level AS a
    JOIN ratio AS r USING (whole, part, period_key, told_as)
    WHERE r.measure = 'attainment' AND r.value > 0 AND a.status IN ('actual', 'preliminary', 'estimate')
    UNION ALL
    SELECT
        'result',
        t,
        r,
        t.period_key,
        r.status,
        t.part,
        t.entity,
        t.industry,
        t.value * r.value / 100,
        (t.rounding * r.value + t.value * r.rounding) / 100,
        '{} × {}'
    FROM level AS t
    JOIN ratio AS r USING (whole, part, period_key)
    WHERE r.measure = 'attainment' AND r.status IN ('actual', 'preliminary', 'estimate') AND t.status = 'target'
    UNION ALL
    SELECT
        'base',
        a,
        r,
        r.base_key,
        NULL,
        a.part,
        a.entity,
        a.industry,
        a.value / (1 + r.value / 100),
        a.rounding / (1 + r.value / 100) + a.value * r.rounding / 100 / (1 + r.value / 100) ** 2,
        '{} / (1 + {})'
    FROM level AS a
    JOIN ratio AS r USING (whole, part, period_key, told_as)
    WHERE r.measure = 'growth' AND r.value > -100 AND r.base_key IS NOT NULL AND a.unit <> 'percent'
    UNION ALL
    SELECT
        'later level',
        b,
        r,
        r.period_key,
        r.status,
        b.part,
        b.entity,
        b.industry,
        b.value * (1 + r.value / 100),
        b.rounding * (1 + r.value / 100) + b.value * r.rounding / 100,
        '{} × (1 + {})'
    FROM level AS b
    JOIN ratio AS r ON r.whole = b.whole AND r.part = b.part AND r.base_key = b.period_key
    WHERE r.measure = 'growth' AND r.value > -100 AND b.status IN ('actual', 'preliminary', 'estimate') AND b.unit <> 'percent'
    UNION ALL
    SELECT
        'part',
        w,
        r,
        w.period_key,
        w.status,
        r.part,
        r.entity,
        r.industry,
        w.value * r.value / 100,
        (w.rounding * r.value + w.value * r.rounding) / 100,
        '{} × {}'
    FROM level AS w
    JOIN ratio AS r USING (whole, period_key, told_as)
    WHERE r.measure = 'share' AND r.part <> '|' AND w.part = '|'
    UNION ALL
    SELECT
        'whole',
        p,
        r,
        p.period_key,
        p.status,
        '|',
        NULL,
        NULL,
        100 * p.value / r.value,
        100 * (p.rounding / r.value + p.value * r.rounding / r.value ** 2),
        '{} / {}'
    FROM level AS p
    JOIN ratio AS r USING (whole, part, period_key, told_as)
    WHERE r.measure = 'share' AND r.value > 0 AND p.part <> '|'
), stated AS MATERIALIZED (
    -- what articles state themselves: the most final value, and of these the latest
    SELECT whole, part, period_key, unit, told_as = 'target' AS is_target, value, rounding, value_key
    FROM level
    QUALIFY 1 = row_number() OVER (
        PARTITION BY whole, part, period_key, unit, told_as = 'target'
        ORDER BY array_position(['actual', 'preliminary', 'estimate', 'target'], status) NULLS LAST, latest_published_on DESC NULLS LAST, value_key
    )
)
SELECT
    md5(concat_ws('|', d.kind, d.of_level.value_key, d.of_ratio.value_key)) AS derived_key,
    'derived' AS origin,
    d.kind,
    d.of_level.indicator AS indicator,
    d.of_level.indicator_name AS indicator_name,
    'level' AS measure,
    d.of_level.place AS place,
    d.of_level.place_level AS place_level,
    d.entity,
    d.industry,
    p.period,
    p.year,
    d.status,
    d.of_level.price_basis AS price_basis,
    d.of_level.unit AS unit,
    d.value,
    d.tolerance,
    format(
        d.formula,
        concat(rtrim(rtrim(format('{:,.6f}', d.of_level.value), '0'), '.'), ' ', d.of_level.unit),
        concat(rtrim(rtrim(format('{:,.6f}', d.of_ratio.value), '0'), '.'), ' %')
    ) AS formula,
    s.value AS stated_value,
    abs(s.value - d.value) <= d.tolerance + s.rounding AS agrees,
    s.value_key AS stated_key,
    [d.of_level.value_key, d.of_ratio.value_key] AS value_keys,
    list_concat(d.of_level.observation_keys, d.of_ratio.observation_keys) AS observation_keys,
    list_sort(list_distinct([d.of_level.latest_article, d.of_ratio.latest_article])) AS articles,
    d.of_level.territory_key AS territory_key,
    d.period_key
FROM derived AS d
JOIN dim_period AS p USING (period_key)
LEFT JOIN stated AS s
    ON s.whole = d.of_level.whole AND s.part = d.part AND s.period_key = d.period_key AND s.unit = d.of_level.unit
    AND s.is_target = (coalesce(d.status, '') = 'target');

COMMENT ON VIEW derived_value IS 'One row a value that no article needs to state because two of its figures give it: an implied target, result, base, later level, part or whole. Computed, never quoted.';
COMMENT ON COLUMN derived_value.derived_key IS 'Key of the derived value: hash of its kind and of the two facts it comes from';
COMMENT ON COLUMN derived_value.origin IS 'Always derived: no sentence states the value';
COMMENT ON COLUMN derived_value.kind IS 'target: result / attainment; result: target × attainment; base: level / (1 + growth); later level: base × (1 + growth); part: whole × share; whole: part / share';
COMMENT ON COLUMN derived_value.measure IS 'Always level';
COMMENT ON COLUMN derived_value.entity IS 'Organisation that the value is about, in lower case; null where it is about the whole place';
COMMENT ON COLUMN derived_value.industry IS 'Sector or product that the value is limited to, in lower case; null where it is not limited';
COMMENT ON COLUMN derived_value.period IS 'Time that the value describes, ISO 8601: of a base, the time compared with';
COMMENT ON COLUMN derived_value.status IS 'Target, or how final the figure it follows from is; null for a base';
COMMENT ON COLUMN derived_value.unit IS 'Base unit of the value';
COMMENT ON COLUMN derived_value.value IS 'Value that follows from the two facts, in the base unit';
COMMENT ON COLUMN derived_value.tolerance IS 'How far off the digits printed leave the value, in the base unit';
COMMENT ON COLUMN derived_value.formula IS 'How it was computed, with the figures in base units';
COMMENT ON COLUMN derived_value.stated_value IS 'The same value as an article states it, in the base unit; null where none does';
COMMENT ON COLUMN derived_value.agrees IS 'Whether stated and derived value differ by no more than the digits printed allow; null where none is stated';
COMMENT ON COLUMN derived_value.stated_key IS 'Fact of indicator_value that the stated value is';
COMMENT ON COLUMN derived_value.value_keys IS 'The two facts of indicator_value that it comes from: the level, then the percentage';
COMMENT ON COLUMN derived_value.observation_keys IS 'All mentions of these two facts';
COMMENT ON COLUMN derived_value.articles IS 'Latest articles of these two facts';

CREATE VIEW target_vs_actual AS
WITH settled AS (
    SELECT *, row_number() OVER (
        PARTITION BY indicator, measure, territory_key, entity, industry, period_key, base_key, price_basis, unit, status = 'target'
        ORDER BY array_position(['actual', 'preliminary', 'estimate'], status), latest_published_on DESC, value_key
    ) AS rank
    FROM indicator_value
    WHERE NOT unresolved AND status IN ('actual', 'preliminary', 'estimate', 'target') AND measure IN ('level', 'growth', 'growth_avg', 'index', 'share')
), stated AS (
    SELECT indicator, territory_key, entity, industry, period_key, arg_max(value, (coalesce(latest_published_on, DATE '0001-01-01'), value_key)) AS attainment
    FROM indicator_value
    WHERE NOT unresolved AND measure = 'attainment'
    GROUP BY ALL
)
SELECT
    t.indicator,
    t.indicator_name,
    t.measure,
    t.place,
    t.place_level,
    t.entity,
    t.industry,
    t.period,
    t.year,
    t.base,
    t.price_basis,
    t.unit,
    t.value AS target,
    r.value AS result,
    r.status AS result_status,
    r.value - t.value AS difference,
    CASE WHEN t.measure = 'level' AND t.value > 0 THEN 100 * r.value / t.value END AS attainment,
    s.attainment AS attainment_stated,
    t.latest_article AS target_article,
    r.latest_article AS result_article,
    t.conflict OR coalesce(r.conflict, false) AS conflict,
    t.value_key AS target_key,
    r.value_key AS result_key
FROM settled AS t
LEFT JOIN settled AS r
    ON r.rank = 1 AND r.status <> 'target'
    AND r.indicator = t.indicator AND r.measure = t.measure AND r.unit = t.unit AND r.period_key = t.period_key
    AND r.territory_key IS NOT DISTINCT FROM t.territory_key AND r.entity IS NOT DISTINCT FROM t.entity
    AND r.industry IS NOT DISTINCT FROM t.industry AND r.base_key IS NOT DISTINCT FROM t.base_key
    AND r.price_basis IS NOT DISTINCT FROM t.price_basis
LEFT JOIN stated AS s
    ON s.indicator = t.indicator AND s.period_key = t.period_key
    AND s.territory_key IS NOT DISTINCT FROM t.territory_key AND s.entity IS NOT DISTINCT FROM t.entity
    AND s.industry IS NOT DISTINCT FROM t.industry
WHERE t.rank = 1 AND t.status = 'target';

COMMENT ON VIEW target_vs_actual IS 'One row a target, beside the best result of the same indicator, place and period: final before preliminary before estimate.';
COMMENT ON COLUMN target_vs_actual.target IS 'Value of the plan in its latest article, in the base unit';
COMMENT ON COLUMN target_vs_actual.result IS 'Value of the result in its latest article, in the base unit; null where no article tells';
COMMENT ON COLUMN target_vs_actual.result_status IS 'How final the result is';
COMMENT ON COLUMN target_vs_actual.difference IS 'Result minus target, in the base unit';
COMMENT ON COLUMN target_vs_actual.attainment IS 'Result in percent of the target, computed; only for levels';
COMMENT ON COLUMN target_vs_actual.attainment_stated IS 'Result in percent of the target, as an article states it';
COMMENT ON COLUMN target_vs_actual.target_article IS 'Latest document that states the target';
COMMENT ON COLUMN target_vs_actual.result_article IS 'Latest document that states the result';
COMMENT ON COLUMN target_vs_actual.conflict IS 'Whether articles disagree about the target or the result';
COMMENT ON COLUMN target_vs_actual.entity IS 'Organisation that the target is about, in lower case; null where it is about the whole place';
COMMENT ON COLUMN target_vs_actual.industry IS 'Sector or product that the target is limited to, in lower case';
COMMENT ON COLUMN target_vs_actual.unit IS 'Base unit of the target and the result';
COMMENT ON COLUMN target_vs_actual.base IS 'Time compared with, ISO 8601: for growth and change';
COMMENT ON COLUMN target_vs_actual.target_key IS 'Fact of indicator_value that the target is';
COMMENT ON COLUMN target_vs_actual.result_key IS 'Fact of indicator_value that the result is; null where no article tells';

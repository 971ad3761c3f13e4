CREATE VIEW panel AS
WITH result AS (
    SELECT
        v.*,
        row_number() OVER (
            PARTITION BY v.territory_key, v.year, v.indicator, v.measure, v.unit, v.price_basis
            ORDER BY
                array_position(['actual', 'preliminary', 'estimate'], v.status) NULLS LAST,
                p.period_end DESC,
                v.latest_published_on DESC NULLS LAST,
                v.value_key
        ) AS rank
    FROM indicator_value AS v
    JOIN dim_period AS p USING (period_key)
    JOIN dim_indicator AS i USING (indicator)
    LEFT JOIN dim_period AS b ON b.period_key = v.base_key
    WHERE NOT v.unresolved AND v.place_key IS NOT NULL AND v.entity IS NULL AND v.industry IS NULL
        AND (v.status IS NULL OR v.status IN ('actual', 'preliminary', 'estimate'))
        AND (p.period_kind = 'year' OR (p.period_kind = 'date' AND i.indicator_kind = 'stock'))
        AND (v.measure IN ('level', 'index') OR (v.measure = 'growth' AND (b.year IS NULL OR b.year = p.year - 1)))
)
SELECT
    r.place,
    r.place_level,
    r.year,
    r.indicator,
    r.indicator_name,
    r.measure,
    r.value,
    r.unit,
    r.status,
    r.price_basis,
    r.period,
    r.sources,
    r.conflict,
    r.latest_article,
    r.latest_published_on,
    r.place_key,
    r.territory_key,
    r.value_key
FROM result AS r
WHERE r.rank = 1;

COMMENT ON VIEW panel IS 'One row a place, year, indicator, measure, unit and price basis: the most final result for the whole place, stocks at their last day told.';
COMMENT ON COLUMN panel.value IS 'Value in the latest article, in the base unit';
COMMENT ON COLUMN panel.unit IS 'Base unit of the value';
COMMENT ON COLUMN panel.sources IS 'Documents that state the value; near-identical ones count once';
COMMENT ON COLUMN panel.conflict IS 'Whether articles disagree about the value';
COMMENT ON COLUMN panel.latest_article IS 'Latest dated document that states the value';
COMMENT ON COLUMN panel.latest_published_on IS 'Day of the latest article';
COMMENT ON COLUMN panel.value_key IS 'Fact of indicator_value that the value comes from';

-- No mention is lost or doubled on the way into the marts.
-- To do: Repair the view: a join of it loses or doubles rows.
WITH counted AS MATERIALIZED (
    -- once: a condition on `found` beside the query would put it into the plan a second time
    SELECT 'observation' AS mart, (SELECT count(*) FROM observation) AS found, (SELECT count(*) FROM fact_observation) AS expected
    UNION ALL
    SELECT 'indicator_value', (SELECT coalesce(sum(mentions), 0) FROM indicator_value), (
        SELECT count(*) FROM fact_observation WHERE period_key IS NOT NULL AND coalesce(place_key, entity_key) IS NOT NULL
    )
)
FROM counted WHERE found <> expected;

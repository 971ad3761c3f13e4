-- No statement is stored twice: one reading of a numeral says one thing once.
SELECT
    document_key, evidence_start, evidence_end, indicator, measure, value, unit, status, place_key, entity_key, industry_key,
    period_key, base_key, count(*) AS times
FROM fact_observation
GROUP BY ALL
HAVING count(*) > 1;

-- No statement is stored twice: one reading of a numeral says one thing once.
-- To do: Repair the room `observations`: it reads a numeral twice. The rule `said_once` should have rejected the second statement.
SELECT
    document_key, evidence_start, evidence_end, indicator, measure, value, unit, status, place_key, entity_key, industry_key,
    period_key, base_key, count(*) AS times
FROM fact_observation
GROUP BY ALL
HAVING count(*) > 1;

-- Which values does no article state, though two of its figures give them?
SELECT kind, indicator_name, place, period, value, tolerance, unit, formula, articles
FROM derived_value
WHERE stated_value IS NULL
ORDER BY kind, indicator_name, place, period;

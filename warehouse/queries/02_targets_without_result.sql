-- Which targets has no article told a result for yet?
SELECT place, period, indicator_name, measure, target, unit, target_article
FROM target_vs_actual
WHERE result IS NULL
ORDER BY period, place, indicator_name;

-- Which targets of industry were reached, by place and year?
SELECT place, year, indicator_name, measure, target, result, result_status, round(attainment, 1) AS attainment_percent, unit, conflict
FROM target_vs_actual
WHERE result IS NOT NULL
ORDER BY place, year, indicator_name, measure;

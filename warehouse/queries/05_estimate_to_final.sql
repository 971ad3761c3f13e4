-- How far was the estimate of a year from the final figure?
SELECT
    e.place,
    e.period,
    e.indicator_name,
    e.value AS estimate,
    f.value AS final,
    round(100 * (f.value / nullif(e.value, 0) - 1), 2) AS revision_percent,
    e.unit,
    e.latest_published_on AS estimated_on,
    f.latest_published_on AS final_on
FROM indicator_value AS e
JOIN indicator_value AS f USING (indicator, measure, territory_key, period_key, unit)
WHERE e.status = 'estimate' AND f.status = 'actual' AND measure = 'level'
    AND e.entity IS NOT DISTINCT FROM f.entity AND e.industry IS NOT DISTINCT FROM f.industry
ORDER BY abs(revision_percent) DESC NULLS LAST, e.place, e.period;

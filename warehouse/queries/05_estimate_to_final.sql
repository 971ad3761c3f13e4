-- How far was the estimate of a year from the final figure?
SELECT
    e.place,
    e.year,
    i.indicator_name,
    e.value AS estimate,
    f.value AS final,
    round(100 * (f.value / e.value - 1), 2) AS revision_percent,
    e.unit,
    e.published_on AS estimated_on,
    f.published_on AS final_on
FROM (
    SELECT place, year, indicator, place_key, period_key, measure, unit, value, latest_published_on AS published_on
    FROM indicator_value JOIN dim_period USING (period_key) JOIN dim_place USING (place_key)
    WHERE status = 'estimate' AND entity IS NULL AND industry IS NULL AND measure = 'level'
) AS e
JOIN (
    SELECT indicator, place_key, period_key, unit, value, latest_published_on AS published_on
    FROM indicator_value
    WHERE status = 'actual' AND entity IS NULL AND industry IS NULL AND measure = 'level'
) AS f USING (indicator, place_key, period_key, unit)
JOIN dim_indicator AS i USING (indicator)
ORDER BY abs(revision_percent) DESC, e.place, e.year;

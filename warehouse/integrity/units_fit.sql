-- A level is in a unit of a family that its indicator is stated in; growth, share and attainment are percentages.
-- To do: Read the batch of the document again: the rules `unit_fits_indicator` and `unit_fits_measure` should have rejected the statement.
SELECT f.observation_key, f.indicator, f.measure, f.unit
FROM fact_observation AS f
JOIN dim_indicator AS i USING (indicator)
JOIN dim_unit AS u USING (unit)
WHERE (f.measure = 'level' AND NOT contains(f.unit, '/') AND NOT list_contains(string_split(i.unit_families, '|'), u.unit_family))
    OR (f.measure IN ('growth', 'growth_avg', 'share', 'attainment') AND f.unit <> 'percent')
    OR (f.measure = 'multiple' AND f.unit <> 'times');

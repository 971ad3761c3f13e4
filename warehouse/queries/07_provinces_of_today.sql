-- What do the figures of the 63 provinces add up to in the 34 of today, and where do they not?
SELECT province, place, year, indicator_name, measure, treatment, value, unit, parts_told || ' of ' || parts AS told, conflict, old_places
FROM place_today
ORDER BY province, place, year, indicator_name, measure;

-- What do we know of each province, year by year?
SELECT place, year, indicator_name, measure, value, unit, status, sources
FROM panel
WHERE place_level = 'province'
ORDER BY place, year, indicator_name, measure;

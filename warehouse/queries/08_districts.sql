-- What do articles tell of districts and communes, which official series no longer describe?
SELECT place, place_level, period, indicator_name, measure, value, unit, status, entity, industry, sentence
FROM observation
WHERE place_level IN ('district', 'commune')
ORDER BY place, period_start, indicator_name;

-- What became of each province: since when, from which, until when, and which of today hold it?
SELECT place, place_type, place_code, valid_from, valid_to, predecessor, successor, today
FROM dim_place
WHERE place_level = 'province'
ORDER BY place, valid_from NULLS FIRST;

-- Which results rest on one article only?
SELECT p.place, p.year, p.indicator_name, p.measure, p.value, p.unit, p.latest_article
FROM panel AS p
WHERE p.sources = 1
ORDER BY p.place, p.year, p.indicator_name, p.measure;

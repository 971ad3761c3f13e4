-- Which firms and products have figures of their own?
SELECT entity, industry, industry_code, place, period, indicator_name, measure, value, unit, status, document
FROM observation
WHERE entity IS NOT NULL OR industry IS NOT NULL
ORDER BY entity NULLS LAST, industry, period_start;

-- Which words stand most often beside numbers that no indicator was found for?
SELECT noun_phrase, unit, count(*) AS quantities, count(DISTINCT document_key) AS documents, any_value(sentence) AS an_example
FROM not_assigned
WHERE noun_phrase IS NOT NULL
GROUP BY noun_phrase, unit
ORDER BY quantities DESC, noun_phrase
LIMIT 100;

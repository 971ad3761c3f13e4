-- Where do articles disagree about the same fact, and what does each of them say?
SELECT place, period, indicator_name, measure, status, value, unit, document, published_on, sentence
FROM conflict
ORDER BY (highest - lowest) / nullif(abs(highest), 0) DESC, value_key, published_on;

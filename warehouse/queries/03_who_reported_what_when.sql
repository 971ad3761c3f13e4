-- Who reported the industrial output of a place, when, in which words?
SELECT place, period, status, value, unit, source, document, published_on, sentence
FROM observation
WHERE indicator = 'industrial_output_value' AND measure = 'level'
ORDER BY place, period_start, published_on, document;

-- Which published figures carry a warning, and why?
SELECT w.rule, w.message, o.document, o.indicator_name, o.value, o.unit, o.sentence
FROM warning AS w
JOIN observation AS o USING (observation_key)
ORDER BY w.rule, o.document, o.evidence_start;

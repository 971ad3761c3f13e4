-- Which figures do others bear out by arithmetic, and how?
SELECT o.indicator_name, o.place, o.period, o.value, o.unit, w.kind, w.scope, w.formula, w.agrees, o.document, o.sentence
FROM witness AS w
JOIN observation AS o USING (observation_key)
ORDER BY w.agrees DESC, w.scope DESC, o.indicator_name, o.place, o.period;

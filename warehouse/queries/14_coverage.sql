-- How much of what each source states is published?
SELECT source, sum(documents) AS documents, sum(accepted) AS accepted, sum(rejected) AS rejected, sum(not_assigned) AS not_assigned
FROM coverage
GROUP BY source
ORDER BY documents DESC, source;

-- Which rules fail, where, and what is to be done?
SELECT coalesce(batch, 'the whole file') AS about, rule, severity, passed, failing_rows, description, message
FROM quality_report
ORDER BY passed, severity, failing_rows DESC, about, rule;

-- No publication has less than nine tenths of the documents and figures of the one before.
-- To do: Look in `run_log` at what went: if no batch was taken out on purpose, read what is missing again.
WITH publication AS (
    SELECT
        published_at, documents, accepted, lag(documents) OVER log AS documents_before, lag(accepted) OVER log AS accepted_before
    FROM run_log
    WINDOW log AS (ORDER BY published_at)
)
SELECT *
FROM publication
WHERE published_at = (SELECT max(published_at) FROM run_log)
    AND (documents < 0.9 * documents_before OR accepted < 0.9 * accepted_before);

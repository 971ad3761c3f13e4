-- What the whole file accepts, leaves unassigned, reads in a document and cannot read is as in the publications before.
-- To do: Compare the publications in `run_log`: if no batch came or went, a change of code or vocabulary did it.
WITH publication AS (
    SELECT
        published_at,
        100 * accepted / nullif(accepted + rejected + not_assigned, 0) AS acceptance,
        100 * not_assigned / nullif(accepted + rejected + not_assigned, 0) AS unassigned,
        accepted / nullif(documents, 0) AS facts_per_document,
        100 * unread_records / nullif(documents + unread_records, 0) AS unread
    FROM run_log
), long AS (
    UNPIVOT publication ON acceptance, unassigned, facts_per_document, unread INTO NAME measure VALUE rate
), compared AS (
    SELECT
        *,
        count(*) OVER earlier AS history,
        avg(rate) OVER earlier AS usual,
        3 * coalesce(stddev_samp(rate) OVER earlier, 0) AS spread
    FROM long
    WINDOW earlier AS (PARTITION BY measure ORDER BY published_at ROWS BETWEEN 30 PRECEDING AND 1 PRECEDING)
)
SELECT published_at, measure, round(rate, 2) AS rate, round(usual, 2) AS usual, history
FROM compared
WHERE published_at = (SELECT max(published_at) FROM run_log)
    AND history >= 3
    AND abs(rate - usual) > greatest(CASE WHEN measure = 'facts_per_document' THEN usual / 4 ELSE 5 END, spread)
ORDER BY measure;

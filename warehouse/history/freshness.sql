-- The newest article with a figure is no older than usual: within a week, or three times what was usual in the publications before.
-- To do: Ask whoever collects the articles why nothing new came, and look at the newest batches for what could not be read.
WITH publication AS (
    SELECT published_at, newest_article, date_diff('day', newest_article, published_at::DATE) AS days
    FROM run_log
), compared AS (
    SELECT *, count(days) OVER earlier AS history, median(days) OVER earlier AS usual_days
    FROM publication
    WINDOW earlier AS (ORDER BY published_at ROWS BETWEEN 30 PRECEDING AND 1 PRECEDING)
)
SELECT published_at, newest_article, days, usual_days, history
FROM compared
WHERE published_at = (SELECT max(published_at) FROM run_log)
    AND history >= 3
    AND days > greatest(7, 3 * usual_days);

CREATE VIEW drift AS
WITH arrival AS (
    -- a batch is as old as its newest article: arrival order never shows
    SELECT batch, max(published_on) AS newest_article FROM dim_document GROUP BY batch
), counted AS (
    SELECT
        batch,
        CASE WHEN GROUPING(source) = 1 THEN 'batch' ELSE 'source' END AS scope,
        CASE WHEN GROUPING(source) = 0 THEN source END AS source,
        sum(documents) AS documents,
        sum(unread_records) AS unread_records,
        sum(accepted) AS accepted,
        sum(not_assigned) AS not_assigned,
        sum(accepted + rejected + not_assigned) AS quantities
    FROM coverage
    GROUP BY GROUPING SETS ((batch, source), (batch))
), measured AS (
    SELECT
        c.batch,
        c.scope,
        c.source,
        a.newest_article,
        -- one without days is held against all that have them
        coalesce(a.newest_article, DATE '9999-12-31') AS age,
        c.documents::BIGINT AS documents,
        c.quantities::BIGINT AS quantities,
        100 * c.accepted / nullif(c.quantities, 0) AS accepted_percent,
        100 * c.not_assigned / nullif(c.quantities, 0) AS unassigned_percent,
        c.accepted / nullif(c.documents, 0) AS facts_per_document,
        CASE WHEN c.scope = 'batch' THEN 100 * c.unread_records / nullif(c.documents + c.unread_records, 0) END AS unread_percent
    FROM counted AS c
    LEFT JOIN arrival AS a USING (batch)
    WHERE c.scope = 'batch' OR c.source IS NOT NULL
), compared AS (
    SELECT
        *,
        count(*) OVER earlier AS history,
        avg(accepted_percent) OVER earlier AS usual_accepted_percent,
        avg(unassigned_percent) OVER earlier AS usual_unassigned_percent,
        avg(facts_per_document) OVER earlier AS usual_facts_per_document,
        avg(unread_percent) OVER earlier AS usual_unread_percent,
        median(documents) OVER earlier AS usual_documents,
        min(documents) OVER earlier AS fewest_documents,
        max(documents) OVER earlier AS most_documents,
        -- three times how far batches lie apart anyway
        3 * coalesce(stddev_samp(accepted_percent) OVER earlier, 0) AS accepted_spread,
        3 * coalesce(stddev_samp(unassigned_percent) OVER earlier, 0) AS unassigned_spread,
        3 * coalesce(stddev_samp(facts_per_document) OVER earlier, 0) AS facts_spread,
        3 * coalesce(stddev_samp(unread_percent) OVER earlier, 0) AS unread_spread
    FROM measured
    WINDOW earlier AS (
        PARTITION BY scope, source ORDER BY age RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
    )
), judged AS (
    SELECT
        *,
        -- three batches are a history, and fifty quantities or ten documents enough to speak of a rate
        history >= 3 AS is_known,
        list_filter([
            CASE WHEN quantities >= 50 AND abs(accepted_percent - usual_accepted_percent) > greatest(10, accepted_spread) THEN 'acceptance' END,
            CASE WHEN quantities >= 50 AND abs(unassigned_percent - usual_unassigned_percent) > greatest(10, unassigned_spread) THEN 'unassigned' END,
            CASE
                WHEN documents >= 10 AND abs(facts_per_document - usual_facts_per_document) > greatest(usual_facts_per_document / 2, facts_spread)
                THEN 'facts per document'
            END,
            CASE WHEN unread_percent - usual_unread_percent > greatest(5, unread_spread) THEN 'unread' END,
            CASE
                WHEN usual_documents >= 10 AND documents NOT BETWEEN least(fewest_documents, usual_documents / 3) AND greatest(most_documents, usual_documents * 3)
                THEN 'volume'
            END
        ], lambda measure: measure IS NOT NULL) AS measures
    FROM compared
)
SELECT
    batch,
    scope,
    source,
    newest_article,
    documents,
    quantities,
    round(accepted_percent, 1) AS accepted_percent,
    round(unassigned_percent, 1) AS unassigned_percent,
    round(facts_per_document, 2) AS facts_per_document,
    round(unread_percent, 1) AS unread_percent,
    history,
    round(usual_accepted_percent, 1) AS usual_accepted_percent,
    round(usual_unassigned_percent, 1) AS usual_unassigned_percent,
    round(usual_facts_per_document, 2) AS usual_facts_per_document,
    round(usual_unread_percent, 1) AS usual_unread_percent,
    usual_documents,
    CASE WHEN is_known THEN measures ELSE [] END AS drifted
FROM judged;

COMMENT ON VIEW drift IS 'One row a batch, and one a batch and source: how much was read and accepted, beside what was usual in the batches whose newest article is older; without days, in all that have them.';
COMMENT ON COLUMN drift.scope IS 'Whether the row is about a whole batch or about one source in it';
COMMENT ON COLUMN drift.source IS 'Source that the row is about; null for a whole batch';
COMMENT ON COLUMN drift.newest_article IS 'Day of the newest article of the batch; null where no article has a day';
COMMENT ON COLUMN drift.documents IS 'Documents that were read';
COMMENT ON COLUMN drift.quantities IS 'Quantities that were found: accepted, rejected and not assigned';
COMMENT ON COLUMN drift.accepted_percent IS 'Accepted figures in percent of all quantities';
COMMENT ON COLUMN drift.unassigned_percent IS 'Quantities about no indicator of the catalogue in percent of all quantities';
COMMENT ON COLUMN drift.facts_per_document IS 'Accepted figures for each document';
COMMENT ON COLUMN drift.unread_percent IS 'Records that could not be read in percent of all records; null for a source, for an unread record has none';
COMMENT ON COLUMN drift.history IS 'Earlier batches, of the same source where the row is about one';
COMMENT ON COLUMN drift.usual_accepted_percent IS 'Mean of accepted_percent in the earlier batches';
COMMENT ON COLUMN drift.usual_unassigned_percent IS 'Mean of unassigned_percent in the earlier batches';
COMMENT ON COLUMN drift.usual_facts_per_document IS 'Mean of facts_per_document in the earlier batches';
COMMENT ON COLUMN drift.usual_unread_percent IS 'Mean of unread_percent in the earlier batches';
COMMENT ON COLUMN drift.usual_documents IS 'Median of documents in the earlier batches';
COMMENT ON COLUMN drift.drifted IS 'What lies outside of three standard deviations and of a fixed margin (volume: of a third and three times the median, and of all that was): acceptance, unassigned, facts per document, unread, volume; empty with fewer than three earlier batches';

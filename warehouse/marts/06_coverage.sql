CREATE VIEW coverage AS
WITH counted AS (
    SELECT batch, source, 1 AS documents, 0 AS unread_records, 0 AS accepted, 0 AS rejected, 0 AS not_assigned FROM dim_document
    UNION ALL
    SELECT batch, NULL, 0, 1, 0, 0, 0 FROM unread_record
    UNION ALL
    SELECT batch, source, 0, 0, 1, 0, 0 FROM fact_observation JOIN dim_document USING (document_key)
    UNION ALL
    SELECT batch, source, 0, 0, 0, 1, 0 FROM rejected_observation JOIN dim_document USING (document_key)
    UNION ALL
    SELECT batch, source, 0, 0, 0, 0, 1 FROM not_assigned JOIN dim_document USING (document_key)
)
SELECT
    batch,
    source,
    sum(documents)::BIGINT AS documents,
    sum(unread_records)::BIGINT AS unread_records,
    sum(accepted)::BIGINT AS accepted,
    sum(rejected)::BIGINT AS rejected,
    sum(not_assigned)::BIGINT AS not_assigned,
    round(100 * sum(accepted) / nullif(sum(accepted) + sum(rejected) + sum(not_assigned), 0), 1) AS accepted_percent
FROM counted
GROUP BY ALL;

COMMENT ON VIEW coverage IS 'One row a batch and source: what was read, accepted, rejected and not assigned; unread records have no source.';
COMMENT ON COLUMN coverage.documents IS 'Documents that were read';
COMMENT ON COLUMN coverage.unread_records IS 'Records that could not be read, or were read before';
COMMENT ON COLUMN coverage.accepted IS 'Figures that are published';
COMMENT ON COLUMN coverage.rejected IS 'Figures that broke a rule';
COMMENT ON COLUMN coverage.not_assigned IS 'Quantities about no indicator of the catalogue';
COMMENT ON COLUMN coverage.accepted_percent IS 'Accepted figures in percent of all quantities';

-- What a batch handed over has arrived: every document (once, where several batches have it) and every statement with its fate.
-- To do: Read the batch again; if it comes back, repair the room `star`: it lost or doubled rows of the batch.
WITH handed AS (
    -- What an earlier batch has handed over as well is counted there.
    SELECT h.* FROM handed_over AS h
    WHERE NOT EXISTS (FROM dim_document AS d WHERE d.document_key = h.document_key AND d.batch <> h.batch)
), expected AS (
    SELECT batch, 'document' AS fate, count(*) AS rows FROM handed GROUP BY batch
    UNION ALL SELECT batch, 'accepted', sum(accepted) FROM handed GROUP BY batch
    UNION ALL SELECT batch, 'rejected', sum(rejected) FROM handed GROUP BY batch
    UNION ALL SELECT batch, 'not assigned', sum(not_assigned) FROM handed GROUP BY batch
), arrived AS (
    SELECT batch, 'document' AS fate, count(*) AS rows FROM dim_document GROUP BY batch
    UNION ALL SELECT batch, 'accepted', count(*) FROM fact_observation JOIN dim_document USING (document_key) GROUP BY batch
    UNION ALL SELECT batch, 'rejected', count(*) FROM rejected_observation JOIN dim_document USING (document_key) GROUP BY batch
    UNION ALL SELECT batch, 'not assigned', count(*) FROM not_assigned JOIN dim_document USING (document_key) GROUP BY batch
)
SELECT batch, fate, coalesce(e.rows, 0) AS handed_over, coalesce(a.rows, 0) AS arrived
FROM expected AS e FULL JOIN arrived AS a USING (batch, fate)
WHERE handed_over <> arrived
ORDER BY batch, fate;

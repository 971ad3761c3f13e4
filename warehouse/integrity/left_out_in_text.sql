-- The evidence of a rejected or not assigned quantity stands in the text of its document at its offsets (code points).
-- To do: Read the batch of the document again; if it comes back, repair the offsets of the room `observations`.
WITH left_out AS (
    SELECT observation_key, document_key, evidence, evidence_start::BIGINT AS evidence_start, evidence_end::BIGINT AS evidence_end
    FROM rejected_observation
    UNION ALL
    SELECT observation_key, document_key, evidence, evidence_start, evidence_end FROM not_assigned
),
stated AS (
    -- evidence that reaches over several parts is held against each
    SELECT *, unnest(range(evidence_start // 16384, (evidence_end - 1) // 16384 + 1)) * 16384 AS first
    FROM left_out
    WHERE document_key IN (SELECT document_key FROM dim_document WHERE strlen(text) > 65536)
),
placed AS (
    SELECT *, greatest(evidence_start, first) AS opens, least(evidence_end, first + 16384) AS closes FROM stated
)
SELECT o.observation_key, o.evidence, o.evidence_start
FROM left_out AS o
JOIN dim_document AS d USING (document_key)
WHERE CASE
        WHEN strlen(d.text) <= 65536 THEN substring(d.text, o.evidence_start + 1, o.evidence_end - o.evidence_start) <> o.evidence
        ELSE length(o.evidence) <> o.evidence_end - o.evidence_start
    END
UNION
SELECT o.observation_key, o.evidence, o.evidence_start
FROM placed AS o
LEFT JOIN part_of_text AS p ON p.document_key = o.document_key AND p.first = o.first
WHERE substring(p.text, o.opens - o.first + 1, o.closes - o.opens)
    IS DISTINCT FROM substring(o.evidence, o.opens - o.evidence_start + 1, o.closes - o.opens);

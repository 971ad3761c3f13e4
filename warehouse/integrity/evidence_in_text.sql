-- The evidence stands in the text of its document, at its offsets (code points).
SELECT o.statement, o.observation_key, o.evidence, substring(d.text, o.evidence_start::BIGINT + 1, o.evidence_end::BIGINT - o.evidence_start) AS found
FROM (
    SELECT 'fact_observation' AS statement, observation_key, document_key, evidence, evidence_start, evidence_end FROM fact_observation
    UNION ALL
    SELECT 'rejected_observation', observation_key, document_key, evidence, evidence_start, evidence_end FROM rejected_observation
    UNION ALL
    SELECT 'not_assigned', observation_key, document_key, evidence, evidence_start, evidence_end FROM not_assigned
) AS o
JOIN dim_document AS d USING (document_key)
WHERE substring(d.text, o.evidence_start::BIGINT + 1, o.evidence_end::BIGINT - o.evidence_start) <> o.evidence;

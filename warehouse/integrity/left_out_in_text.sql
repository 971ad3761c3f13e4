-- The evidence of a rejected or not assigned quantity stands in the text of its document at its offsets (code points).
-- To do: Read the batch of the document again; if it comes back, repair the offsets of the room `observations`.
SELECT o.observation_key, o.evidence, o.evidence_start
FROM (
    SELECT observation_key, document_key, evidence, evidence_start, evidence_end FROM rejected_observation
    UNION ALL
    SELECT observation_key, document_key, evidence, evidence_start, evidence_end FROM not_assigned
) AS o
JOIN dim_document AS d USING (document_key)
WHERE substring(d.text, o.evidence_start::BIGINT + 1, o.evidence_end::BIGINT - o.evidence_start) <> o.evidence;

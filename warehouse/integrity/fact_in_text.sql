-- A sentence stands in the text of its document at its offsets (code points), and the evidence stands in it at its own.
-- To do: Read the batch of the document again; if it comes back, repair the offsets of the room `observations`.
SELECT f.observation_key, f.evidence, f.evidence_start, f.sentence, f.sentence_start
FROM fact_observation AS f
JOIN dim_document AS d USING (document_key)
WHERE substring(d.text, f.sentence_start::BIGINT + 1, f.sentence_end::BIGINT - f.sentence_start) <> f.sentence
    OR substring(f.sentence, f.evidence_start::BIGINT - f.sentence_start + 1, f.evidence_end::BIGINT - f.evidence_start) <> f.evidence
    OR f.evidence_start < f.sentence_start;

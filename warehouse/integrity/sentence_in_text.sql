-- The sentence stands in the text of its document at its offsets, and holds the evidence.
SELECT f.observation_key, f.sentence
FROM fact_observation AS f
JOIN dim_document AS d USING (document_key)
WHERE substring(d.text, f.sentence_start::BIGINT + 1, f.sentence_end::BIGINT - f.sentence_start) <> f.sentence
    OR f.evidence_start < f.sentence_start OR f.evidence_end > f.sentence_end;

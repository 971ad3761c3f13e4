-- A sentence stands in the text of its document at its offsets (code points), and the evidence stands in it at its own.
-- To do: Read the batch of the document again; if it comes back, repair the offsets of the room `observations`.
WITH stated AS (
    -- a sentence that reaches over several parts is held against each
    SELECT
        observation_key, document_key, evidence, evidence_start, sentence, sentence_start::BIGINT AS sentence_start, sentence_end,
        unnest(range(sentence_start // 16384, (sentence_end - 1) // 16384 + 1)) * 16384 AS first
    FROM fact_observation
    WHERE document_key IN (SELECT document_key FROM dim_document WHERE strlen(text) > 65536)
),
placed AS (
    SELECT *, greatest(sentence_start, first) AS opens, least(sentence_end, first + 16384) AS closes FROM stated
)
SELECT f.observation_key, f.evidence, f.evidence_start, f.sentence, f.sentence_start
FROM fact_observation AS f
JOIN dim_document AS d USING (document_key)
WHERE CASE
        WHEN strlen(d.text) <= 65536
        THEN substring(d.text, f.sentence_start::BIGINT + 1, f.sentence_end::BIGINT - f.sentence_start) <> f.sentence
        ELSE length(f.sentence) <> f.sentence_end - f.sentence_start
    END
    OR substring(f.sentence, f.evidence_start::BIGINT - f.sentence_start + 1, f.evidence_end::BIGINT - f.evidence_start) <> f.evidence
    OR f.evidence_start < f.sentence_start
UNION
SELECT f.observation_key, f.evidence, f.evidence_start, f.sentence, f.sentence_start
FROM placed AS f
LEFT JOIN part_of_text AS p ON p.document_key = f.document_key AND p.first = f.first
WHERE substring(p.text, f.opens - f.first + 1, f.closes - f.opens)
    IS DISTINCT FROM substring(f.sentence, f.opens - f.sentence_start + 1, f.closes - f.opens);

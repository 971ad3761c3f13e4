-- Texts as long as books in parts of 16384 code points; `first` is the place of the first of them.
-- To find a place in a text costs all that stands before it; halved again and again, a text is read few times.
CREATE OR REPLACE TEMP VIEW part_of_text AS
WITH RECURSIVE part AS (
    SELECT document_key, 0::BIGINT AS first, (2 ** ceil(log2(greatest(length(text), 16384))))::BIGINT AS size, text
    FROM dim_document
    WHERE strlen(text) > 65536
    UNION ALL
    SELECT
        p.document_key,
        p.first + half.side * p.size // 2,
        p.size // 2,
        CASE half.side WHEN 0 THEN left(p.text, p.size // 2) ELSE substring(p.text, p.size // 2 + 1) END
    FROM part AS p, (VALUES (0), (1)) AS half (side)
    WHERE p.size > 16384
)
SELECT document_key, first, text FROM part WHERE size = 16384;

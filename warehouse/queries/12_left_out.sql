-- What was not published, and for which reason?
SELECT 'rejected: ' || r.rule AS fate, r.reason, d.document, r.evidence, r.sentence
FROM rejected_observation AS r JOIN dim_document AS d USING (document_key)
UNION ALL
SELECT 'not assigned', 'about no indicator of the catalogue: ' || coalesce(n.noun_phrase, '?'), d.document, n.evidence, n.sentence
FROM not_assigned AS n JOIN dim_document AS d USING (document_key)
UNION ALL
SELECT 'unread: ' || u.reason, u.detail, u.source_file, u.record, NULL
FROM unread_record AS u
ORDER BY fate, document;

-- How much of each batch and source was read and accepted, and how much is usual?
SELECT batch, source, documents, usual_documents, accepted_percent, usual_accepted_percent, facts_per_document, usual_facts_per_document, drifted
FROM drift
ORDER BY newest_article DESC NULLS LAST, batch, source NULLS FIRST;

-- A batch, and a source in it, has between a third and three times as many documents as usual before, or as many as one has had.
-- To do: Ask whoever collects the articles: a crawl ended early, a source closed, or something was delivered twice.
SELECT batch, source, documents, usual_documents, history
FROM drift
WHERE list_contains(drifted, 'volume')
ORDER BY batch, source NULLS FIRST;

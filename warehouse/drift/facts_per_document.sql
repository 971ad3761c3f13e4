-- A document of a batch, and of a source in it, states about as many figures as in the batches before.
-- To do: Open some of its articles: texts may be cut, be teasers only, or hold menus of the page.
SELECT batch, source, documents, facts_per_document, usual_facts_per_document, history
FROM drift
WHERE list_contains(drifted, 'facts per document')
ORDER BY batch, source NULLS FIRST;

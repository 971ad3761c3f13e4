-- Of the quantities of a batch, and of a source in it, about as many are about no indicator as in the batches before.
-- To do: Look at `warehouse/queries/13_words_to_add.sql` for this batch: it speaks of other things, or in words that the vocabulary lacks.
SELECT batch, source, quantities, unassigned_percent, usual_unassigned_percent, history
FROM drift
WHERE list_contains(drifted, 'unassigned')
ORDER BY batch, source NULLS FIRST;

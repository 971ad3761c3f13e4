-- Of the quantities of a batch, and of a source in it, about as many are accepted as in the batches before.
-- To do: Open some of its articles beside `rejected_observation`: a layout, an encoding or a way to write numbers has changed.
SELECT batch, source, quantities, accepted_percent, usual_accepted_percent, history
FROM drift
WHERE list_contains(drifted, 'acceptance')
ORDER BY batch, source NULLS FIRST;

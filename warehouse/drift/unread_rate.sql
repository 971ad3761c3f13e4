-- Of the records of a batch no more remain unread than in the batches before.
-- To do: Look at `unread_record` for this batch: each row says why, and what to do.
SELECT batch, documents, unread_percent, usual_unread_percent, history
FROM drift
WHERE list_contains(drifted, 'unread')
ORDER BY batch;

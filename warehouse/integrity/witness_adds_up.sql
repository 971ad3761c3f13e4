-- A relation agrees where stated and computed differ by no more than the tolerance, and only there; it ties several figures together.
-- To do: Repair the room that found the relation: `quality` within a document, `star` across documents.
SELECT witness_key, kind, scope, formula, stated, computed, tolerance, agrees
FROM witness
WHERE agrees <> (abs(stated - computed) <= tolerance + 1e-9 * abs(stated))
    OR list_contains(string_split(others, '|'), observation_key);

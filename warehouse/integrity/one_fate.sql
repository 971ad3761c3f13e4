-- A quantity is accepted, rejected or not assigned: one of the three.
-- To do: Repair the room `quality`: it put a statement into two tables.
SELECT observation_key, count(*) AS fates
FROM (
    SELECT observation_key FROM fact_observation
    UNION ALL SELECT observation_key FROM rejected_observation
    UNION ALL SELECT observation_key FROM not_assigned
)
GROUP BY observation_key
HAVING count(*) > 1;

-- A figure names exactly the rules that the table of warnings has for it.
-- To do: Repair the room `star`: the names of the warnings on a fact and the table of warnings are made apart.
WITH named AS (
    SELECT observation_key, unnest(string_split(warnings, '|')) AS rule FROM fact_observation WHERE warnings IS NOT NULL
), told AS (
    SELECT DISTINCT observation_key, rule FROM warning
)
(SELECT 'not in the table of warnings' AS fault, * FROM (SELECT * FROM named EXCEPT SELECT * FROM told))
UNION ALL
(SELECT 'not named by the figure', * FROM (SELECT * FROM told EXCEPT SELECT * FROM named));

-- Every key points to a row.
-- To do: Repair the room `star`: it made a fact that points to no row, or lost the row.
SELECT 'fact_observation.document_key' AS key, observation_key AS at FROM fact_observation ANTI JOIN dim_document USING (document_key)
UNION ALL
SELECT 'fact_observation.indicator', observation_key FROM fact_observation ANTI JOIN dim_indicator USING (indicator)
UNION ALL
SELECT 'fact_observation.unit', observation_key FROM fact_observation ANTI JOIN dim_unit USING (unit)
UNION ALL
SELECT 'fact_observation.place_key', observation_key FROM fact_observation ANTI JOIN dim_place USING (place_key) WHERE place_key IS NOT NULL
UNION ALL
SELECT 'fact_observation.entity_key', observation_key FROM fact_observation ANTI JOIN dim_entity USING (entity_key) WHERE entity_key IS NOT NULL
UNION ALL
SELECT 'fact_observation.industry_key', observation_key FROM fact_observation ANTI JOIN dim_industry USING (industry_key) WHERE industry_key IS NOT NULL
UNION ALL
SELECT 'fact_observation.period_key', observation_key FROM fact_observation ANTI JOIN dim_period USING (period_key) WHERE period_key IS NOT NULL
UNION ALL
SELECT 'fact_observation.base_key', observation_key FROM fact_observation AS f ANTI JOIN dim_period AS b ON b.period_key = f.base_key WHERE f.base_key IS NOT NULL
UNION ALL
SELECT 'rejected_observation.document_key', observation_key FROM rejected_observation ANTI JOIN dim_document USING (document_key)
UNION ALL
SELECT 'not_assigned.document_key', observation_key FROM not_assigned ANTI JOIN dim_document USING (document_key)
UNION ALL
SELECT 'warning.observation_key', observation_key FROM warning ANTI JOIN fact_observation USING (observation_key)
UNION ALL
SELECT 'witness.observation_key', observation_key FROM witness ANTI JOIN fact_observation USING (observation_key)
UNION ALL
SELECT 'witness.others', observation_key
FROM (SELECT unnest(string_split(others, '|')) AS observation_key FROM witness) ANTI JOIN fact_observation USING (observation_key)
UNION ALL
SELECT 'dim_document.cluster_key', document_key FROM dim_document WHERE cluster_key NOT IN (SELECT document_key FROM dim_document)
UNION ALL
SELECT 'dim_place.territory_key', place_key FROM dim_place WHERE territory_key NOT IN (SELECT place_key FROM dim_place)
UNION ALL
SELECT 'dim_unit.base_unit', unit FROM dim_unit AS u
WHERE NOT contains(unit, '/') AND base_unit NOT IN (SELECT unit FROM dim_unit);

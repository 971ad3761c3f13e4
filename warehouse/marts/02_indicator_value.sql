CREATE VIEW indicator_value AS
WITH keyed AS (
    -- one step, or DuckDB makes the key anew for each of its uses
    SELECT
        md5(concat_ws(
            '|', indicator, measure, coalesce(territory_key, ''), coalesce(entity, ''), coalesce(industry, ''), period_key,
            coalesce(base_key, ''), coalesce(status, ''), coalesce(price_basis, ''), unit
        )) AS value_key,
        *
    FROM (
        SELECT
            f.observation_key,
            f.indicator,
            f.measure::VARCHAR AS measure,
            f.place_key,
            pl.territory_key,
            e.entity_folded AS entity,
            n.industry_folded AS industry,
            f.period_key,
            f.base_key,
            f.status::VARCHAR AS status,
            f.price_basis::VARCHAR AS price_basis,
            u.base_unit AS unit,
            f.bound,
            f.warnings,
            f.value * u.factor AS value,
            -- half a unit of the last digit printed
            0.5 * u.factor * coalesce(
                abs(f.value) / nullif(try_cast(ltrim(regexp_replace(f.value_as_written, '[^0-9]', '', 'g'), '0') AS DOUBLE), 0), 0
            ) AS half_digit,
            d.cluster_key,
            d.document,
            d.published_on,
            f.document_key,
            f.evidence_start
        FROM fact_observation AS f
        JOIN dim_document AS d USING (document_key)
        JOIN dim_unit AS u USING (unit)
        LEFT JOIN dim_place AS pl USING (place_key)
        LEFT JOIN dim_entity AS e USING (entity_key)
        LEFT JOIN dim_industry AS n USING (industry_key)
        WHERE f.period_key IS NOT NULL AND coalesce(f.place_key, f.entity_key) IS NOT NULL
    ) AS mention
), told AS (
    -- what one document says: only exact mentions can disagree, and a copy with another value is no copy
    SELECT
        value_key,
        min(value - half_digit) AS low,
        max(value + half_digit) AS high,
        max(value - half_digit) > min(value + half_digit) AS unresolved
    FROM keyed
    WHERE bound = 'exact'
    GROUP BY value_key, document_key
), agreement AS (
    SELECT value_key, max(low) > min(high) AS conflict, bool_or(unresolved) AS unresolved FROM told GROUP BY value_key
), fact AS NOT MATERIALIZED (
    -- kept for both of its uses, DuckDB 2.0 waits for ever on a bare LIMIT
    SELECT
        value_key,
        any_value(indicator) AS indicator,
        any_value(measure) AS measure,
        -- a place that was renamed has the name of the latest article
        arg_max(place_key, (coalesce(published_on, DATE '0001-01-01'), document_key)) AS place_key,
        any_value(territory_key) AS territory_key,
        any_value(entity) AS entity,
        any_value(industry) AS industry,
        any_value(period_key) AS period_key,
        any_value(base_key) AS base_key,
        any_value(status) AS status,
        any_value(price_basis) AS price_basis,
        any_value(unit) AS unit,
        arg_max(
            {'value': value, 'half_digit': half_digit, 'bound': bound, 'warnings': warnings},
            (coalesce(published_on, DATE '0001-01-01'), document_key, -evidence_start::BIGINT)
        ) AS latest,
        count(DISTINCT cluster_key) AS sources,
        count(*) AS mentions,
        min(value) AS lowest,
        max(value) AS highest,
        arg_min(document, (published_on, document_key)) FILTER (published_on IS NOT NULL) AS first_article,
        min(published_on) AS first_published_on,
        arg_max(document, (published_on, document_key)) FILTER (published_on IS NOT NULL) AS latest_article,
        max(published_on) AS latest_published_on,
        list(observation_key ORDER BY published_on, document_key, evidence_start) AS observation_keys
    FROM keyed
    GROUP BY value_key
), agreeing AS (
    -- where rounding alone explains a tenth of a value, that it agrees says nothing
    SELECT witness_key, unnest(string_split(concat_ws('|', observation_key, others), '|')) AS observation_key
    FROM witness
    WHERE agrees AND tolerance <= 0.1 * abs(stated)
), confirmed AS (
    SELECT k.value_key, count(DISTINCT a.witness_key) AS confirmations
    FROM keyed AS k
    JOIN agreeing AS a USING (observation_key)
    JOIN fact AS f ON f.value_key = k.value_key AND abs(k.value - f.latest.value) <= k.half_digit + f.latest.half_digit
    GROUP BY k.value_key
)
SELECT
    f.value_key,
    f.indicator,
    i.indicator_name,
    f.measure,
    pl.place,
    pl.place_level::VARCHAR AS place_level,
    f.entity,
    f.industry,
    p.period,
    p.year,
    b.period AS base,
    f.status,
    f.price_basis,
    f.unit,
    f.latest.value AS value,
    f.latest.half_digit AS rounding,
    f.latest.bound::VARCHAR AS bound,
    f.latest.warnings AS warnings,
    f.sources,
    f.mentions,
    f.lowest,
    f.highest,
    coalesce(a.conflict, false) AS conflict,
    coalesce(a.unresolved, false) AS unresolved,
    coalesce(c.confirmations, 0) AS confirmations,
    f.first_article,
    f.first_published_on,
    f.latest_article,
    f.latest_published_on,
    f.observation_keys,
    f.place_key,
    f.territory_key,
    f.period_key,
    f.base_key
FROM fact AS f
LEFT JOIN agreement AS a USING (value_key)
LEFT JOIN confirmed AS c USING (value_key)
JOIN dim_indicator AS i USING (indicator)
JOIN dim_period AS p USING (period_key)
LEFT JOIN dim_place AS pl USING (place_key)
LEFT JOIN dim_period AS b ON b.period_key = f.base_key;

COMMENT ON VIEW indicator_value IS 'One row a fact: all mentions of the same indicator, measure, place, organisation, sector, period, base, status and price basis, in the base unit.';
COMMENT ON COLUMN indicator_value.value_key IS 'Key of the fact: hash of all that its mentions agree in';
COMMENT ON COLUMN indicator_value.base IS 'Time compared with, ISO 8601: for growth, change and multiple';
COMMENT ON COLUMN indicator_value.entity IS 'Organisation that the fact is about, in lower case; null where it is about the whole place';
COMMENT ON COLUMN indicator_value.industry IS 'Sector or product that the fact is limited to, in lower case; null where it is not limited';
COMMENT ON COLUMN indicator_value.unit IS 'Base unit of the family of the units that were written';
COMMENT ON COLUMN indicator_value.value IS 'Value in the latest article, in the base unit';
COMMENT ON COLUMN indicator_value.rounding IS 'Half a unit of the last digit printed of that value, in the base unit';
COMMENT ON COLUMN indicator_value.bound IS 'How that value is limited: exact, or more than, about, less than it';
COMMENT ON COLUMN indicator_value.warnings IS 'Names of the warnings on the mention that the value is taken from, joined by |; null where there are none';
COMMENT ON COLUMN indicator_value.sources IS 'Documents that state the fact; near-identical ones count once';
COMMENT ON COLUMN indicator_value.mentions IS 'Mentions of the fact';
COMMENT ON COLUMN indicator_value.lowest IS 'Lowest value that a mention gives';
COMMENT ON COLUMN indicator_value.highest IS 'Highest value that a mention gives';
COMMENT ON COLUMN indicator_value.conflict IS 'Whether two documents differ by more than the digits they print allow; mentions that are not exact do not count';
COMMENT ON COLUMN indicator_value.unresolved IS 'Whether one document gives different values: what tells them apart was not read, so no other mart shows them';
COMMENT ON COLUMN indicator_value.confirmations IS 'Arithmetical relations to other figures that bear the value out, of one document or of several: see witness';
COMMENT ON COLUMN indicator_value.first_article IS 'First dated document that states the fact';
COMMENT ON COLUMN indicator_value.first_published_on IS 'Day of the first article';
COMMENT ON COLUMN indicator_value.latest_article IS 'Latest dated document that states the fact';
COMMENT ON COLUMN indicator_value.latest_published_on IS 'Day of the latest article';
COMMENT ON COLUMN indicator_value.observation_keys IS 'The mentions, oldest article first';

CREATE VIEW place_today AS
WITH part AS (
    -- a province of the 63, told before it was merged; the result for the whole of it
    SELECT
        old.successor AS place,
        old.place AS old_place,
        r.year,
        r.indicator,
        r.measure,
        r.unit,
        r.price_basis,
        r.value,
        r.status,
        r.conflict,
        r.value_key
    FROM panel AS r
    JOIN dim_place AS old USING (place_key)
    WHERE old.successor IS NOT NULL AND old.place_level = 'province'
    -- one that was renamed counts once, by its code
    QUALIFY 1 = row_number() OVER (
        PARTITION BY old.place_code, r.year, r.indicator, r.measure, r.unit, r.price_basis
        ORDER BY r.latest_published_on DESC NULLS LAST, r.value_key
    )
), whole AS (
    SELECT successor AS place, count(DISTINCT place_code) AS parts FROM dim_place WHERE successor IS NOT NULL AND place_level = 'province' GROUP BY ALL
), gathered AS (
    SELECT
        place,
        year,
        indicator,
        measure,
        unit,
        price_basis,
        count(*) AS parts_told,
        sum(value) AS total,
        bool_or(conflict) AS conflict,
        count(DISTINCT status) AS statuses,
        list({'place': old_place, 'value': value, 'status': status, 'value_key': value_key} ORDER BY old_place) AS old_places
    FROM part
    GROUP BY ALL
)
SELECT
    g.place,
    g.year,
    g.indicator,
    i.indicator_name,
    g.measure,
    g.unit,
    g.price_basis,
    CASE
        WHEN w.parts = 1 THEN 'unchanged'
        WHEN g.measure <> 'level' OR i.indicator_kind NOT IN ('stock', 'flow') OR contains(g.unit, '/') OR g.unit = 'percent' THEN 'ratio'
        WHEN g.parts_told < w.parts THEN 'incomplete'
        ELSE 'summed'
    END AS treatment,
    CASE WHEN treatment IN ('unchanged', 'summed') THEN g.total END AS value,
    w.parts,
    g.parts_told,
    g.statuses > 1 AS mixed_status,
    g.conflict,
    g.old_places
FROM gathered AS g
JOIN whole AS w USING (place)
JOIN dim_indicator AS i USING (indicator);

COMMENT ON VIEW place_today IS 'One row a province of today, year, indicator, measure, unit and price basis: results for the 63 provinces before 1 July 2025, seen from the 34 of today.';
COMMENT ON COLUMN place_today.place IS 'Province of today';
COMMENT ON COLUMN place_today.unit IS 'Base unit of the value';
COMMENT ON COLUMN place_today.treatment IS 'unchanged: the province was not merged; summed: all its parts are told and add up; incomplete: a part is missing; ratio: never summed';
COMMENT ON COLUMN place_today.value IS 'Value for the province of today, in the base unit; null where it is incomplete or a ratio';
COMMENT ON COLUMN place_today.parts IS 'Provinces that the province of today was made from';
COMMENT ON COLUMN place_today.parts_told IS 'Of these, provinces that the articles tell a value for';
COMMENT ON COLUMN place_today.mixed_status IS 'Whether the parts differ in how final they are';
COMMENT ON COLUMN place_today.conflict IS 'Whether articles disagree about a part';
COMMENT ON COLUMN place_today.old_places IS 'The parts with value, status and fact of indicator_value';

CREATE VIEW place_today AS
WITH version AS (
    SELECT territory_key, place, place_key, place_level, valid_from, coalesce(valid_to, DATE '9999-12-31') AS last_day, string_split(today, ' | ') AS units
    FROM dim_place
    WHERE place_level <> 'country'
), result AS (
    SELECT
        r.year,
        r.indicator,
        r.measure,
        r.unit,
        r.price_basis,
        r.territory_key,
        v.units,
        {'place': r.place, 'value': r.value, 'status': r.status, 'value_key': r.value_key} AS told,
        r.value,
        r.status,
        r.conflict
    FROM panel AS r
    JOIN version AS v USING (place_key)
), piece AS (
    SELECT unnest(units) AS place, len(units) = 1 AS is_whole, territory_key, place_level, valid_from, last_day FROM version
), part AS (
    -- all that held the land of a unit of today at one time, at one level: one part where it was whole by then
    SELECT DISTINCT place, d.last_day, p.place_level, p.territory_key, p.is_whole
    FROM piece AS p
    JOIN (SELECT DISTINCT place, last_day FROM piece WHERE is_whole) AS d USING (place)
    WHERE d.last_day BETWEEN coalesce(p.valid_from, DATE '0001-01-01') AND p.last_day
), parts AS (
    SELECT place, last_day, place_level, count(*) AS parts, bool_and(is_whole) AS add_up FROM part GROUP BY ALL
), gathered AS (
    SELECT
        p.place,
        p.last_day,
        p.place_level,
        r.year,
        r.indicator,
        r.measure,
        r.unit,
        r.price_basis,
        count(*) AS parts_told,
        sum(r.value) AS total,
        count(DISTINCT r.status) > 1 AS mixed_status,
        bool_or(r.conflict) AS conflict,
        list(r.told ORDER BY r.told.place) AS old_places
    FROM result AS r
    JOIN part AS p ON p.place = r.units[1] AND p.territory_key = r.territory_key
    WHERE len(r.units) = 1
    GROUP BY ALL
), carried AS (
    SELECT
        g.*,
        w.parts,
        CASE
            WHEN w.parts = 1 THEN 'unchanged'
            WHEN g.measure <> 'level' OR i.indicator_kind NOT IN ('stock', 'flow') OR contains(g.unit, '/') OR g.unit = 'percent' THEN 'ratio'
            WHEN g.parts_told < w.parts OR NOT w.add_up THEN 'incomplete'
            ELSE 'summed'
        END AS treatment
    FROM gathered AS g
    JOIN parts AS w USING (place, last_day, place_level)
    JOIN dim_indicator AS i USING (indicator)
    -- what is told of the whole comes before what adds up to it, and that before what does not; then the latest boundaries
    QUALIFY 1 = row_number() OVER (
        PARTITION BY g.place, g.year, g.indicator, g.measure, g.unit, g.price_basis
        ORDER BY array_position(['unchanged', 'summed', 'ratio', 'incomplete'], treatment), g.parts_told::DOUBLE / w.parts DESC, g.last_day DESC, g.place_level
    )
), seen AS (
    SELECT
        place,
        year,
        indicator,
        measure,
        unit,
        price_basis,
        treatment,
        CASE WHEN treatment IN ('unchanged', 'summed') THEN total END AS value,
        parts,
        parts_told,
        mixed_status,
        conflict,
        old_places,
        [place] AS today
    FROM carried
    UNION ALL
    SELECT
        NULL,
        year,
        indicator,
        measure,
        unit,
        price_basis,
        CASE WHEN units IS NULL THEN 'unknown' ELSE 'split' END,
        NULL,
        NULL,
        NULL,
        false,
        conflict,
        [told],
        units
    FROM result
    WHERE units IS NULL OR len(units) > 1
)
SELECT
    CASE WHEN len(list_distinct([split_part(path, ' > ', 1) FOR path IN s.today])) = 1 THEN split_part(s.today[1], ' > ', 1) END AS province,
    s.place,
    s.year,
    s.indicator,
    i.indicator_name,
    s.measure,
    s.unit,
    s.price_basis,
    s.treatment,
    s.value,
    s.parts,
    s.parts_told,
    s.mixed_status,
    s.conflict,
    s.old_places,
    s.today
FROM seen AS s
JOIN dim_indicator AS i USING (indicator);

COMMENT ON VIEW place_today IS 'One row a province or commune of today, year, indicator, measure, unit and price basis; what was told of a unit that lies in several of today has a row of its own.';
COMMENT ON COLUMN place_today.province IS 'Province of today that the row lies in; null where it lies in several, or where no list tells';
COMMENT ON COLUMN place_today.place IS 'Unit of today, by its path; null where the unit that was told lies in several of today';
COMMENT ON COLUMN place_today.unit IS 'Base unit of the value';
COMMENT ON COLUMN place_today.treatment IS 'unchanged: told of the same land, under this or another name; summed: all its parts are told and add up; incomplete: a part is not told or lies in two units of today; ratio: never summed; split: the unit told lies in several of today; unknown: no list tells what became of it';
COMMENT ON COLUMN place_today.value IS 'Value for the unit of today, in the base unit; only where the treatment is unchanged or summed';
COMMENT ON COLUMN place_today.parts IS 'Units that held the land of the unit of today when the values were told';
COMMENT ON COLUMN place_today.parts_told IS 'Of these, units that the articles tell a value for';
COMMENT ON COLUMN place_today.mixed_status IS 'Whether the parts differ in how final they are';
COMMENT ON COLUMN place_today.conflict IS 'Whether articles disagree about a part';
COMMENT ON COLUMN place_today.old_places IS 'What was told, each with place, value, status and fact of indicator_value';
COMMENT ON COLUMN place_today.today IS 'Units of today that the row lies in; null where no list tells';

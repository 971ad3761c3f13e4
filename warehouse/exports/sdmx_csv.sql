-- The facts of indicator_value as rows of SDMX-CSV 2.0, concepts as in sdmx_concepts.csv: those that one source does not contradict itself in and whose time is known.
WITH span AS (
    SELECT
        period_key,
        period_start AS first_day,
        period_end AS last_day,
        day(period_start) = 1 AND period_end = last_day(period_end) AS in_months,
        datediff('month', period_start, period_end) + 1 AS months,
        datediff('day', period_start, period_end) + 1 AS days
    FROM dim_period
    WHERE period_start IS NOT NULL AND period_end IS NOT NULL
), timed AS (
    SELECT
        period_key,
        CASE
            WHEN in_months AND months = 12 AND month(first_day) = 1 THEN 'A'
            WHEN in_months AND months = 6 AND month(first_day) IN (1, 7) THEN 'S'
            WHEN in_months AND months = 3 AND month(first_day) IN (1, 4, 7, 10) THEN 'Q'
            WHEN in_months AND months = 1 THEN 'M'
            WHEN in_months AND months IN (24, 36, 48, 60) AND month(first_day) = 1 THEN 'A' || months // 12
            ELSE 'I'
        END AS frequency,
        CASE
            WHEN frequency = 'A' THEN strftime(first_day, '%Y')
            WHEN frequency = 'S' THEN strftime(first_day, '%Y') || '-S' || (month(first_day) + 5) // 6
            WHEN frequency = 'Q' THEN strftime(first_day, '%Y') || '-Q' || quarter(first_day)
            WHEN frequency = 'M' THEN strftime(first_day, '%Y-%m')
            WHEN days = 1 THEN strftime(first_day, '%Y-%m-%d')
            WHEN in_months AND months % 12 = 0 THEN strftime(first_day, '%Y-%m-%d') || '/P' || months // 12 || 'Y'
            WHEN in_months THEN strftime(first_day, '%Y-%m-%d') || '/P' || months || 'M'
            ELSE strftime(first_day, '%Y-%m-%d') || '/P' || days || 'D'
        END AS time_period
    FROM span
), row AS (
    SELECT
        'dataflow' AS STRUCTURE,
        'CHITIEU:REPORTED_FIGURES(1.0.0)' AS STRUCTURE_ID,
        'I' AS ACTION,
        CASE
            WHEN v.place_key IS NULL THEN '_U'
            WHEN g.place_level = 'country' THEN 'VN'
            ELSE coalesce(g.place_code, 'X' || g.place_key) || coalesce('@' || g.valid_from, '')
        END AS REF_AREA,
        v.indicator AS INDICATOR,
        v.measure AS MEASURE,
        t.frequency AS FREQ,
        t.time_period AS TIME_PERIOD,
        coalesce(u.unit_code, v.unit) AS UNIT_MEASURE,
        CASE WHEN v.price_basis IS NULL THEN '_U' WHEN v.price_basis = 'current' THEN 'V' ELSE 'Q' END AS PRICES,
        CASE WHEN v.price_basis <> 'current' THEN v.price_basis ELSE '_Z' END AS BASE_PER,
        coalesce(b.time_period, '_Z') AS COMPARISON_PER,
        CASE WHEN v.measure = 'attainment' THEN 'COMPLETION_RATE' WHEN v.status = 'target' THEN 'TARGET' ELSE 'ACTUAL' END AS VALUE_TYPE,
        coalesce(upper(left(v.status, 1)), '_U') AS STAGE,
        coalesce(v.industry, '_T') AS ACTIVITY,
        coalesce(v.entity, '_Z') AS ENTITY,
        CASE u.base_unit WHEN 'VND' THEN 9 WHEN 'USD' THEN 6 ELSE 0 END AS UNIT_MULT,
        v.value / pow(10, UNIT_MULT) AS OBS_VALUE,
        CASE v.status WHEN 'estimate' THEN 'E' WHEN 'preliminary' THEN 'P' WHEN 'forecast' THEN 'F' ELSE 'A' END AS OBS_STATUS,
        'F' AS CONF_STATUS,
        v.lowest / pow(10, UNIT_MULT) AS OBS_LOWEST,
        v.highest / pow(10, UNIT_MULT) AS OBS_HIGHEST,
        v.sources AS SOURCES,
        v.conflict AS CONFLICT,
        v.place AS REF_AREA_NAME,
        v.indicator_name AS INDICATOR_NAME,
        nullif(i.national_code, 'no official code') AS INDICATOR_NATIONAL,
        nullif(i.provincial_code, 'no official code') AS INDICATOR_PROVINCIAL,
        v.latest_article AS SOURCE_DETAIL,
        v.latest_published_on AS SOURCE_DATE,
        v.value_key AS OBS_KEY
    FROM indicator_value AS v
    JOIN dim_indicator AS i USING (indicator)
    JOIN timed AS t USING (period_key)
    LEFT JOIN timed AS b ON b.period_key = v.base_key
    LEFT JOIN dim_place AS g USING (place_key)
    LEFT JOIN dim_unit AS u ON u.unit = v.unit
    WHERE NOT v.unresolved AND (v.base_key IS NULL OR b.period_key IS NOT NULL)
)
SELECT *
FROM row
-- two labels of one time (2021/2023, 2021-01/2023-12) are one key here
QUALIFY 1 = row_number() OVER (
    PARTITION BY REF_AREA, INDICATOR, MEASURE, FREQ, TIME_PERIOD, UNIT_MEASURE, PRICES, BASE_PER, COMPARISON_PER, VALUE_TYPE, STAGE, ACTIVITY, ENTITY
    ORDER BY SOURCE_DATE DESC NULLS LAST, OBS_KEY
)
ORDER BY ALL

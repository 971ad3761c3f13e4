-- Closed lists of words, as the rooms use them.
CREATE TYPE measure AS ENUM ('level', 'growth', 'growth_avg', 'change', 'multiple', 'share', 'attainment', 'gap_to_target', 'contribution', 'index');
CREATE TYPE bound AS ENUM ('exact', 'approx', 'over', 'under', 'nearly', 'at_least', 'at_most');
CREATE TYPE status AS ENUM ('actual', 'estimate', 'preliminary', 'target', 'forecast');
CREATE TYPE price_basis AS ENUM ('current', '1994', '2010', '2020');
CREATE TYPE place_level AS ENUM ('country', 'province', 'district', 'commune');
CREATE TYPE period_kind AS ENUM ('year', 'quarter', 'month', 'date', 'range');
CREATE TYPE indicator_kind AS ENUM ('stock', 'flow', 'rate', 'index');
CREATE TYPE witness_scope AS ENUM ('one document', 'several documents');
CREATE TYPE severity AS ENUM ('blocking', 'warning');
CREATE TYPE dated_by AS ENUM ('law', 'lists');

"""What the cues around a number say: what it does, where it moves, whether a plan or another time stands beside it."""

from __future__ import annotations

import polars as pl

from assets.observations.breaths import PERCENTAGES, in_one_breath
from assets.observations.stream import Quantities, ahead, cue, in_gap

# Cues that say what the number does; the nearest before it decides.
_VERBS = ["direction", "exceed", "reach", "equal", "share", "contribution", "multiple"]
# A plan or base named right behind the number belongs to it: characters from the end of the unit.
_PLAN_REACH = 22
_VERSUS_REACH = 40
# Code points between a verb and the plan behind it, and between that and the number.
_AT_ONCE, _NUMBER_REACH = 2, 8
# Codes of verbs that name where a move ends.
TO = ["to", "up_to", "down_to"]
# `(+7,5% so với năm 2020)`: signs right before a number that say where it moves.
# `( 13% so với cùng kỳ)`, too: some sites print no plus, and leave its gap.
_RISEN = r"[(;,]\s?\+\s? … |\(\s … ?%\s?(?:yoy|qoq|mom|svck|so với|so cùng)"
_FALLEN = r"\(\s?[-–−]\s? … "
# `tăng 37% (+59 doanh nghiệp)`: and signs of the amount right behind its percentage.
_MORE, _LESS = r"%\s?\((?:\s?\+\s?|\s) … ", r"%\s?\(\s?[-–−]\s? … "
_IN_SIGNS = pl.col("family").is_in(["count", "people", "money"])
# What no share goes beyond.
_WHOLE = 100
# What `read_cues` adds for `bind_measures` alone, and for `bind_status` too.
SIGNS = ["of_plan", "versus_plan", "versus_base", "is_mean", "plan_between", "part_row", "in_brackets", "has_effect", "before_time"]
ACTS = ["act", "act_code", "act_distance", "comes_from"]


def read_cues(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds what the cues around each quantity say: act, act_code, direction, of_plan, versus_plan, versus_base, is_mean, act_distance.

    And is_goal: it is the planned rate that the one before it is compared with.
    """
    seen = Quantities(stream)
    around = Quantities(seen.with_columns(_rows_of_cues(seen)))
    return around.with_columns(_signs(around)).drop(_CUE_ROWS).pipe(in_one_breath)


_CUE_ROWS = [
    "act_row", "direction_row", "average_row", "from_row", "next_act_row", "plan_row", "versus_row", "clause_row", "clause_before_row",
    "outlook_row", "time_row", "signed",
]  # fmt: skip


def _rows_of_cues(seen: Quantities) -> list[pl.Expr]:
    return [
        in_gap(seen.last_row(cue(*_VERBS))).alias("act_row"),
        in_gap(seen.last_row(cue("direction"))).alias("direction_row"),
        in_gap(seen.last_row(cue("average"))).alias("average_row"),
        in_gap(seen.last_row(cue("from"))).alias("from_row"),
        ahead(seen.next_row(cue(*_VERBS))).alias("next_act_row"),
        ahead(seen.next_row(cue("plan"))).alias("plan_row"),
        ahead(seen.next_row(cue("versus"))).alias("versus_row"),
        ahead(seen.next_row(cue("outlook"))).alias("outlook_row"),
        ahead(seen.next_row(pl.col("kind") == "period")).alias("time_row"),
        ahead(seen.next_row(pl.col("kind") == "clause")).alias("clause_row"),
        seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != ",")).alias("clause_before_row"),
        in_gap(seen.last_row(pl.col("kind").is_in(["sector", "place"]))).alias("part_row"),
        (seen.at("code", in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != ",")))) == "(")
        .fill_null(value=False)
        .alias("in_brackets"),
        _sign().alias("signed"),
    ]


def _signs(seen: Quantities) -> list[pl.Expr]:
    """What the cues say, as flags: a plan directly behind, a comparison with a plan, with a period, a yearly mean."""
    unit_end = pl.col("end") + pl.col("unit_length")
    plan, versus = seen.at("start", "plan_row"), seen.at("start", "versus_row")
    unparted = (pl.col("clause_row").is_null() | (seen.at("start", "clause_row") >= plan)) & (
        pl.col("next_act_row").is_null() | (pl.col("next_act_row") > pl.col("plan_row"))
    )
    behind = [(name > versus) & (name - seen.at("end", "versus_row") <= _PLAN_REACH) for name in (plan, seen.at("start", "outlook_row"))]
    # `tăng 3,5%, thấp hơn so với mục tiêu 4%`: what is lower than the plan is the rate, not the growth by so much.
    apart = ahead(seen.next_row(cue("than"))) < pl.col("versus_row")
    to_plan = ((versus - unit_end <= _VERSUS_REACH) & pl.any_horizontal(behind) & ~apart.fill_null(value=False)).fill_null(value=False)
    start_from = seen.at("start", "from_row")
    return [
        pl.when(pl.col("signed").is_not_null()).then(pl.lit("direction")).otherwise(_act(seen)).alias("act"),
        pl.coalesce("signed", seen.at("code", "act_row")).alias("act_code"),
        _direction(seen).alias("direction"),
        in_gap(seen.last_row(cue("effect", "contribution"))).is_not_null().alias("has_effect"),
        ((plan - unit_end <= _PLAN_REACH) & unparted & (versus.is_null() | (versus > plan))).fill_null(value=False).alias("of_plan"),
        to_plan.alias("versus_plan"),
        ((versus - unit_end <= _VERSUS_REACH) & ~to_plan).fill_null(value=False).alias("versus_base"),
        (seen.at("start", "time_row") - unit_end <= _AT_ONCE).fill_null(value=False).alias("before_time"),
        _is_mean(seen).alias("is_mean"),
        (start_from >= seen.at("start", "direction_row")).fill_null(value=False).alias("comes_from"),
        _plan_between(seen).alias("plan_between"),
        _is_listed(seen).alias("is_listed"),
        pl.when(_IN_SIGNS & pl.col("signed").is_not_null())
        .then(0)
        .when(
            (pl.col("clause_before_row") < pl.col("act_row")).fill_null(value=True),
            # `giảm từ 500-1.000 tỷ đồng`: how much, and not where from.
            (start_from < seen.at("start", "act_row")).fill_null(value=True) | pl.col("value_upper").is_not_null(),
        )
        .then(pl.col("start") - seen.at("end", "act_row"))
        .alias("act_distance"),
    ]


def _act(seen: Quantities) -> pl.Expr:
    """What the number does; `chiếm tỷ trọng lớn nhất với 71%` and `tỷ trọng … đạt 10%` tell of a share all the same."""
    act, share = seen.at("family", "act_row"), in_gap(seen.last_row(cue("share"))).is_not_null()
    # `đóng góp chính với gần 90% vào doanh thu`.
    share |= in_gap(seen.last_row(cue("contribution"))).is_not_null() & pl.col("direction_row").is_null()
    points, adds = pl.col("family") == "percentage_point", in_gap(seen.last_row(cue("adds")))
    # `dẫn đầu mức đóng góp là ngành dệt (4,9 điểm phần trăm)`.
    adds = (adds > pl.col("act_row").fill_null(0)) | ((act == "reach") & in_gap(seen.last_row(cue("contribution"))).is_not_null())
    adds = (points & adds).fill_null(value=False)
    of_part = act.is_in(["reach", "equal"]) & share & (pl.col("family") == "percent")
    # `chủ yếu ở các ngành bán buôn (36%)`.
    main = in_gap(seen.last_row(cue("main")))
    plain = pl.col("direction_row").is_null() & (pl.col("value") <= _WHOLE)
    of_part |= _is_listed(seen) & pl.col("part_row").is_not_null() & plain & (main > pl.col("act_row").fill_null(0)).fill_null(value=False)
    # `trong đó 15% là vốn tự có`, `gồm 30% vốn vay`.
    of_which = seen.gap_from(in_gap(seen.last_row(cue("of_which")))) <= _NUMBER_REACH
    of_amount = ~seen.at("family", "last_quantity").is_in(PERCENTAGES).fill_null(value=False)
    of_part |= (of_which & (pl.col("family") == "percent") & pl.col("follows").is_in(["là", "vốn"])).fill_null(value=False) & of_amount
    said = pl.when(of_part).then(pl.lit("share")).otherwise(act)
    # `dịch vụ góp 1,8 điểm phần trăm`; of other units `góp` tells of capital.
    return pl.when(adds).then(pl.lit("contribution")).otherwise(said)


def _is_listed(seen: Quantities) -> pl.Expr:
    """`bán buôn (36%), xây dựng (9%)`: whether a percentage stands in brackets of its own."""
    at_once = seen.gap_from("clause_before_row") <= _NUMBER_REACH
    return ((pl.col("family") == "percent") & pl.col("in_brackets") & at_once).fill_null(value=False)


def _sign() -> pl.Expr:
    """`up` or `down` where a sign in brackets says so, else null."""
    signed, amount = pl.when(pl.col("family").is_in(PERCENTAGES)).then("phrase"), pl.when(_IN_SIGNS).then("phrase")
    risen = pl.coalesce(signed.str.contains(_RISEN), amount.str.contains(_MORE))
    fallen = pl.coalesce(signed.str.contains(_FALLEN), amount.str.contains(_LESS))
    return pl.when(risen).then(pl.lit("up")).when(fallen).then(pl.lit("down"))


def _direction(seen: Quantities) -> pl.Expr:
    """Where a number moves; `tốc độ tăng giảm xuống 5,2%` tells of a growth, and what is missing to a plan (`hụt`) is below it."""
    said, end = seen.at("code", "direction_row"), in_gap(seen.last_row((pl.col("kind") == "cue") & pl.col("code").is_in(TO)))
    ends = (pl.col("family") == "percent") & (end >= pl.col("direction_row"))
    short = (seen.at("family", "act_row") == "exceed") & (seen.at("code", "act_row") == "down")
    return pl.coalesce("signed", pl.when(ends).then(pl.lit("up")).when(short).then(pl.lit("down")).otherwise(said))


def _plan_between(seen: Quantities) -> pl.Expr:
    """Whether a plan stands right behind the verb that moves or exceeds and right before the number."""
    plan = in_gap(seen.last_row(cue("plan")))
    moves = pl.col("act_row").is_not_null() & seen.at("family", "act_row").is_in(["exceed", "direction"])
    behind_verb = (seen.at("start", plan).cast(pl.Int64) - seen.at("end", "act_row").cast(pl.Int64)).is_between(0, _AT_ONCE)
    before_number = seen.gap_from(plan) <= _NUMBER_REACH
    return (moves & behind_verb & before_number).fill_null(value=False)


def _is_mean(seen: Quantities) -> pl.Expr:
    """Whether a growth is a mean over years: `/năm`, `hàng năm`, `tăng bình quân`; `bình quân 4 tháng tăng` is none."""
    yearly = pl.col("is_yearly") | (seen.at("code", "average_row") == "yearly")
    before_direction = (pl.col("average_row") < pl.col("direction_row")).fill_null(value=False)
    return yearly.fill_null(value=False) | (pl.col("average_row").is_not_null() & ~before_direction)

"""Numbers said in one breath: what the cues of one say of the next, and what stands behind the second of two."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities, cue, in_gap, in_same, run_start

# Families of units of which one number may go on as the one before it.
PERCENTAGES = ["percent", "percentage_point"]
# Code points between two numbers that are said in the same breath.
_BREATH = 24
# ` tỷ đồng, tương đương với khoảng `: code points between an amount and the percentage that says the same.
_SAME_REACH = 40
# `(tỷ lệ 17%)`: code points between a bracket and the percentage.
_BRACKET_REACH = 8
# ` mức ` and what may stand beside it.
_LEVEL_REACH = 12
# The same where the second one is of another part, a sector or a place, or of another time.
_LIST_BREATH = 64
# ` và `: code points between two numbers.
_AND = 4
# What a list in brackets may go on with.
_LISTED_ACTS = ["share", "contribution", "direction"]
# `thấp hơn mục tiêu đề ra cho cả năm (16,8%)`: code points between a plan and its rate, how many times a rate may be as high as
# its goal, and what part of a rate its goal is at least that was met.
_GOAL_REACH, _MOST_APART, _LEAST_MET = 40, 6, 0.5


def in_one_breath(stream: pl.DataFrame) -> pl.DataFrame:
    """`giảm 21% về lao động và 38% về doanh thu`: what moves the first percentage moves the next one too."""
    seen = Quantities(stream)
    pair = pl.col("family").is_in(PERCENTAGES) & (seen.at("family", "last_quantity") == pl.col("family"))
    continues, listed, same_move, goal = seen.once(
        _continues(seen, pair), pair & _goes_on_in_brackets(seen), _same_move(seen), _is_goal(seen)
    )
    goes_on = continues | listed | same_move | goal
    (first,) = seen.once(run_start(goes_on))
    (goes_on,) = seen.once(goes_on & (~listed | seen.at("act", first).is_in(_LISTED_ACTS)))
    act, direction, code = (pl.when(goes_on).then(seen.at(name, first)).otherwise(name) for name in ("act", "direction", "act_code"))
    # `tốc độ tăng đạt 15%` moves as well.
    grows = goes_on & (act == "reach") & direction.is_not_null()
    act = pl.when(grows).then(pl.lit("direction")).otherwise(act)
    told = {sign: _shared(seen, sign) for sign in ("of_plan", "versus_plan", "versus_base")}
    plan_between = pl.col("plan_between") & ~goal
    return seen.with_columns(act=act, act_code=code, direction=direction, plan_between=plan_between, is_goal=goal, **told).drop("is_listed")


def _continues(seen: Quantities, pair: pl.Expr) -> pl.Expr:
    """Whether nothing parts a percentage without a verb of its own from the one before it."""
    before = pl.col("last_quantity")
    # `tăng 15% vào năm 2025 và đạt 20% vào năm 2030`.
    other = pl.col("kind").is_in(["indicator", "head", "block"]) | cue("versus")
    dated = in_gap(seen.last_row(pl.col("kind") == "period")).is_not_null() & in_gap(seen.last_row(other)).is_null()
    reaches = pl.col("act_code").is_in(["fulfil", "reach", "is"]) & ~pl.col("versus_plan")
    opened, closed = (seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == sign)) for sign in "()")
    parted = in_gap(opened).is_not_null() & (opened > closed.fill_null(0))
    parted |= in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == ";"))).is_not_null() & pl.col("part_row").is_null()
    # `tăng 6,4%, cao hơn mức 5,9% của cùng kỳ`.
    than = in_gap(seen.last_row(cue("than", "versus")))
    compared = (seen.gap_from(than) <= _LEVEL_REACH).fill_null(value=False)
    # `Hàn Quốc chiếm 26%, tiếp theo là Nhật Bản với 9%`.
    following = in_gap(seen.last_row(cue("next"))).is_not_null() & pl.col("part_row").is_not_null()
    # `37% là của hợp tác xã, 24% là của doanh nghiệp`.
    parts = (pl.col("follows") == "là") & (seen.at("follows", before) == "là")
    divides, moves = (seen.at("act", before).is_in(acts) for acts in (["share", "contribution"], ["direction"]))
    reaches = (reaches & (dated | compared)) | ((pl.col("act") == "reach") & (following | parts) & (divides | moves))
    goes_on = pair & (pl.col("act").is_null() | reaches) & ~pl.col("of_plan") & ~parted
    # `thép tăng 104%, tiếp theo là nội thất 62%, thủy sản 27% và dệt may 13%`.
    # `đóng góp 72% kim ngạch xuất khẩu và 20% GDP`.
    reach = pl.when(pl.col("part_row").is_not_null() | dated | compared | divides | parts).then(_LIST_BREATH).otherwise(_BREATH)
    return goes_on & (seen.gap_from(before) <= reach)


def _shared(seen: Quantities, sign: str) -> pl.Expr:
    """`bằng 95% và 102% dự toán`: what stands behind the second of two numbers is said of both."""
    after = pl.col("next_quantity")
    near = seen.at("start", after).cast(pl.Int64) - (pl.col("end") + pl.col("unit_length")).cast(pl.Int64) <= _AND
    pair = near & pl.col("family").is_in(PERCENTAGES) & (seen.at("family", after) == pl.col("family")) & seen.at("act", after).is_null()
    return pl.col(sign) | (pair & seen.at(sign, after)).fill_null(value=False)


def _is_goal(seen: Quantities) -> pl.Expr:
    """`tăng 5,05%, thấp hơn mục tiêu 6,5%`: whether a percentage is the planned one that the percentage before it is compared with.

    What the plan is exceeded by (`tăng 132%, vượt kế hoạch năm 30%`) is of another size, or stands alone.
    """
    before, plan = pl.col("last_quantity"), in_gap(seen.last_row(cue("plan")))
    than, exceeds = (in_gap(seen.last_row(cue(family))) < plan for family in ("than", "exceed"))
    parted = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") != "("))) > plan
    rate = (pl.col("family") == "percent") & (seen.at("family", before) == "percent") & ~pl.col("of_plan") & ~pl.col("versus_plan")
    part = pl.col("value") / seen.at("value", before)
    met = exceeds & part.is_between(_LEAST_MET, 1, closed="left") & ~seen.at("of_plan", before)
    compared = met.fill_null(value=False) | (than & part.is_between(1 / _MOST_APART, _MOST_APART)).fill_null(value=False)
    near = (seen.gap_from(plan) <= _GOAL_REACH) & ~parted.fill_null(value=False)
    return (rate & compared & near).fill_null(value=False)


def _goes_on_in_brackets(seen: Quantities) -> pl.Expr:
    """`may mặc (tăng 12%), đồ gia dụng (9%)`: whether a bare percentage in brackets follows another one.

    `thấp hơn Malaysia (50%), Thái Lan (40%)` is no such list.
    """
    before, than = pl.col("last_quantity"), in_same("sentence_id", seen.last_row(cue("than")))
    compared = (than >= seen.at("gap_first", before)).fill_null(value=False) | in_gap(seen.last_row(cue("versus"))).is_not_null()
    bare = pl.col("is_listed") & pl.col("act").is_null() & ~compared
    return (bare & seen.at("is_listed", before) & (seen.gap_from(before) <= _LIST_BREATH)).fill_null(value=False)


def _same_move(seen: Quantities) -> pl.Expr:
    """`giảm 410 tỷ đồng (tương ứng 11,2%)`: whether a percentage says the move of the amount before it once more."""
    before = pl.col("last_quantity")
    moved = (seen.at("act", before) == "direction") & seen.at("act_code", before).is_in(["up", "down"])
    moved &= ~seen.at("family", before).is_in([*PERCENTAGES, "times"]) & (pl.col("family") == "percent")
    said = in_gap(seen.last_row(cue("same"))).is_not_null()
    opened = in_gap(seen.last_row((pl.col("kind") == "clause") & (pl.col("code") == "(")))
    rate = (seen.gap_from(opened) <= _BRACKET_REACH) & pl.col("phrase").str.contains("(tỷ lệ", literal=True)
    at_once = (seen.gap_from(opened) <= 1) | rate
    unnamed = in_gap(seen.last_row(pl.col("kind").is_in(["indicator", "head", "block"]))).is_null()
    own = pl.col("act").is_null() | pl.col("act").is_in(["equal", "reach"])
    near = seen.gap_from(before) <= _SAME_REACH
    return (moved & (said | at_once) & unnamed & own & near & ~pl.col("of_plan")).fill_null(value=False)

"""Figures that the words right beside them call planned or expected, whatever their sentence tells else.

The stream has the columns of `assets.observations.status`: of_ratio, is_compared, is_met, is_spent, is_beaten, clause_before and unit_end.
"""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities, ahead, cue, in_gap

# `mục tiêu hơn 185 triệu tấn`, `4 khu công nghiệp được quy hoạch mới`: words of a plan right before or behind an amount.
_BEFORE_REACH, _BEHIND_REACH, _ADJOINING = 30, 12, 1
# `vốn Thủ tướng Chính phủ giao cho các bộ, cơ quan trung ương và địa phương là …`.
_ASSIGNED_REACH = 80
# `vượt chỉ tiêu mà cấp trên giao thêm ngày 25/11 (3.800 tỷ đồng)`: code points between a plan that was met and its bracket.
_MET_REACH = 60
# `kế hoạch vốn ngân sách địa phương giai đoạn 2021-2025 của tỉnh là …`: code points between a plan and the word that says it.
_SAID_REACH = 70
# `dự báo của các chuyên gia là 7%`: code points between an outlook and its figure.
_OUTLOOK_REACH = 40
# `kế hoạch năm (150.000 tỷ đồng)`: code points between bracket and amount.
_BRACKET_REACH = 10
# `mục tiêu là 8%`: code points between a plan and its rate that hold no other word.
_AT_ONCE = 4
_STROKE = "/(?:kế hoạch|dự toán)"
_RATIOS = ["percent", "percentage_point", "times"]
_RATES = ["level", "growth", "growth_avg"]
_STATUS, _CLAUSE = cue("status"), pl.col("kind") == "clause"


def of_plan(seen: Quantities) -> pl.Expr:
    """Whether a word for a plan before a figure makes it the planned one."""
    plan = in_gap(seen.last_row(_STATUS & pl.col("code").is_in(["target", "assigned"]) & ~pl.col("names_kind").fill_null(value=False)))
    distance = pl.col("start") - seen.at("end", plan)
    reach = pl.when(seen.at("code", plan) == "assigned").then(_ASSIGNED_REACH).otherwise(_BEFORE_REACH)
    apart = in_gap(seen.last_row(_CLAUSE))
    unbroken = apart.is_null() | (apart < plan)
    of_ratio, compared, spent = (seen.at(column, plan).fill_null(value=False) for column in ("of_ratio", "is_compared", "is_spent"))
    # `đạt 29% dự toán và giảm 5 tỷ đồng`: the plan of a ratio is not that of the next figure, unless this stands right behind it.
    # `đã thực hiện 70% kế hoạch lợi nhuận với 2.159 tỷ đồng` tells what was reached.
    reached = (pl.col("act") == "reach") & (pl.col("act_code") != "is") & (pl.col("act_distance") < distance)
    own = ~of_ratio | ((pl.col("measure") == "level") & unbroken & ~reached.fill_null(value=False))
    # `vượt mục tiêu, đạt 2 tỷ đồng`, `hoàn thành kế hoạch đề ra, cụ thể, …`: what goes beyond or fulfils a plan is a result.
    own &= (pl.col("measure") != "gap_to_target") & (unbroken | ~seen.at("is_met", plan).fill_null(value=False))
    # `hoàn thành 32% kế hoạch năm (150.000 tỷ đồng)`: the amount in brackets behind a plan is that of the plan.
    opened = in_gap(seen.last_row(_CLAUSE & (pl.col("code") == "(")))
    before_bracket = (seen.at("clause_before", opened) < plan).fill_null(value=True)
    reach_of_bracket = pl.when(seen.at("is_met", plan)).then(_MET_REACH).otherwise(_BEFORE_REACH)
    bracketed = _opens(seen, apart, opened) & before_bracket & (seen.at("start", opened) - seen.at("end", plan) <= reach_of_bracket)
    bracketed &= pl.col("measure") == "level"
    # `quyết tâm đạt mục tiêu tăng trưởng 8%`: a rate right behind a plan that nothing is compared with.
    rate = (pl.col("family") == "percent") & pl.col("measure").is_in(_RATES) & (seen.at("code", plan) == "target") & ~of_ratio
    rate &= (unbroken | (_opens(seen, apart, opened) & before_bracket)) & (distance <= _BEFORE_REACH) & (~compared | (distance <= _AT_ONCE))
    # `được bố trí 500 tỷ đồng`: money is assigned, projects are built with it.
    own &= (seen.at("code", plan) != "assigned") | (pl.col("family") == "money")
    # `giải ngân vốn kế hoạch năm 2024 là 500 tỷ đồng`.
    amount = ~spent & ~pl.col("family").is_in(_RATIOS) & (((distance <= reach) & own) | bracketed)
    return amount.fill_null(value=False) | rate.fill_null(value=False) | _is_said(seen, plan, unbroken & ~spent)


def _is_said(seen: Quantities, plan: pl.Expr, unbroken: pl.Expr) -> pl.Expr:
    """`hoàn thành mục tiêu của cả năm là thu hút 3 tỷ USD`: whether a figure is what a plan is said to be."""
    said = in_gap(seen.last_row((pl.col("kind") == "cue") & (pl.col("code") == "is")))
    reach = pl.when(seen.at("code", plan) == "assigned").then(_AT_ONCE).otherwise(_SAID_REACH)
    near = (seen.at("start", said) - seen.at("end", plan) <= reach) & (pl.col("start") - seen.at("end", said) <= _BEFORE_REACH)
    # `vốn kế hoạch năm 2025 đã giải ngân là …`.
    done = in_gap(seen.last_row(_STATUS & (pl.col("code") == "actual"))) > plan
    return ((said > plan) & near & unbroken & ~done.fill_null(value=False)).fill_null(value=False)


def planned_behind(seen: Quantities) -> pl.Expr:
    """Whether what stands right behind an amount lays it out: `4 khu công nghiệp được quy hoạch mới`, `80 tỷ đồng kế hoạch năm 2024`.

    `17 khu công nghiệp với diện tích quy hoạch …` and `đạt 5 tỷ đồng và vượt kế hoạch` tell of what there is.
    """
    laid, plan = ahead(seen.next_row(cue("laid"))), ahead(seen.next_row(cue("plan") & (pl.col("code") == "plan")))
    # `802 tỷ đồng/kế hoạch là 966 tỷ đồng`.
    divided = pl.col("denominator").is_not_null() | pl.col("phrase").str.contains(_STROKE)
    adjoins = (seen.at("start", plan) - pl.col("unit_end") <= _ADJOINING) & ~divided
    near = (seen.at("start", laid) - pl.col("unit_end") <= _BEHIND_REACH) | adjoins
    clause = ahead(seen.next_row(_CLAUSE))
    unparted = clause.is_null() | (clause > pl.coalesce(laid, plan))
    return (~pl.col("family").is_in(_RATIOS) & (pl.col("measure") == "level") & unparted & near).fill_null(value=False)


def of_outlook(seen: Quantities) -> pl.Expr:
    """Status of the figure of an outlook that another is compared with, `cao hơn dự báo 7%`; else null."""
    outlook, apart = in_gap(seen.last_row(pl.col("is_beaten"))), in_gap(seen.last_row(_CLAUSE))
    opened = in_gap(seen.last_row(_CLAUSE & (pl.col("code") == "(")))
    unbroken = apart.is_null() | (apart < outlook) | _opens(seen, apart, opened)
    return pl.when((pl.col("start") - seen.at("end", outlook) <= _OUTLOOK_REACH) & unbroken).then(seen.at("code", outlook))


def _opens(seen: Quantities, apart: pl.Expr, opened: pl.Expr) -> pl.Expr:
    """Whether a figure is the first thing in a bracket."""
    return (apart == opened) & (pl.col("start") - seen.at("end", opened) <= _BRACKET_REACH)

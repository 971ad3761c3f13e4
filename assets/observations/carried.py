"""The status of figures whose own sentence has no word for it."""

from __future__ import annotations

import polars as pl

from assets.observations.calendar import PARTS_OF_YEARS
from assets.observations.deeds import PROJECTS
from assets.observations.stream import QUANTITY, Quantities, Rows, ahead, cue, gap_from, in_same, last_row, run_start, with_shared

# Sizes that a project has on paper, whoever tells of it: of running ones the status stays open.
PLANNED_SIZES = [
    "registered_investment",
    "production_capacity",
    "industrial_park_area",
    "industrial_cluster_area",
    "infrastructure_length",
    "installed_power",
]
# What a plan lays out besides, where a whole article tells of one.
_LAID_OUT = ["population", "crop_area", "agri_product_output", "industrial_land_area"]
# Times that results are told of.
_TOLD_OF = [*PARTS_OF_YEARS, "year", "now", "same_period", "since_year"]
# Times that plans are made for.
_AIMED_AT = ["year", "horizon", "year_range", "until_year"]
# Kinds of marks that name what a sentence is about.
_NAMES = ["indicator", "counted", "head", "object"]
# Figures that others are compared with, of which no sentence goes on.
_COMPARED = pl.col("rule_status").is_in(["compared with", "left", "goal"]).fill_null(value=False)
# Code points before a word that opens its sentence: a quotation mark, a bullet.
_OPENING = 2
# Code points between a word of comparison and the time behind it.
_AT_ONCE = 4
# Lines with figures in which an article says what it is about.
_LEAD_LINES = 2
_ASIDE = [
    "rule_found", "part", "named_before", "quantity_before", "quantity_from", "name_from", "aim_before", "span_before",
    "is_undone",
]  # fmt: skip


def with_carried(told: pl.DataFrame) -> pl.DataFrame:
    """Adds status, and to rule_status what decided where the words of the sentence did not.

    Args:
        told: the stream with `told` (what its sentence says of a quantity, or null), rule_status and status_start.
    """
    rows = with_shared(
        told,
        quantity_before=last_row(QUANTITY),
        named_before=last_row(QUANTITY & pl.col("indicator").is_not_null()),
        span_before=last_row((pl.col("kind") == "period") & pl.col("form").is_in(_AIMED_AT)),
        aim_before=last_row(pl.col("says") & (pl.col("code") == "target")),
        quantity_from=_row_from(QUANTITY),
        name_from=_row_from(pl.col("kind").is_in(_NAMES)),
    )
    seen = Quantities(rows)
    over = in_same("sentence_id", seen.last_row(_is_told_of())).is_not_null()
    done = ahead(seen.next_row(cue("status") & (pl.col("code") == "actual"))).is_not_null()
    unsettled = Quantities(seen.with_columns(is_undone=pl.col("told").is_null() & ~over & ~done))
    marked = unsettled.with_columns(part=_of_whole(unsettled))
    undone = Quantities(marked)
    rules = [
        ("told", pl.col("told")),
        ("to be built", pl.when(_to_be_built(undone)).then(pl.lit("target"))),
        ("part", pl.col("part")),
        ("carried", _of_name_before(undone, over)),
        ("paragraph", pl.when(_in_plan(undone)).then(pl.lit("target"))),
        ("document", pl.when(_of_adopted_plan(marked)).then(pl.lit("target"))),
        ("default", pl.lit("actual")),
    ]
    settled = Quantities(undone.with_first(rules, "status", "rule_found"))
    return settled.with_columns(rule_status=pl.coalesce("rule_status", "rule_found")).drop(_ASIDE)


def _of_name_before(seen: Quantities, over: pl.Expr) -> pl.Expr:
    """Status of the figure before of the same indicator: a sentence goes on with it."""
    of_parts = pl.col("rule_indicator") == "fallback"
    before = in_same("document_key", pl.when(of_parts).then("named_before").otherwise("quantity_before"))
    same_name = pl.col("rule_indicator").is_in(["line", "topic"]) & (seen.at("name_row", before) == pl.col("name_row"))
    near = (seen.at("line_id", before) + 1 >= pl.col("line_id")) & (seen.at("indicator", before) == pl.col("indicator"))
    dated = in_same("sentence_id", seen.last_row(pl.col("kind") == "period")).is_not_null()
    sure = same_name | (near & pl.col("rule_indicator").is_in(["fallback", "line", "topic"]))
    # `công nghiệp tăng 8%, đóng góp 45%.\nDịch vụ tăng 7%`: what is read as nothing neither ends nor takes it.
    unread = pl.col("indicator").is_null()
    goes_on = sure | (near & ~dated) | (unread & pl.col("last_quantity").is_not_null())
    begins = pl.when(~unread).then(run_start((pl.col("told").is_null() & goes_on) | _COMPARED))
    # `vượt kế hoạch (6%)`: a planned rate that a result is compared with ends with its figure.
    ends = (seen.at("family", begins) == "percent") & (seen.at("rule_status", begins) == "amount of plan")
    of_part = pl.when(of_parts).then(seen.at("part", begins))
    held = pl.when(~ends.fill_null(value=False)).then(pl.coalesce(seen.at("told", begins), of_part))
    # A sentence with a name of its own, or of a time that is over, goes on with a guess, not with a plan.
    return pl.when((sure.fill_null(value=False) & ~over) | held.is_in(["estimate", "preliminary"])).then(held)


def _of_whole(seen: Quantities) -> pl.Expr:
    """`Trong đó, vốn trong nước là …`: a sentence that parts what the one before told shares its status, where that is one."""
    opening = pl.col("sentence_id_first")
    parts = (seen.at("family", opening) == "of_which") & (seen.at("start", opening) <= pl.col("sentence_start") + _OPENING)
    # `ước xuất siêu 4,7 tỷ USD (cùng kỳ 3,5 tỷ USD). Trong đó, …` parts no figure of comparison; parts may be parted again.
    begins = run_start((pl.col("is_undone") & parts) | _COMPARED)
    whole = in_same("document_key", begins)
    head = seen.at("quantity_from", seen.at("sentence_id_first", whole))
    same = (seen.at("told", whole) == seen.at("told", head)) & (seen.at("rule_status", whole) != "will")
    # `Đại hội đặt mục tiêu là tỉnh khá. Cụ thể, …`: the sentence before aims without a figure.
    aim = in_same("line_id", seen.at("aim_before", opening))
    aims = seen.at("sentence_id", aim) + 1 == pl.col("sentence_id")
    aims &= seen.at("next_quantity", aim).is_null() & seen.at("last_quantity", aim).is_null()
    aims &= seen.at("sentence_id", seen.at("span_before", opening)) == seen.at("sentence_id", aim)
    beside = [in_same("sentence_id", row(pl.col("is_compared_plan"))) for row in (seen.last_row, seen.next_row)]
    aims &= pl.coalesce(beside).is_null()
    return pl.when(pl.col("is_undone") & parts).then(pl.when(aims).then(pl.lit("target")).when(same).then(seen.at("told", whole)))


def _in_plan(seen: Quantities) -> pl.Expr:
    """A paragraph that says what is aimed at goes on doing so in sentences that open with a name of theirs."""
    opens = seen.at("start", seen.at("name_from", pl.col("sentence_id_first"))) <= pl.col("sentence_start") + _OPENING
    same_line = seen.at("line_id", in_same("document_key", "quantity_before")) == pl.col("line_id")
    begins = run_start(pl.col("is_undone") & same_line & opens)
    aimed = (seen.at("told", begins) == "target") & seen.at("rule_status", begins).is_in(["cue", "amount of plan"])
    return aimed & seen.at("status_start", begins).is_not_null()


def _of_adopted_plan(stream: pl.DataFrame) -> pl.Expr:
    """`Tỉnh vừa ban hành kế hoạch trồng quế …`: an article that opens with a plan goes on with it where it tells of no result.

    So does one that opens with a project that was approved and not begun.
    """
    approved = cue("status") & (pl.col("code") == "approved")
    adopts = Rows(stream, cue("adopts") | approved)
    plan = cue("status") & (pl.col("code") == "target")
    beside = [in_same("sentence_id", row(plan)).is_not_null() for row in (adopts.last_row, adopts.next_row)]
    lead = pl.col("line_id") - adopts.at("line_id", "document_key_first") < _LEAD_LINES
    keys = adopts.select("document_key", opens=lead & (approved | beside[0] | beside[1])).filter("opens")["document_key"].unique()
    laid_out = pl.col("indicator").is_in([*PLANNED_SIZES, *_LAID_OUT]) & (pl.col("measure") == "level")
    # `thu hút 151 dự án với tổng vốn 60.000 tỷ đồng` is what a place has drawn.
    laid_out &= ~Quantities(stream).at("indicator", "last_quantity").is_in(PROJECTS).fill_null(value=False)
    return pl.col("is_undone") & laid_out & pl.col("document_key").is_in(keys.implode())


def is_planned_size(seen: Quantities, many: pl.Expr) -> pl.Expr:
    """Whether a figure is a size that a project has on paper; `32 dự án với tổng vốn đăng ký …` is what a place has drawn.

    Args:
        seen: the quantities.
        many: row of a figure before that may count projects.
    """
    of_many = seen.at("indicator", many).is_in(PROJECTS).fill_null(value=False)
    return pl.col("indicator").is_in(PLANNED_SIZES) & pl.col("measure").is_in(["level", "share"]) & ~of_many


def _to_be_built(seen: Quantities) -> pl.Expr:
    """`Hiện nay, cảng có 25 cầu với tổng chiều dài 3.649 m` tells of what stands, whatever else the article is about."""
    now = in_same("sentence_id", seen.last_row((pl.col("kind") == "period") & (pl.col("form") == "now"))).is_not_null()
    invested = pl.col("indicator") == "registered_investment"
    # `vốn đăng ký vào các khu công nghiệp đạt 152 triệu USD` is what they have drawn.
    stands = (now & ~invested) | (invested & pl.col("entity").str.contains("^[Cc]ác ").fill_null(value=False))
    return pl.col("is_built") & is_planned_size(seen, pl.col("last_quantity")) & ~stands


def _is_told_of() -> pl.Expr:
    """Whether a row is a time that results are told of, and not just compared with."""
    near = (gap_from(in_same("sentence_id", last_row(cue("versus")))) <= _AT_ONCE).fill_null(value=False)
    return (pl.col("kind") == "period") & pl.col("form").is_in(_TOLD_OF) & ~near


def _row_from(condition: pl.Expr) -> pl.Expr:
    """Number of the nearest row from this one on that fulfils the condition."""
    return pl.when(condition).then(pl.col("row")).backward_fill()

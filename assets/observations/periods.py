"""What time a quantity describes, and what time it is compared with."""

from __future__ import annotations

import polars as pl

from assets.observations.bases import COMPARED, bind_base
from assets.observations.calendar import PARTS_OF_YEARS, label
from assets.observations.carried import PLANNED_SIZES
from assets.observations.earlier import told_earlier
from assets.observations.past import UNFINISHED, with_past, with_raised
from assets.observations.respectively import with_dealt
from assets.observations.stream import Quantities, Rows, ahead, cue, in_gap, in_same, with_scopes
from assets.observations.times import with_days, with_roles
from assets.observations.year_spans import planned_year, so_far, spanning

# `đạt 5 tỷ đồng trong năm 2023`: code points between the unit and a time that goes with it.
_BEHIND_REACH = 9
# `tăng 16% và giá dầu Brent tăng 13% từ đầu năm`: code points between two figures of one time.
_PAIR_REACH = 45
# What is told of since the year began where it is compared with the same months before, and the code points to those words.
_LICENSED, _SAME_REACH = ["fdi_registered", "fdi_projects", "registered_investment", "investment_projects"], 60
# Times that a plan is made for.
_PLANNED_FOR = ["year", "horizon", "year_range", "until_year", "relative_year"]
# What is there on a day, whatever span its report tells of.
_BALANCES = ["credit_outstanding", "deposits"]
_KEY = ["document_key", "start", "end"]


def period_of(document: pl.DataFrame, mention: pl.DataFrame, statement: pl.DataFrame) -> pl.DataFrame:
    """Period and base of every quantity.

    Args:
        document: for `published_on`.
        mention: all mentions in the order of the text.
        statement: of every quantity, in the order of the text, `document_key`, `start`, `end`, `indicator`, `measure`, `status`,
            `rule_status`, `status_start`, `indicator_kind`, `rule_indicator`.

    Returns:
        document_key, start, end, period, period_start, period_end, rule_period, base, base_start, base_end, is_over (what was
        taken for a plan describes a time that was over).
    """
    times = with_days(document, mention)
    # The quantities are the same ones in the same order: no key has to be looked for.
    stream = Quantities(with_scopes(times)).spread(statement.drop(_KEY)).pipe(with_roles)
    bound = _bind_period(stream).pipe(so_far).pipe(planned_year).pipe(spanning).pipe(bind_base)
    bound = bound.pipe(told_earlier).pipe(with_raised).pipe(with_past)
    spans = ["period_start", "period_end", "base_start", "base_end"]
    told = Quantities(bound).select(*_KEY, *spans, "rule_period", "is_over")
    return told.pipe(_labelled, "period").pipe(_labelled, "base")


def _labelled(told: pl.DataFrame, name: str) -> pl.DataFrame:
    """Adds the label of the spans `<name>_start` to `<name>_end`; the same few come again and again."""
    edges = [f"{name}_start", f"{name}_end"]
    labels = told.select(edges).unique().with_columns(label(*map(pl.col, edges)).alias(name))
    return told.join(labels, on=edges, how="left", nulls_equal=True, maintain_order="left")


def _bind_period(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds period_start, period_end and rule_period: the time behind, before, in the line, in the document, or the day."""
    stock, plans = pl.col("indicator_kind") == "stock", pl.col("status").is_in(["target", "forecast"])
    asked = _with_behind(Quantities(_with_begun(stream).with_columns(plans=plans, stock=stock)))
    # `năm 2019, 2020 và 2021 lần lượt đạt 2, 12 và 5 triệu USD`.
    asked = Quantities(with_dealt(asked.with_columns(), pl.col("is_time") & (pl.col("form") != "now"), "dealt_row"))
    asked = Quantities(asked.with_columns(close_row=_close(asked)))
    bound = Quantities(asked.with_first(_choices(asked), "time_row", "rule_period"))
    # What stands in an expression more than once is worked out as often: what many ask for are columns.
    told = {"told_start": "span_start", "told_end": "span_end", "told_form": "form", "told_to": "to", "told_year": "y1"}
    seen = Quantities(bound.with_columns(**{name: bound.at(column, "time_row") for name, column in told.items()}))
    start, end, form = pl.col("told_start"), pl.col("told_end"), pl.col("told_form")
    up_to = pl.col("told_to") & form.is_in(["month", "date", "quarter"])
    # What flows up to the end of a year does so all year long.
    year_long = (form == "year_end") & ~pl.col("stock") & (pl.col("indicator_kind") != "rate")
    since_january = pl.date(start.dt.year(), 1, 1)
    # A stock or a rate that nothing dates is that of the day, as its article tells it.
    state = (
        pl.col("stock")
        | (pl.col("indicator") == "price")
        | ((pl.col("indicator_kind") == "rate") & (pl.col("family") == "percent") & ~pl.col("measure").is_in(COMPARED))
    )
    today = pl.when(state & ~pl.col("plans")).then(pl.col("published_on"))
    # A plan that nothing dates is one of the year that heads its article.
    headed = pl.when(pl.col("plans") & (pl.col("headed_year") >= pl.col("day").dt.year())).then("headed_year")
    # `đến tháng 9` of an article of that month: until now.
    under_way = up_to & state & ~pl.col("plans") & pl.col("published_on").is_between(start, end)
    end = pl.when(under_way).then("published_on").otherwise(end)
    # `Tính đến 20/5, thu hút FDI đạt 8,5 tỷ USD, tăng 8,9% so với cùng kỳ`: what was licensed since the year began.
    same = in_same("sentence_id", seen.next_row(pl.col("is_base") & (pl.col("form") == "same_period")))
    licensed = pl.col("indicator").is_in(_LICENSED) & (seen.at("start", same).cast(pl.Int64) - pl.col("end") <= _SAME_REACH)
    licensed = licensed.fill_null(value=False)
    # `dư nợ 8 tháng đạt 90 tỷ đồng`: what is there is so on the last day.
    outlasts = pl.col("indicator").is_in(_BALANCES) & form.is_in(["months", "quarter", "quarters", "half"]) & ~pl.col("plans")
    outlasts &= pl.col("measure").is_in(["level", "share"])
    begins = pl.when((up_to & state & ~licensed) | outlasts).then(end).when(up_to | year_long).then(since_january).otherwise(start)
    # `kế hoạch mở rộng, 5 tháng đầu năm đạt …`: no plan is told of months that are over, once they are named behind its word.
    between = pl.max_horizontal(seen.at("clause_row", "time_row"), seen.at("last_quantity", "time_row"))
    told_later = (pl.col("rule_period") == "before") & (seen.at("start", between) > pl.col("status_start"))
    year_told = pl.col("told_year").is_not_null()
    will = (pl.col("rule_status") == "will") & (pl.col("rule_period") == "before") & year_told
    gone = form.is_in(PARTS_OF_YEARS) & (end < pl.col("published_on")) & (year_told | (end.dt.year() == pl.col("published_on").dt.year()))
    over = pl.col("plans") & pl.when(pl.col("rule_status") == "cue").then((gone | (form == "now")) & told_later).otherwise(gone & will)
    return seen.with_columns(
        is_over=over.fill_null(value=False),
        period_start=pl.coalesce(begins, today, pl.date(headed, 1, 1)),
        period_end=pl.coalesce(end, today, pl.date(headed, 12, 31)),
        rule_period=pl.coalesce(
            "rule_period",
            pl.when(today.is_not_null()).then(pl.lit("published")),
            pl.when(headed.is_not_null()).then(pl.lit("address")),
        ),
    ).drop("plans", "stock", "behind_row", "close_row", "dealt_row", "shut_row", "begun", "past", *told)


def _with_begun(stream: pl.DataFrame) -> pl.DataFrame:
    """Adds to times whether they had begun on the day of the article and whether they were over, where later sentences tell of them."""
    day = pl.col("day")
    # The day of an article without a date is a guess: what ends in its year may be over.
    over = pl.when(pl.col("published_on").is_null()).then(pl.date(day.dt.year(), 12, 31)).otherwise(day)
    begun = (pl.col("span_start") <= day) & ~pl.col("is_aside")
    # Times of plans' and laws' names say nothing of later sentences, nor do spans that are not over.
    begun &= ~pl.col("of_name").fill_null(value=False) & (pl.col("form") != "relative_week")
    # `Lũy kế từ 1/1/1988 đến 30/6/2024` is told of one total.
    begun &= ~((pl.col("form") == "date_range") & (pl.col("span_end").dt.year() > pl.col("span_start").dt.year() + 1))
    past = begun & (pl.col("span_end") <= over.dt.offset_by(f"{UNFINISHED}d"))
    runs = (pl.col("form") == "year_range") & (pl.col("span_end") > day)
    return Rows(stream, pl.col("is_time")).with_columns(begun=begun & ~runs, past=past)


def _with_behind(asked: Quantities) -> Quantities:
    """The quantities with the rows of the time behind each and of the bracket around it that tell of its own time."""
    # `giảm 10 USD trong phiên thứ Sáu`, `đạt 824 triệu kWh (ngày 9/6)`.
    day = pl.col("is_session") | (pl.col("is_event") & pl.col("is_aside"))
    behind = ahead(asked.next_row(pl.col("is_time") | pl.col("is_shut") | day))
    found = asked.with_columns(behind_row=behind, shut_row=in_same("line_id", asked.last_row(pl.col("is_shut"))))
    seen, bracket = Quantities(found), pl.col("bracket")
    own = seen.at("is_aside", "behind_row") | seen.at("bracket", "behind_row").eq_missing(bracket)
    enclosed = seen.at("bracket", "shut_row") == bracket
    return Quantities(seen.with_columns(pl.when(row).then(name).alias(name) for name, row in (("behind_row", own), ("shut_row", enclosed))))


def _close(seen: Quantities) -> pl.Expr:
    """Row of the time right behind a quantity."""
    behind = pl.col("behind_row")
    # `đạt 74% kế hoạch lợi nhuận của năm 2024`: the year is that of the plan.
    of_plan = seen.at("is_plan_year", behind) | (seen.at("plan_row", behind) > pl.col("row")).fill_null(value=False)
    of_plan &= pl.col("measure") == "attainment"
    clause = ahead(seen.next_row(pl.col("kind") == "clause"))
    unparted = clause.is_null() | (clause > behind) | seen.at("is_aside", behind)
    # `(chiếm 4% tổng tín dụng tính đến quý IV/2023)`: in brackets it may stand farther off.
    reach = pl.col("end") + pl.col("unit_length") + _BEHIND_REACH
    near = (seen.at("start", behind) <= reach) | (seen.at("is_shut", behind) & pl.col("shut_row").is_null())
    # `5 tháng tăng 1,6% và 6 tháng ước tăng 1,9%`: a time behind a conjunction is that of what follows.
    joins = seen.at("joins", behind).fill_null(value=False)
    return pl.when(near & unparted & ~joins & ~of_plan.fill_null(value=False)).then(behind)


def _choices(seen: Quantities) -> list[tuple[str, pl.Expr]]:
    """Rows of the times that a quantity may describe, the surest first, each with the name of its rule."""
    # `giảm từ 12,4% (2015) xuống còn 1,8%`: a time in brackets is that of the figure before them, and of what compares it.
    aside, time = pl.col("is_time") & pl.col("is_aside"), pl.col("is_time") & ~pl.col("is_aside")
    plans, stock = pl.col("plans"), pl.col("stock")
    # What flows is not told of by `hiện nay` where the sentence also names a span.
    lasts = time & (pl.col("form") != "now")
    before = (
        pl.when(stock)
        .then(in_same("sentence_id", seen.last_row(time)))
        .otherwise(pl.coalesce(in_same("sentence_id", seen.last_row(lasts)), in_same("sentence_id", seen.last_row(time))))
    )
    # `trước năm 2019 giá là 16 triệu đồng, hiện nay 20 triệu đồng`: of a rate it is, where the span was that of the figure before.
    now = in_gap(seen.last_row(time & (pl.col("form") == "now")))
    before = pl.when((pl.col("indicator_kind") == "rate") & (before < pl.col("gap_first"))).then(pl.coalesce(now, before)).otherwise(before)
    # `đạt 12% dự toán cả năm và gấp ba lần cùng kỳ`, `giải ngân 5 tháng kế hoạch năm 2023 đạt 20%`: the plan's time is not theirs.
    told = in_same("sentence_id", seen.last_row(time & ~pl.col("is_plan_year")))
    told = pl.when(pl.col("measure").is_in(COMPARED)).then(told).otherwise(pl.coalesce(told, before))
    before = pl.when(~plans & seen.at("is_plan_year", before)).then(told).otherwise(before)
    own = (time | pl.col("is_remark")) & ~pl.col("is_plan_year") & (~pl.col("joins").fill_null(value=False) | (pl.col("form") == "now"))
    later = pl.coalesce(in_same("sentence_id", seen.next_row(own)), pl.when(plans).then(in_same("sentence_id", seen.next_row(time))))
    # `đạt 110 triệu USD, so với khoản lỗ 90 triệu USD trong năm 2023`: the time of what is compared with is not that of the figure.
    versus = in_same("sentence_id", seen.next_row(cue("versus", "than")))
    of_another = (versus < later) & ~pl.col("measure").is_in(COMPARED)
    # `tăng 6,5%, cao hơn mức 5,8% của năm trước`.
    beats = (in_same("sentence_id", seen.next_row(cue("than"))) < pl.col("next_quantity")) & (pl.col("next_quantity") < later)
    beats = beats.fill_null(value=False)
    later = pl.when(~of_another.fill_null(value=False) & ~beats).then(later)
    # `GRDP đầu người đạt 125 triệu đồng; tỷ lệ hộ nghèo giai đoạn 2022-2025 giảm 3%`: another item of a list has a time of its own.
    apart = ahead(seen.next_row((pl.col("kind") == "clause") & (pl.col("code") == ";")))
    begun, past = pl.col("begun"), pl.col("past")
    any_before, past_before = seen.last_row(time), seen.last_row(past)
    in_line = pl.coalesce(in_same("line_id", past_before), in_same("line_id", seen.last_row(begun)))
    line = pl.when(plans).then(in_same("line_id", any_before)).otherwise(in_line)
    # `CPI tháng 6 tăng 0,2%, bình quân 6 tháng tăng 4%. Trong đó, giao thông tăng 2%`: groups of goods are told of the month.
    of_index = (pl.col("indicator") == "cpi") & (pl.col("measure") == "growth") & ~plans
    month = in_same("document_key", seen.last_row(begun & (pl.col("form") == "month")))
    line = pl.when(of_index & line.is_not_null()).then(pl.coalesce(in_same("line_id", month), line)).otherwise(line)
    of_part = of_index & pl.col("rule_indicator").is_in(["line", "topic"])
    lasting = past & pl.col("is_lasting")
    planned_for = in_same("document_key", seen.last_row(time & pl.col("form").is_in(_PLANNED_FOR)))
    far = (
        pl.when(plans)
        .then(pl.coalesce(planned_for, in_same("document_key", any_before)))
        .when(stock)
        .then(in_same("document_key", past_before))
        .otherwise(pl.coalesce(in_same("document_key", seen.last_row(row)) for row in (lasting, begun & pl.col("is_lasting"))))
    )
    span = lasting & (pl.col("form") != "date")
    event = in_same("sentence_id", seen.last_row(pl.col("is_event")))
    # `Chốt phiên thứ Năm, giá vàng …` tells of which day the prices of an article are.
    session = in_same("document_key", seen.last_row(pl.col("opens_session")))
    set_on = ahead(seen.next_row(pl.col("is_session")))
    (traded,) = seen.once(pl.when(pl.col("indicator") == "price").then(pl.coalesce(event, set_on, session)))
    # `dầu WTI tăng 16% và dầu Brent tăng 13% từ đầu năm`: a time behind two goes with both.
    paired = ahead(seen.next_row(pl.col("kind") == "clause")).is_null() & (seen.gap_to("next_quantity") <= _PAIR_REACH)
    paired &= pl.all_horizontal(seen.at(same, "next_quantity") == pl.col(same) for same in ("measure", "family"))
    # `Nhà máy có công suất thiết kế 1.200 MW`: what a project has on paper is of no time that other lines name.
    sizes = plans & pl.col("indicator").is_in(PLANNED_SIZES) & (pl.col("measure") == "level")
    # A price is that of the day, not of a time that another line names.
    of_day = (pl.col("indicator") == "price") & pl.col("published_on").is_not_null()
    first = pl.coalesce(in_same("document_key", seen.next_row(row)) for row in (span, past & (pl.col("form") != "now")))
    return [
        ("dealt", pl.col("dealt_row")),
        ("behind", pl.col("close_row")),
        ("before", pl.col("shut_row")),
        ("before", pl.when(pl.col("measure").is_in(COMPARED)).then(in_gap(seen.last_row(aside)))),
        ("before", before),
        ("behind", pl.when(paired).then(seen.at("close_row", "next_quantity"))),
        ("later", pl.when((later <= pl.coalesce("next_quantity", later)) & (apart.is_null() | (apart > later))).then(later)),
        ("session", pl.when(seen.at("is_session", traded)).then(traded)),
        ("event", traded),
        ("line", line),
        ("later", later),
        ("event", event),
        ("document", pl.when(~of_day & ~sizes).then(pl.when(of_part).then(pl.coalesce(month, far)).otherwise(far))),
        ("ahead", pl.when((plans | ~stock) & ~of_day & ~beats & ~sizes).then(first)),
    ]

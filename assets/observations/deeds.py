"""Things that are counted because something is done to them, not to tell how many there are."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import Quantities, ahead, cue, in_gap, in_same

# `tặng 200 suất quà cho`, `hỗ trợ cho hơn`: code points between what is done and to how many.
_DEED_REACH = 40
# `của 659`: code points between `của` and a number.
OF_NUMBER = 6
# ` nghèo đã được `: code points between things, or workers, and what they take part in.
_PART_REACH, _WORKERS_REACH = 12, 24
# ` triệu lượt khách du lịch`: code points between a number and what its guests come for.
_VISIT_REACH = 24
# Lines that parts of a number of passengers may stand behind it.
_PART_LINES = 2
PROJECTS = ["investment_projects", "fdi_projects"]
# Things of which a number tells how many there are, and words behind them that tell what only some do or undergo.
_STOCKS = ["enterprises", "household_businesses", "poor_households", "near_poor_households", "employment", "cooperatives"]
_THINGS = r"(?:doanh nghiệp|dn|lao động|công nhân|viên|hộ kinh doanh|cá thể|nghèo|htx|hợp tác xã)"
_DOES = (
    r"(?:được|bị|đã|phải|chưa|không|muốn|dự kiến|nộp|báo lỗ|báo lãi|công bố|đăng ký (?:sử )?dụng|tiếp cận|sử dụng|áp dụng|tổ chức|ký|"
    r"vay|trả lời|cam kết|nghỉ|mất|thôi|ngừng việc)"
)
_DOING = rf" … [^,.;:()]*?{_THINGS} {_DOES} "
# `5.600 hợp tác xã được thành lập`, `500 lao động được tuyển dụng`: that there are so many is what it tells.
_BEING = (
    rf"{_THINGS} (?:đã |được |đã được |đã đăng ký )?(?:được )?"
    r"(?:thành lập|cấp phép|cấp giấy|công nhận|đi vào|hoạt động|đăng ký|tuyển|đào tạo|tạo việc|giải quyết|giới thiệu việc|có việc)"
)


def of_deed(seen: Quantities) -> pl.Expr:
    """Whether things are counted that something is done to: `tặng quà cho 188 nghìn hộ nghèo` tells not how many there are."""
    deed = in_same("sentence_id", seen.last_row(cue("deed")))
    done = (seen.gap_from(deed) <= _DEED_REACH).fill_null(value=False)
    # `659 doanh nghiệp làm thủ tục`: right behind the things counted stands what they take part in.
    part = ahead(seen.next_row(cue("part_in")))
    (thing,) = seen.once(ahead(seen.next_row(pl.col("is_counted"))))
    (names,) = seen.once(seen.at("names", thing))
    # `35.657 tờ khai của 659 doanh nghiệp`: what they have is counted, not how many there are.
    of = in_gap(seen.last_row(cue("of")))
    done |= (names == "enterprises") & (seen.gap_from(of) <= OF_NUMBER)
    # `250 doanh nghiệp đã tạo gian hàng`, `400 lao động bị nợ lương`: so many did or met something.
    told_of = pl.when(names.is_in(_STOCKS)).then("phrase")
    done |= told_of.str.contains(_DOING) & ~told_of.str.contains(_BEING)
    done = done.fill_null(value=False)
    between = seen.at("start", part).cast(pl.Int64) - seen.at("end", thing).cast(pl.Int64)
    # `3.492 doanh nghiệp ngừng hoạt động chờ làm thủ tục giải thể` says it of themselves.
    reach = pl.when(names == "employment").then(_WORKERS_REACH).otherwise(_PART_REACH)
    takes_part = between.is_between(0, reach) & (names != "enterprises_closed")
    # `vận chuyển hành khách đạt 137 nghìn lượt khách`: who is carried is no tourist.
    carried = in_gap(seen.last_row(_is_carriage() | (pl.col("kind") == "block"))).is_not_null()
    # `sân bay A có công suất 1 triệu lượt khách`: that many it can take.
    carried &= in_gap(seen.last_row(pl.col("names") == "production_capacity")).is_null()
    done |= (names == "tourists").fill_null(value=False) & carried
    # `trao giấy chứng nhận cho 5 dự án`, `kiểm tra 3 dự án`: a project is told of, whatever is done to it.
    # So are those that something else was done for: `tư vấn cho 500 người; 82 người được hỗ trợ học nghề`.
    told = names.is_in([*PROJECTS, "trained_workers", "jobs_created"]).fill_null(value=False)
    return (done | takes_part.fill_null(value=False)) & ~told


def of_passengers(seen: Quantities) -> pl.Expr:
    """`lượng hành khách … Trong đó, khách quốc tế đạt 6,7 triệu khách`: who is carried, or visits a fair, is no tourist."""
    carried = in_same("document_key", seen.last_row(cue("carriage") & (pl.col("code") == "carries")))
    carried = pl.when(seen.at("line_id", carried) + _PART_LINES >= pl.col("line_id")).then(carried)
    travels = in_same("document_key", seen.last_row(cue("travel")))
    fair = in_same("sentence_id", seen.last_row(cue("carriage") & (pl.col("code") == "fair")))
    # `tại hội chợ, tỉnh giới thiệu đã đón 3 triệu lượt khách du lịch`.
    behind = ahead(seen.next_row(cue("travel") & (pl.col("code") == "travel")))
    of_travel = (seen.gap_to(behind) <= _VISIT_REACH).fill_null(value=False)
    no_tourist = (carried > travels).fill_null(value=carried.is_not_null()) | (fair.is_not_null() & ~of_travel)
    return (pl.col("indicator") == "tourists") & no_tourist


def _is_carriage() -> pl.Expr:
    """`sân bay A đón 1 triệu lượt khách`, `vận tải hành khách`: marks of what carries people, tourists or not."""
    # Of the few marks of a kind, and not of all, it is asked what they say.
    sector, site = (pl.when(pl.col("kind") == kind).then("text").str for kind in ("sector", "organisation"))
    carries = sector.contains("(?i)hành khách|hàng không|đường sắt|xe buýt").fill_null(value=False)
    return carries | site.contains("(?i)^(?:sân bay|cảng hàng không|ga |bến xe|tuyến|metro)").fill_null(value=False)

"""Subjects of clauses that no list of names knows: what is told of them is of no indicator that was named further back."""

from __future__ import annotations

import polars as pl

from assets.observations.stream import in_gap

# `số hợp đồng mới giảm 43,8%`, `tỷ lệ lao động chưa qua đào tạo là 62%`: the subject of a clause, a noun that no list knows,
_SUBJECT = r"(?:^|[^\p{L}])(?:tổng )?(?:số|lượng|số lượng|trữ lượng|mức|tỷ lệ|khoản) \p{L}[^,;:()]*\s* … "
# but not `với mức tăng 5%`, `khoản thu này`, which only take up again what was named before, nor `kinh tế số`.
_TAKEN_UP = (
    r"(?:(?:xổ|kinh tế|con|chỉ|chuyển đổi|công nghệ|một|đa|tham) số|(?:số|lượng|mức|tỷ lệ|khoản) (?:tăng|giảm|này|đó|trên|dưới|đóng góp|"
    r"ước|lần lượt|cao|thấp|trung bình|bình quân|kỷ lục|tiền|thu|vốn|còn|xuất|nhập|tương|đạt|đề|dự|khoảng|hơn|gần|đỉnh|đáy|chốt|cơ sở|"
    r"chỉ|từ|xấp xỉ|kế hoạch|chi|lãi|lỗ|trích|và|của|ở|tỉnh|địa phương|lên|xuống|tới|đến|vượt|hiện|mới|đang))(?:\s[^,;:()]*)? … "
)


def has_subject() -> pl.Expr:
    """`số hợp đồng mới giảm 43,8%`: whether the clause of a quantity has a subject that no list knows."""
    bare = pl.when(in_gap(pl.col("name_before")).is_null()).then("phrase")
    subject = pl.when(bare.str.contains(_SUBJECT)).then("phrase")
    return ~subject.str.contains(_TAKEN_UP).fill_null(value=True)

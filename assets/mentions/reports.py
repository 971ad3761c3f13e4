"""Who only tells of others: names behind `theo báo cáo của …`, and those that forecast or survey."""

from __future__ import annotations

import polars as pl

_SOURCE = (
    r"(?i)(?:^|[^\p{L}])(?:theo(?:\s\p{Ll}+){0,3}|ban quản lý(?: các)?|ban ql|hiệp hội(?: các)?|"
    r"(?:báo cáo|ghi nhận|số liệu|dữ liệu|khảo sát|thống kê|nghiên cứu|đánh giá|dự báo|ước tính)(?:\s[\p{L}\p{N}/.]+){0,6}\scủa)\s$"
)
# What every match of `_SOURCE` has in it.
_REPORTS = "(?i)theo|ban q|hiệp hội|của"
# `chuyên gia phân tích của công ty A`, `quy đổi theo tỷ giá bán ra tại ngân hàng A`: it tells of others too.
_EXPERTS = [
    "chuyên gia", "chiến lược gia", "phân tích", "nhà kinh tế", "kinh tế trưởng", "môi giới", "nhà giao dịch", "giao dịch viên",
    "chuyên viên", "cố vấn", "nghiên cứu",
]  # fmt: skip
_OF_EXPERTS = (
    rf"(?:^|[^\p{{L}}])(?:(?:{'|'.join(form for word in _EXPERTS for form in (word, word.capitalize()))})\s(?:[^.;:()]*\s)?"
    r"(?:của|tại|thuộc|ở|từ)|[Qq]uy đổi\s[^.;:()]*\s(?:của|tại))\s$"
)
_EXPERT_WORDS = [form for word in (*_EXPERTS, "quy đổi") for form in (word, word.capitalize())]
# `theo đại diện Công ty A`, `theo báo cáo tài chính của Công ty A`: whoever speaks of himself.
_OF_ITSELF = (
    r"(?i)(?:tiếp|kèm|làm|đi|tùy|tuân)\stheo|theo\s(?:đại diện|(?:ban )?lãnh đạo|kế hoạch|nghị quyết)|"
    r"báo cáo (?:tài chính|thường niên|quản trị|kết quả)|BCTC"
)
# `Nielsen dự báo`, `FiinGroup ước tính`: who says so tells of others.
SAYS = (
    r"^\s(?:cũng\s|vừa\s|mới\s)?"
    r"(?:(?:nâng |hạ |giữ |duy trì |điều chỉnh )?dự báo|dự đoán|nhận định|cho rằng|"
    r"ước tính|đánh giá|khuyến nghị|chỉ ra|thống kê|khảo sát|phát hành báo cáo|"
    r"công bố (?:số liệu|chỉ số|dữ liệu|khảo sát|nghiên cứu|bảng xếp hạng|báo cáo (?:nghiên cứu|khảo sát|thị trường|mới nhất|về)))"
)


def is_source(lead: pl.Expr | pl.Series) -> pl.Expr:
    """Whether the words before a name say that it only reports; `tiếp theo` does not."""
    said = pl.lit(lead) if isinstance(lead, pl.Series) else lead
    # Few names have a word of reports before them: the others are not asked the dear questions.
    told = pl.when(said.str.contains(_REPORTS)).then(said).str.contains(_SOURCE)
    experts = pl.when(said.str.contains_any(_EXPERT_WORDS)).then(said).str.contains(_OF_EXPERTS)
    return (told.fill_null(value=False) | experts.fill_null(value=False)) & ~said.str.contains(_OF_ITSELF).fill_null(value=True)

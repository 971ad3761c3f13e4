from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from assets.star import build
from assets.star.clusters import alike, with_clusters
from tests.star.planted import Article, documents, rooms

REPORT = [
    "Chín tháng qua, các nhà máy trong vùng giữ được nhịp sản xuất dù giá than và giá điện đều lên.",
    "Sở Công Thương cho biết giá trị sản xuất công nghiệp đạt 21.450 tỷ đồng, bằng 71,5% kế hoạch và tăng 9,8% so với cùng kỳ.",
    "Nhóm vật liệu xây dựng góp 6.200 tỷ đồng, dệt may 4.900 tỷ đồng, phần còn lại là cơ khí và chế biến nông sản.",
    "Lãnh đạo sở nói rằng đơn hàng của quý cuối năm đã kín, chỉ lo thiếu thợ lành nghề ở hai khu công nghiệp phía nam.",
    "Từ nay đến cuối năm, ngành sẽ tháo gỡ thủ tục cho 14 dự án đang chờ mặt bằng.",
]
OTHER = [
    "Chợ đầu mối của huyện mở cửa trở lại sau ba tháng sửa chữa, tiểu thương quay lại gần hết.",
    "Ban quản lý chợ cho biết có 412 sạp đã thuê, doanh thu mỗi ngày ước 1,3 tỷ đồng.",
    "Bà con mong con đường vào chợ sớm được mở rộng để xe tải ra vào dễ hơn trước.",
]


def clusters(**texts: list[str]) -> dict[str, str]:
    """Name → cluster of articles with these sentences."""
    frame = documents([Article(name, date(2024, 1, 1), sentences) for name, sentences in texts.items()])
    return dict(with_clusters(frame).select("document", "cluster_key").iter_rows())


def test_an_article_that_another_paper_took_over_is_of_its_cluster() -> None:
    found = clusters(first=REPORT, again=["(Báo Xanh) - Tin kinh tế", *REPORT, "Ảnh: cộng tác viên."], other=OTHER)
    assert found["first"] == found["again"] == "doc-again"
    assert found["other"] == "doc-other"


def test_a_word_here_and_there_and_a_dropped_line_change_nothing() -> None:
    edited = [sentence.replace("cho biết", "thông tin").replace("quý cuối năm", "quý IV") for sentence in REPORT[:4]]
    found = clusters(first=REPORT, edited=edited)
    assert len(set(found.values())) == 1


def test_other_line_ends_and_commas_change_nothing() -> None:
    found = clusters(first=REPORT, joined=[" ".join(REPORT).replace(", ", " ")], upper=[REPORT[0].upper(), *REPORT[1:]])
    assert len(set(found.values())) == 1


def test_a_form_that_is_filled_in_anew_is_another_article() -> None:
    filled = " ".join(REPORT)
    for old, new in (
        ("21.450", "24.300"),
        ("71,5%", "81,0%"),
        ("9,8%", "10,2%"),
        ("6.200", "7.015"),
        ("4.900", "5.400"),
        ("14 dự", "9 dự"),
    ):
        filled = filled.replace(old, new)
    assert len(set(clusters(september=[" ".join(REPORT)], october=[filled]).values())) == 2


def test_an_article_that_quotes_a_few_lines_is_another_article() -> None:
    assert len(set(clusters(first=REPORT, quotes=[*OTHER, REPORT[1]]).values())) == 2


def test_what_is_alike_through_a_third_article_is_one_cluster() -> None:
    shortened, lengthened = (
        REPORT[:3],
        [*REPORT, *OTHER, "Xe tải hạng nặng vẫn phải đi vòng qua cầu cũ, mỗi chuyến mất thêm gần một giờ đồng hồ."],
    )
    assert alike(texts(shortened, lengthened)).is_empty()
    found = clusters(a=shortened, b=REPORT, c=lengthened)
    assert set(found.values()) == {"doc-a"}


def texts(*every: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"document_key": [f"{n}" for n in range(len(every))], "text": ["\n".join(one) for one in every]})


def test_pairs_tell_how_much_they_share() -> None:
    (pair,) = alike(texts(REPORT, [*REPORT, "Ảnh: cộng tác viên."])).iter_rows(named=True)
    assert (pair["one"], pair["other"]) == ("0", "1")
    assert pair["taken_over"] == pair["numerals"] == 1.0
    assert 0.9 < pair["alike"] < 1.0


@pytest.mark.parametrize("sentences", [[""], ["Một hai."], ["…"]], ids=["empty", "shorter than a run", "no word"])
def test_texts_of_few_words_are_alike_only_if_equal(sentences: list[str]) -> None:
    found = clusters(a=sentences, b=[*sentences, "Ba."], c=REPORT)
    assert len(set(found.values())) == 3
    assert len(set(clusters(a=sentences, b=sentences).values())) == 1


def test_more_copies_than_are_compared_with_each_other_are_one_cluster() -> None:
    copies = {f"bao{n:02}": [f"Báo số {n} đưa tin.", *REPORT] for n in range(60)}
    assert set(clusters(**copies).values()) == {"doc-bao00"}


def test_neither_the_order_of_articles_nor_their_batches_show() -> None:
    articles = [Article(f"a{n}", None, [*REPORT, f"Bản {n}."], batch=f"b{n % 3}") for n in range(6)]
    articles += [Article("khac", None, OTHER)]

    def found(*given: Article) -> list[tuple[str, str]]:
        tables = build(*rooms(given))
        return list(tables["dim_document"].select("document", "cluster_key").sort("document").iter_rows())

    assert found(*articles) == found(*reversed(articles))
    moved = [article._replace(batch="b9") for article in articles]
    assert found(*moved) == found(*articles)

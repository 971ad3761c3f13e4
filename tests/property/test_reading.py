"""What holds for every text that anybody may drop: offsets, contracts, balance, and that documents do not see each other."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from assets import documents, mentions, observations
from assets.documents.batch import Documents
from assets.mentions.schema import Mention
from assets.observations.schema import Observation
from assets.quality import judge

# Words of reports in many spellings: both letters Đ, two forms of Unicode, no-break spaces, wide letters, marks.
WORDS = [
    "Giá trị sản xuất công nghiệp", "kim ngạch xuất khẩu", "thu ngân sách", "Tỷ lệ hộ nghèo", "làng nghề", "GRDP", "dệt may", "xi măng",
    "Ðông Hưng", "huyện Đông Hưng", "tỉnh Hà Nam", "Hoà Bình", "Công ty cổ phần 199", "KCN Thanh Liêm II", "ho\u0300a bi\u0300nh",
    "năm 2023", "quý III/2022", "9 tháng đầu năm 2024", "đến nay", "cùng kỳ", "so với năm 2022", "giai đoạn 2021-2025", "tháng trước",
    "ước đạt", "tăng", "giảm", "lần lượt", "trong đó", "chiếm", "bằng", "kế hoạch", "mục tiêu", "hơn", "khoảng", "bình quân", "và",
    "(", ")", ";", ",", ".", ":", "–", "…", "😀", "\u00a0", "e\u0323\u0302", "ＡＢＣ", "İ", "ß", "\t",
]  # fmt: skip
AMOUNTS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "", "hơn ", "-", "("]),
    st.integers(0, 10**7).map(str)
    | st.integers(0, 10**10).map("{:,}".format)
    | st.integers(0, 10**10).map(lambda n: f"{n:,}".replace(",", "."))
    | st.sampled_from(["27.320", "6.113,48", "15-20", "13/13", "04/09", "2.370 – 2.450", "1,2", "0,69", "12,345.6", "1.2.3,4,5", "٣", "²"]),
    st.sampled_from(
        [
            " tỷ đồng",
            "%",
            "%/năm",
            " ha",
            "ha",
            " triệu đồng/người/tháng",
            " tạ/ha",
            " lao động",
            " xã",
            "",
            " nghìn tấn",
            "\u00a0USD",
            "\tha",
        ]
    ),
)
LINES = st.lists(st.sampled_from(WORDS) | AMOUNTS, max_size=18).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)
BATCHES = st.lists(TEXTS.filter(lambda text: bool(text.strip())), min_size=1, max_size=4)

# Without shrinking: each example takes a tenth of a second, and a failure must not take minutes to tell.
reads_files = settings(
    deadline=None, max_examples=15, phases=[Phase.explicit, Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


def read(texts: list[str]) -> Documents:
    """The texts as a batch, through a file as anybody's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.jsonl"
        path.write_text("\n".join(json.dumps({"id": str(n), "text": text}) for n, text in enumerate(texts)), "utf-8")
        return documents.read_batch(path, "b")


def state(batch: Documents) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Mentions and observations of a batch."""
    mention = mentions.find_mentions(batch.document, batch.block)
    return mention, observations.bind(batch.document, batch.block, mention)


@reads_files
@given(BATCHES)
def test_evidence_and_sentence_are_copied_from_the_text(texts: list[str]) -> None:
    batch = read(texts)
    _, observation = state(batch)
    text_of = dict(batch.document.select("document_key", "text").iter_rows())
    for row in observation.iter_rows(named=True):
        text = text_of[row["document_key"]]
        assert text[row["evidence_start"] : row["evidence_end"]] == row["evidence"]
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        assert row["sentence_start"] <= row["evidence_start"] < row["evidence_end"] <= row["sentence_end"]
        assert row["evidence"].startswith(row["value_as_written"])
        assert row["evidence"] == row["evidence"].strip()


@reads_files
@given(BATCHES)
def test_rows_keep_the_contracts_and_nothing_is_lost(texts: list[str]) -> None:
    batch = read(texts)
    mention, observation = state(batch)
    Mention.validate(mention.select(*Mention.to_schema().columns), lazy=True)
    Observation.validate(observation, lazy=True)
    quantities = mention.filter(pl.col("kind") == "quantity")
    assert quantities.join(
        observation, left_on=["document_key", "start"], right_on=["document_key", "evidence_start"], how="anti"
    ).is_empty()
    judged = judge(batch.document, batch.unread_record, mention, observation)
    assert judged.accepted.height + judged.rejected.height + judged.not_assigned.height == observation.height


@reads_files
@given(BATCHES)
def test_marks_stand_in_the_order_of_the_text_and_inside_it(texts: list[str]) -> None:
    batch = read(texts)
    mention, _ = state(batch)
    length = dict(batch.document.select("document_key", pl.col("text").str.len_chars()).iter_rows())
    places = mention.select("document_key", "start", "end", "block").rows()
    assert all(0 <= start <= end <= length[key] for key, start, end, _ in places)
    for key in length:
        starts = [start for document, start, _, _ in places if document == key]
        assert starts == sorted(starts)


@settings(reads_files, max_examples=8)
@given(st.lists(TEXTS.filter(lambda text: bool(text.strip())), min_size=2, max_size=4, unique=True))
@example(["Tỷ lệ hộ nghèo là 1,2%.", "Giảm 1273 lao động."])
def test_a_document_reads_the_same_alone_and_in_company(texts: list[str]) -> None:
    batch = read(texts)
    _, together = state(batch)
    for key in batch.document["document_key"]:
        document, block = (frame.filter(pl.col("document_key") == key) for frame in (batch.document, batch.block))
        alone = observations.bind(document, block, mentions.find_mentions(document, block))
        assert together.filter(pl.col("document_key") == key).sort("observation_key").equals(alone.sort("observation_key"))


def test_slices_of_a_batch_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = documents.read_batch(Path(__file__).parents[2] / "seeds" / "documents", "samples")
    whole, _ = state(samples)
    monkeypatch.setattr(mentions, "_SLICE", 3)
    sliced, _ = state(samples)
    assert sliced.equals(whole.select(sliced.columns))


def test_reading_twice_gives_the_same_rows() -> None:
    samples = documents.read_batch(Path(__file__).parents[2] / "seeds" / "documents", "samples")
    for once, twice in zip(state(samples), state(samples), strict=True):
        assert once.equals(twice)

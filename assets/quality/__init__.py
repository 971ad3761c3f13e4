"""Room 4, quality: observations → what we stand behind, what we do not and why, suspicions, and the verdict on the batch."""

from __future__ import annotations

from assets.quality.judge import Judgement, judge

__all__ = ["Judgement", "judge"]

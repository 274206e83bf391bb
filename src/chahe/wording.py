"""A text that a person reads, in the two languages Chahe speaks."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One wording in Traditional Chinese and in English; neither may be left out."""

    zh: str
    en: str

    def __call__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en

    def fill(self, **values: object) -> "Text":
        """Both languages with the same values put in (`str.format` fields)."""
        return Text(self.zh.format(**values), self.en.format(**values))

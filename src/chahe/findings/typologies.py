"""What a case looks like, by the kinds of record and the traits that meet in it. A name for the reader, no verdict."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from chahe.controls.linked import Family, Trait
from chahe.findings.links import Link
from chahe.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Typology:
    """A pattern: all of `every`, at least `least` of `several`, and one of `first` if there are any."""

    id: str
    title: Text
    every: Collection[Family | Trait] = ()
    several: Collection[Family | Trait] = ()
    least: int = 0
    first: Collection[Family | Trait] = ()

    def met(self, shown: Collection[Family | Trait]) -> bool:
        return (
            all(one in shown for one in self.every)
            and sum(one in shown for one in self.several) >= self.least
            and (not self.first or any(one in shown for one in self.first))
        )


TYPOLOGIES: Final = (
    Typology(
        id="hidden-account",
        title=Text("可能以他人帳戶交易", "possibly a hidden account"),
        every=(Family.ORDERS, Family.CONTACTS),
    ),
    Typology(
        id="private-management",
        title=Text("可能私下代操", "possibly private asset management"),
        several=(Family.MONEY, Family.WORDS, Trait.DISCRETION),
        least=2,
        first=(Family.MONEY, Family.WORDS),
    ),
    Typology(
        id="deceased",
        title=Text("死亡客戶的帳戶仍有交易", "trading on a dead customer's account"),
        every=(Trait.DECEASED,),
    ),
    Typology(
        id="data-leak",
        title=Text("可能外洩客戶資料", "possibly a leak of customers' data"),
        every=(Family.ACCESS,),
        several=(Trait.COMPLAINT, Trait.LEAK),
        least=1,
    ),
    Typology(
        id="privileged-colocation",
        title=Text("可能給予特定客戶優惠的主機共置", "possibly privileged co-location"),
        every=(Trait.UNCHECKED, Trait.UNTIMED, Trait.FAVOURED),
    ),
    Typology(
        id="insider-transfer",
        title=Text("內部人轉讓與申報不符", "insiders' transfers unlike their filing"),
        every=(Trait.TRANSFER,),
    ),
)
"""In order of mention. Sources: the exchange's six cases, and what field surveillance looks for together."""


def typologies(links: Sequence[Link]) -> tuple[Typology, ...]:
    """The patterns that the findings of one case meet together; none where they meet none."""
    shown: set[Family | Trait] = {one.family for one in links}
    shown |= {trait for one in links for trait in one.traits}
    return tuple(one for one in TYPOLOGIES if one.met(shown))

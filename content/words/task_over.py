"""What a liaison reads of tasks that are theirs no longer: names in short, of people whom they knew of."""

from __future__ import annotations

from collections.abc import Sequence

from content.letter import Letter
from content.rules.names import masked
from content.words.catalogue import Tongue

_LISTED = 12


def handed_over(t: Tongue, names: Sequence[str]) -> Letter:
    n = len(names)
    return Letter(
        chat=t.plural(
            "{n} 件待办交给了新的联系人，您不用再管：{names}",
            "{n} 件待办交给了新的联系人，您不用再管：{names}",
            n,
            names=_listed(t, names),
        ),
        sms=t.say("{n}件待办交给了新的联系人，您不用再管。", n=n),
    )


def need_not_call(t: Tongue, names: Sequence[str]) -> Letter:
    n = len(names)
    return Letter(
        chat=t.plural(
            "这 {n} 人已经收到了，不用再转告：{names}",
            "这 {n} 人已经收到了，不用再转告：{names}",
            n,
            names=_listed(t, names),
        ),
        sms=t.say("请您转告的人里，{n}人已经收到了，不用再转告。", n=n),
    )


def _listed(t: Tongue, names: Sequence[str]) -> str:
    shown = t.say("、").join(masked(name) for name in names[:_LISTED])
    return t.say("{names}等", names=shown) if len(names) > _LISTED else shown

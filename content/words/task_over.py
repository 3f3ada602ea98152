"""What a liaison reads of tasks that are theirs no longer: names in short, of people whom they knew of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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


def thanks(t: Tongue) -> Letter:
    """To whoever gave up the office: they hear of nobody any more, and wonder about what was left."""
    return Letter(
        chat=t.say("您手里的待办都交给别人了，没有要您办的了。这段时间辛苦了，谢谢您！"),
        sms=t.say("您的待办都交给别人了，没有要办的了。辛苦了，谢谢您！"),
    )


def need_not_call(t: Tongue, by_end: Mapping[str, Sequence[str]]) -> Letter:
    """`by_end`: names by how their tasks ended, which are `answered`, `over`, or else told by somebody."""
    lines = [_WHY.get(end, _told)(t, names) for end, names in by_end.items()]
    n = sum(map(len, by_end.values()))
    if set(by_end) == {"answered"}:
        sms = t.say("请您转告的人里，{n}人已经收到了，不用再转告。", n=n)
    else:
        sms = t.say("请您转告的人里，{n}人不用再转告了。", n=n)
    return Letter(chat="\n".join(lines), sms=sms)


def _arrived(t: Tongue, names: Sequence[str]) -> str:
    return t.plural(
        "这 {n} 人已经收到了，不用再转告：{names}",
        "这 {n} 人已经收到了，不用再转告：{names}",
        len(names),
        names=_listed(t, names),
    )


def _over(t: Tongue, names: Sequence[str]) -> str:
    return t.plural(
        "要转告这 {n} 人的那条取消或过期了，不用再转告：{names}",
        "要转告这 {n} 人的那条取消或过期了，不用再转告：{names}",
        len(names),
        names=_listed(t, names),
    )


def _told(t: Tongue, names: Sequence[str]) -> str:
    return t.plural(
        "这 {n} 人已经有人转告了，不用再管：{names}",
        "这 {n} 人已经有人转告了，不用再管：{names}",
        len(names),
        names=_listed(t, names),
    )


_WHY: Mapping[str, Callable[[Tongue, Sequence[str]], str]] = {"answered": _arrived, "over": _over}


def _listed(t: Tongue, names: Sequence[str]) -> str:
    shown = t.say("、").join(masked(name) for name in names[:_LISTED])
    return t.say("{names}等", names=shown) if len(names) > _LISTED else shown

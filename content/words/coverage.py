"""The figures of a lesson in words. (S5)"""

from __future__ import annotations

from content.rules.coverage import Coverage
from content.words.catalogue import N_, Tongue

_OF_A_LESSON = N_(
    "共 {all} 人：发出 {sent}，送达 {delivered}，已答 {answered}（答对 {right}），"
    "还没答 {not_yet}，发不到 {failed}。"
)
_OF_A_NOTICE = N_(
    "共 {all} 人：发出 {sent}，送达 {delivered}，已读 {answered}，还没读 {not_yet}，发不到 {failed}。"
)
_IN_SHORT = N_(
    "共{all}人：到了{accounted}，已答{answered}，转告了{told}，待转告{handed}，没转告到{not_told}，还缺{missing}。"
)
_IN_SHORT_OF_A_NOTICE = N_(
    "共{all}人：到了{accounted}，已读{answered}，转告了{told}，待转告{handed}，没转告到{not_told}，还缺{missing}。"
)


def tally(t: Tongue, found: Coverage, is_read: bool = False) -> str:
    """One line and, where a voice was needed, what became of that. A notice is read and not answered."""
    return "\n".join([_figures(t, found, is_read), *_by_voice(t, found)])


def tally_in_short(t: Tongue, found: Coverage, is_read: bool = False) -> str:
    """One text message."""
    if not (found.handed or found.told or found.not_told):
        return _figures(t, found, is_read)
    in_short = _IN_SHORT_OF_A_NOTICE if is_read else _IN_SHORT
    return t.say(
        in_short,
        all=found.all,
        accounted=found.accounted,
        answered=found.answered,
        told=found.told,
        handed=found.handed,
        not_told=found.not_told,
        missing=found.missing,
    )


def _by_voice(t: Tongue, found: Coverage) -> list[str]:
    if not (found.handed or found.told or found.not_told):
        return []
    line = t.say(
        "由联系人转告：已转告 {told}，待转告 {handed}，没联系上 {not_told}。",
        told=found.told,
        handed=found.handed,
        not_told=found.not_told,
    )
    if found.missing:
        return [
            line,
            t.say(
                "到位 {accounted} / {all}，还缺 {missing} 人。",
                accounted=found.accounted,
                all=found.all,
                missing=found.missing,
            ),
        ]
    return [line, t.say("到位 {all} / {all}，一个不落。", all=found.all)]


def _figures(t: Tongue, found: Coverage, is_read: bool) -> str:
    figures = _OF_A_NOTICE if is_read else _OF_A_LESSON
    return t.say(
        figures,
        all=found.all,
        sent=found.sent,
        delivered=found.delivered,
        answered=found.answered,
        right=found.right,
        not_yet=found.not_yet,
        failed=found.failed,
    )

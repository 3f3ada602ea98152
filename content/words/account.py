"""The final account of a campaign, for the one who sent it: whole in the chat, in one part by SMS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.rules.account import Account, Price
from content.rules.receipts import meaning_of
from content.words.as_sent import as_sent, parts_of
from content.words.campaign_letter import campaign_letter
from content.words.catalogue import N_, Tongue

# Words of ours that are no receipt, and stand in no company's table.
_OURS = {"stopped": N_("停收了"), "waiting": N_("还没轮到"), "off_the_shelf": N_("课撤下了")}
_OURS |= {"no_receipt": N_("没有送达回执")}
NAMES = 20
_OF_A_LESSON = N_("发出 {sent}，送达 {delivered}，已答或已读 {answered}。")
_OF_A_NOTICE = N_("发出 {sent}，送达 {delivered}，已读 {answered}。")
_BY_SMS = N_(
    "{title}完了：{all}人，送达{delivered}，已答{answered}，转告{told}，没送到{missing}。回“回执”看。"
)
_NOTICE_BY_SMS = N_(
    "{title}完了：{all}人，送达{delivered}，已读{answered}，转告{told}，没送到{missing}。回“回执”看。"
)
_CANCELLED_BY_SMS = N_(
    "{title}取消了：共{all}人，送达{delivered}，转告{told}，其余{missing}人没发到。回“回执”看。"
)


class Told(NamedTuple):
    """What stands beside the figures; a notice is read. `missing` are names, as many as are listed."""

    campaign_id: str
    title: str
    title_by_sms: str
    is_read: bool
    cancelled: bool
    missing: Sequence[str]
    again: int
    parts: int
    price: Price


def account_letter(t: Tongue, account: Account, told: Told) -> Letter:
    return Letter(
        chat="\n".join([_head(t, account, told), *account_lines(t, account, told)]),
        sms=_by_sms(t, account, told),
        choices=below(t, told.campaign_id, told.again),
        chosen_by="word",
    )


def account_lines(t: Tongue, account: Account, told: Told) -> list[str]:
    """Line by line what became of it; only what there is to say."""
    figures = _OF_A_NOTICE if told.is_read else _OF_A_LESSON
    return [
        t.say(
            figures,
            sent=account.sent,
            delivered=account.delivered,
            answered=account.answered,
        ),
        *_by_voice(t, account),
        *_failed(t, account),
        *_costs(t, account, told),
        *_missing(t, account, told),
    ]


def parts_spent(
    campaign_id: str, slug: str, words: Mapping[str, str], texts: Mapping[str, int], price: Price
) -> int:
    """As the network counts what the phone shows: signature, the ways to answer and the suffix are in it."""
    return sum(n * _parts(campaign_id, slug, words, language, price) for language, n in texts.items())


def below(t: Tongue, campaign_id: str, again: int) -> Rows:
    about = {"campaign": campaign_id}
    once_more = t.say("再发给没收到的 {n} 人", n=again)
    report = Choice(t.say("看回执"), Act(intent="lesson_report", about=about))
    more = ((Choice(once_more, Act(intent="send_again", about=about)),),) if again else ()
    return (*more, (report,))


def _head(t: Tongue, account: Account, told: Told) -> str:
    if told.cancelled:
        return t.say("{title}中途取消了，名单上共 {n} 人：", title=told.title, n=account.whole)
    return t.say("{title}发完了，共 {n} 人：", title=told.title, n=account.whole)


def _by_voice(t: Tongue, account: Account) -> list[str]:
    lines = []
    if account.told:
        lines.append(t.say("联系人当面或打电话转告了 {n} 人。", n=account.told))
    if account.handed:
        lines.append(t.say("交给联系人去转告、还没办的 {n} 人。", n=account.handed))
    if account.not_told:
        lines.append(t.say("联系人也没找到的 {n} 人。", n=account.not_told))
    return lines


def _failed(t: Tongue, account: Account) -> list[str]:
    lines = []
    if account.failed:
        most_first = sorted(account.failed.items(), key=lambda one: -one[1])
        reasons = t.say("，").join(
            t.say("{reason} {n}", reason=reason_in_words(t, reason), n=n) for reason, n in most_first
        )
        lines.append(t.say("没送到的：{reasons}。", reasons=reasons))
    if account.waiting:
        lines.append(t.say("还没轮到的 {n} 人。", n=account.waiting))
    if account.no_receipt:
        lines.append(t.say("发出去了，没有回执的 {n} 人。", n=account.no_receipt))
    if account.twice:
        lines.append(t.say("可能收到两份的 {n} 人。", n=account.twice))
    return lines


def reason_in_words(t: Tongue, reason: str) -> str:
    if reason in _OURS:
        return t.say(_OURS[reason])
    meaning = meaning_of(reason)
    return meaning.in_english if t.code == "en" else meaning.says


def _costs(t: Tongue, account: Account, told: Told) -> list[str]:
    if not told.parts:
        return []
    if not told.price.fen:
        return [t.say("短信用了 {parts} 条。", parts=told.parts)]
    yuan = f"{told.parts * told.price.fen / 100:.2f}"
    return [t.say("短信用了 {parts} 条，约 {yuan} 元。", parts=told.parts, yuan=yuan)]


def _missing(t: Tongue, account: Account, told: Told) -> list[str]:
    if not account.missing:
        return [t.say("每个人都有着落了。")] if not account.no_receipt else []
    names = t.say("、").join(told.missing)
    if account.missing > len(told.missing):
        return [t.say("还差 {n} 人：{names}等，见回执。", n=account.missing, names=names)]
    return [t.say("还差 {n} 人：{names}。", n=account.missing, names=names)]


def _by_sms(t: Tongue, account: Account, told: Told) -> str:
    over = _NOTICE_BY_SMS if told.is_read else _BY_SMS
    said = _CANCELLED_BY_SMS if told.cancelled else over
    return t.say(
        said,
        title=told.title_by_sms,
        all=account.whole,
        delivered=account.delivered,
        answered=account.answered,
        told=account.told,
        missing=account.missing,
    )


def _parts(campaign_id: str, slug: str, words: Mapping[str, str], language: str, price: Price) -> int:
    letter = campaign_letter(campaign_id, slug, words, language)
    if letter is None:
        return 1
    labels = [one.label for row in letter.answers for one in row]
    text = as_sent(letter.sms or letter.chat, labels, letter.chosen_by, price.signature, price.suffix)
    return parts_of(price.shown(text, slug))

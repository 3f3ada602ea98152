"""How somebody asked on to the stage is introduced there: what they are, what they see, what to try."""

from __future__ import annotations

from bot.sandbox.demo.extras import Extra
from bot.sandbox.page import Bilingual, PhoneOnStage, Suggestion
from bot.sandbox.phones import Phone
from content.rules.roles import Role

_ROLES: dict[Role, Bilingual] = {
    "admin": Bilingual("管理员", "Administrator"),
    "committee": Bilingual("党委", "Committee"),
    "secretary": Bilingual("支部书记", "Secretary"),
    "liaison": Bilingual("联系人", "Liaison"),
    "member": Bilingual("外出党员", "Member"),
}
_SEES: dict[Role, Bilingual] = {
    "admin": Bilingual("看得到全部。", "Sees everybody."),
    "committee": Bilingual("看得到下面的每个支部。", "Sees every branch below."),
    "secretary": Bilingual("看得到本支部。", "Sees this branch."),
    "liaison": Bilingual("看得到自己联系的人。", "Sees those entrusted to them."),
    "member": Bilingual("收发短信。", "By text message."),
}
_NOT_JOINED = Bilingual("还没有加入，等着邀请。", "Has not joined; waits to be invited.")
_OFFICE = (
    Suggestion("失联", "who is silent"),
    Suggestion("失联 上海", "silent in Shanghai"),
    Suggestion("找 石远帆", "find Shi: in sight?"),
    Suggestion("发课", "send a lesson"),
)
_OUTSIDE = (Suggestion("你好", "hello"),)
_BY_SMS = (Suggestion("QD", "check in"), Suggestion("QZ", "help"), Suggestion("TD", "stop the lessons"))


def role_of(extra: Extra) -> Bilingual:
    if extra.role == "member" and not extra.joined:
        return Bilingual("外出党员 · 未加入", "Member · not joined")
    return _ROLES[extra.role]


def part_of(extra: Extra, phone: Phone) -> PhoneOnStage:
    sees = _SEES[extra.role] if extra.joined else _NOT_JOINED
    caption = Bilingual(*(f"{extra.unit} · {said}" for said in sees))
    return PhoneOnStage(phone.id, role_of(extra), caption, _to_try(extra, phone), is_guest=True)


def _to_try(extra: Extra, phone: Phone) -> tuple[Suggestion, ...]:
    if not phone.smartphone:
        return _BY_SMS
    return _OUTSIDE if extra.role == "member" else _OFFICE

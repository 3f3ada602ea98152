"""Messages that are not for us: advertisements, codes, parcels, chain letters."""

from __future__ import annotations

import re

_SURE = re.compile(
    r"验证码|校验码|动态码|取件码|提货码|取货码|凭.{0,4}码|回复?[tnr]退订|退订回|拒收请?回|回td退|"
    r"尊敬的(?:客户|用户|业主|会员|车主)|"
    r"亲爱的(?:用户|会员|客户|顾客)|中奖|刷单|https?:|www\.|[a-z0-9]\.(?:cn|com|net|top|cc)\b|征信|"
    r"授信|免息|低息|秒到账|"
    r"加(?:我)?(?:微信|薇信|v信|vx|qq)|转发(?:给|到)?.{0,6}(?:个群|个人|好友|群里|朋友圈)|请?(?:速|"
    r"快)?(?:转发|扩散)(?:出去|起来|!|$)|"
    r"不转(?:不是|后悔)|看到(?:的)?(?:请|必须)转|必转|菜鸟驿站|丰巢|外卖.{0,6}已送|骑手|您的(?:快递|"
    r"包裹|订单|账户|话费|积分)|"
    r"尾号\d{3,4}|信用卡|最低还款|楼盘|首付|开盘|澳门.{0,3}(?:上线|娱乐|赌)|娱乐城|代开发票|"
    r"贷款(?:额度|热线)|额度.{0,6}万"
)
_LIKELY = re.compile(
    r"优惠|促销|特价|红包|抽奖|免费领|点击|领取|限时|秒杀|折扣|满减|包邮|新品|会员日|热线|咨询电话|"
    r"高薪|日结|兼职|包吃住|"
    r"招聘|招[\u4e00-\u9fff]{0,4}工|月薪|贷款|额度|理财|股票|彩票|流量包|套餐|余额不足|充值|客服|"
    r"下载app|扫码|亲,|快递|包裹|【[^】]{2,12}】"
)

_CODED = re.compile("(?:dz|gz|sj|qz) ")  # GZ 美团骑手 is a member at work, not a meal on its way
_TWO = 2  # one such word is in many a member's message, two without 我 are not


def is_not_for_us(text: str) -> bool:
    """Whether the text was sent by a machine or a merchant, or passed on as it came."""
    if _CODED.match(text):
        return False
    if _SURE.search(text):
        return True
    return "我" not in text and len(set(_LIKELY.findall(text))) >= _TWO

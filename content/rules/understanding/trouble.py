"""求助: trouble, of what kind, and whether it can wait."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.understanding.clauses import Clause

_URGENT = {
    "accident": re.compile(
        r"着火|起火|失火|火灾|爆炸|塌方|坍塌|塌了|掉(?:到|下|进)?(?:江|河|水|井|坑|沟)里?|掉(?:下|"
        r"进)[^,]{0,6}(?:去|来|井|河|坑)|触电|煤气中毒|"
        r"溺水|车祸|大出血|流了?(?:好多|很多)血|流血不止|"
        r"手(?:指|臂|掌)?(?:被|让|给)?[^,]{0,6}(?:轧|压|绞|切|卷|砸)(?:断|掉|进|没)|被(?:埋|困|车撞)|"
        r"晕倒|晕过去|昏迷|不省人事|骨头断|(?:手(?![机头续工下里])|脚|腿|胳膊)[^,机]{0,3}断了|"
        r"(?:手(?!机)|脚|腿|胳膊|头|身上)[^,]{0,4}(?:流血|出血)|"
        r"(?:摔|跌|砸|撞|被[^,]{0,4}压)[^,]{0,8}(?:动不了|起不来|不能动|站不起来)|"
        # Only from where one falls far, and no thing that fell.
        r"从[^,]{0,6}(?:架子?|脚手架|楼|梯子?|高处|[房屋]顶|塔吊?|吊篮|高空|墙)[^,]{0,3}(?:摔|掉|跌|坠)了?下"
        r"(?:来|去)?(?!了?[一个块东花砖])"
    ),
    "legal": re.compile(
        r"(?:被骗|被拉|被困|陷|掉|进|是|搞|在).{0,6}传销|传销[^,]{0,3}(?:控制|扣|骗|困|关)|传销(?:窝|窝点|"
        r"组织|团伙)|被(?:扣|关|控制|绑|拘禁)(?:住|起来|在|了)|不让(?:我)?(?:走|离开|出去)|扣(?:了|"
        r"我)?身份证|非法拘禁|绑架|把我(?:们)?(?:关|绑|锁|扣)"
    ),
    "health": re.compile(r"不想活|活不下去|自杀|轻生|想死|跳(?:楼|河|江|桥)(?!机|价|舞)|割腕|喝农药"),
    "other": re.compile(
        r"救命|救救我|快来(?:人|救)|快救|有人[^,]{0,4}(?:打(?!电话|球|牌|游戏|扫|工|卡|折|听|招呼|算|"
        r"开|麻将|针|"
        r"饭|车)|砍|杀(?!毒|价|鸡|猪))|被(?:人|老板|工头|他们?|保安)?(?:给)?(?:打(?!断|动|扰|扫|湿|折|"
        r"开)|砍|捅)了?|打群架|出人命|持刀|"
        # Not the 110 within a telephone number, an address, a price or a road.
        r"(?<!\d)110(?!\d|国道|省道|县道|号|弄|路|室|栋|楼|斤|元|块|米|平|人|度)"
    ),
}  # fmt: skip
# A cry: somebody is dying, or asks to be rescued. 笑死我了, 累死了 and 热死了 are only loud.
_CRY = re.compile(
    r"(?<!不用)(?<!谁来)救(?:我(?!们?(?:过|出来了|的))|命(?!恩|稻草))|"
    r"^(?:(?:我|人|他|她)(?:真的?)?(?:快|就?要|马上要)|快)死(?:了|掉)(?!心)|"
    r"我[^,笑累热冷忙困饿渴烦气]{0,2}(?:快|就?要)死了?$|"
    r"(?:我|人|他|她)(?:感觉|真的?|已经)?(?:快|要|就要)(?:不行|没命|断气)|^(?:快|要)(?:不行|没命|断气)了"
)
_ASKED_FOR = re.compile(r"^qz (?!.{0,6}(?:什么|啥|怎么|咋|[吗呢]$))")
_PLAYED = re.compile(r"演练|演习|模拟|排练|讲座")
# An accident of which is told: in former times, or in a lesson about them.
_ONLY_TOLD = re.compile(
    r"以前|从前|那时|那年|当年|去年|前年|小时候|早年|曾经|上(?:个)?月|\d+年前|几年前|课上|培训(?!班)|说有人|"
    r"(?:摔|断|晕|触电|压|砸)[^,]{0,4}过(?![去来])"
)
_NOT_URGENT = re.compile(
    r"预防|防范|防止|防(?=传销|火|骗)|^(?:别人|人家)|(?:学|听|看|讲|宣传)[习了过的]*[^,]{0,8}(?:知识|"
    r"视频|片|课)|新闻|"
    r"电影|电视|小说|听说|[热累忙笑困]得|无聊"
)

# 工资两个月没发, 两个月没给工钱, 工资一直没到: how long stands between the pay and what did not come.
_PAY_LATE = re.compile(
    r"(?:工资|工钱|薪水|薪资)[^,]{0,8}(?:[\d一二两三四五六七八九十几半]+个?(?:多)?月|半年|一年|一直|到现在|至今)"
    r"[^,]{0,6}(?:没(?:有)?(?:发|给|到|结|付|拿|见|领)|不(?:发|给|到))|"
    r"(?:[\d一二两三四五六七八九十几半]+个?(?:多)?月|半年|一年|一直|到现在|至今)[^,]{0,6}"
    r"(?:没(?:有)?(?:发|给|到|结|付|拿|见|领)|不(?:发|给))(?:到|过|我|我们|着|了)*(?:工资|工钱|薪水|薪资)|(?:工资|工钱)[^,]{0,6}没(?:有)?(?:到|见)(?!期)"
)
_PAY = r"(?:工资|工钱|薪水|薪资|工程款|加班费|血汗钱|工费|劳务费|班钱|钱)"
_KINDS = {
    "wages": re.compile(
        rf"(?:工资|工钱|薪水|薪资|工程款|加班费|血汗钱|劳务费)[^,]{{0,10}}(?:没(?!问题|少|差)|不(?:给|"
        rf"发|结|付|够|对)|拖|欠|要不|讨|拿不|未|少|扣|跑)|"
        rf"(?:没(?:有)?(?:发|给|结|付|拿到|要到|领到)|不(?:发|给|结|付)|拖(?!把)|欠|扣|讨|要不到|"
        rf"少(?:发|给)|拿不到|未(?:发|付|结)|压着?|赖)[^,]{{0,8}}{_PAY}|一分(?:钱)?(?:都|也)?没(?:给|"
        rf"发|拿)|押(?:着|了)?[^,]{{0,8}}工[资钱]|欠薪|讨薪|讨要工|拖欠|(?:老板|"
        rf"包工头|工头)[^,]{{0,4}}(?:跑了|跑路|失踪)"
    ),
    "accident": re.compile(
        r"工伤|受(?:了)?(?:点)?(?:轻|重)?伤|(?:摔|砸|压|轧|烫|扭|划|割|碰|撞|烧|电|跌|闪)(?:着|到|坏|"
        r"断)?(?:了)?(?:腰|腿|脚|手|胳膊|头|伤|骨折|断了)|摔了?一?大?跤|(?:脚|手|腿|眼睛?|"
        r"头)[^,]{0,6}(?:扎|刺|戳)(?:了|伤|破|到|穿)|骨折|"
        r"(?:腰|腿|脚|手|手指|胳膊|头)(?:给|被)?(?:摔|砸|压|轧|烫|扭|划|割|碰|撞|烧|夹|断)|"
        r"从.{1,8}(?:摔|掉|跌)下来|被车(?:撞|碰)|出了?(?:车祸|事故|事了)"
    ),
    "legal": re.compile(
        r"(?:被|上当受)骗(?!我)|官司|法律(?:援助|帮助|咨询)|劳动仲裁|仲裁|律师|维权|不签(?:劳动)?合同|"
        r"没签(?:劳动)?合同|合同.{0,6}(?:纠纷|不认|有问题)|"
        r"不给(?:赔|交社保)|没(?:给)?交社保|赔偿.{0,8}(?:谈不|不|没|少)|(?:无故|突然|"
        r"无缘无故)?被(?:辞退|开除|解雇)[^,]*(?:不赔|没赔|补偿|无故)|纠纷|欠条|起诉"
    ),
    "hardship": re.compile(
        r"(?:生活|家里|家庭|经济|手头)[^,]{0,4}(?:困难|紧张|拮据)|揭不开锅|[遭受]了?[^,]{0,2}灾|"
        r"日子(?:难|过不下)|没钱(?:吃饭|交|看病|治|回家|"
        r"过|用|了)|吃不(?:上|起)饭|低保|困难补助|救助金|周转不开|借(?:点|我)?钱"
    ),
    "housing": re.compile(
        r"没(?:有)?(?:地方|房子?)住|没处住|无处可住|(?:被|要)?(?:房东)?赶(?:出来|出去|我)|"
        r"房东[^,]{0,8}(?:赶|涨|不退|不让|扣|换锁)|押金[^,]{0,6}(?:不退|没退|不给)|"
        r"宿舍[^,]{0,6}(?:漏|停水|停电|塌|没水|没电|太差)|(?:房子|屋)(?:漏雨|漏水|塌|倒)|"
        r"房租[^,]{0,4}(?:交不|付不|没钱)|住(?:桥洞|"
        r"大街|网吧)|租不到房|找不到(?:房|住)"
    ),
    "family": re.compile(
        r"(?:孩子|小孩|娃|儿子|女儿)[^,]{0,8}(?:入学难|转学|没人(?:带|管|接|照)|上不了|没学校|"
        r"没(?:有)?学(?:校)?上|(?:上学|入学|读书)[^,]{0,4}(?:难|怎么|问题|不了|帮))|(?:老人|父母|爸妈|"
        r"我?[爸妈]|父亲|母亲|奶奶|爷爷)[^,]{0,8}"
        r"(?:没人(?:照|管|看)|照顾不|摔|瘫|走失|病重|病危|去世|过世|不行了)|家里[^,]{0,6}(?:没人(?:照|"
        r"管)|出事|有事求)|家暴|老婆跑|留守"
    ),
    "health": re.compile(
        r"(?:生|得)(?:了)?(?:大|重|场)?病|病(?:了|倒|重)|住院|(?:要|做|动)(?:个)?手术|确诊|发(?:高)?烧|"
        r"看不起病|身体(?:不舒服|出问题|不好|垮)|(?:肚子|头|胸|腰)(?:很|好|特别|一直|疼得)(?:疼|痛|"
        r"厉害)|"
        r"尘肺|职业病|中暑|抑郁|失眠(?:严重|很)"
    ),
    "other": re.compile(
        r"求助|帮帮我|帮帮忙|求(?:组织|支部|书记)?帮|需要(?:组织|支部)?(?:帮助|帮忙|支援)|请(?:组织|支部|"
        r"书记)(?:帮|出面|协调)|想请组织帮|有(?:个)?(?:困难|难处)(?!没)|遇到(?:了)?(?:困难|麻烦|难处)"
    ),
}  # fmt: skip
_FINE = re.compile(r"(?:我|人|大家|家里|^)(?:都)?没事")
_SOLVED = re.compile(
    r"(?:工资|工钱|钱|病|伤|问题|困难|事)[^,]{0,6}(?<!没)(?<!没有)(?:发了|结了|给了|拿到|到账|要回来|好了|解决了|痊愈|"
    r"补发)|已经?(?:解决|好了|出院|痊愈|处理)|出院了|"
    r"没有?(?:困难|难处|受伤|生病|拖欠|欠|什么困难|啥困难)|不(?:缺|欠|拖欠)|不需要帮|按时发|正常发|"
    r"(?:帮|扶)(?:助|困)(?:了|活动)|如果|要是|万一|以前|慰问"
)


def trouble(clauses: tuple[Clause, ...]) -> Act | None:
    """The first kind of trouble told, urgent before all; a relative's counts where it is the member's too."""
    played = any(_PLAYED.search(clause.text) for clause in clauses)
    urgent = [act for act in map(_urgent, clauses) if act]
    if urgent and not played:
        return next((act for act in urgent if act.kind != "other"), urgent[0])
    if clauses and _ASKED_FOR.match(clauses[0].text):
        return Act(intent="help", kind=next(filter(None, map(_kind, clauses)), "other"))
    if any(_FINE.search(clause.text) for clause in clauses):
        return None
    kinds = [kind for kind in (_kind(clause) for clause in clauses) if kind]
    return Act(intent="help", kind=next((k for k in kinds if k != "other"), kinds[0])) if kinds else None


def _urgent(clause: Clause) -> Act | None:
    wondered = clause.text.endswith("吗") and "救" not in clause.text
    if wondered or clause.supposed or clause.denied or _NOT_URGENT.search(clause.text):
        return None
    kind = next((kind for kind, words in _URGENT.items() if words.search(clause.text)), None)
    if kind is None and _CRY.search(clause.text):
        kind = "other"
    if kind is None or (kind == "accident" and _ONLY_TOLD.search(clause.text)):
        return None
    return Act(intent="help", kind=kind, urgent=True)


def _kind(clause: Clause) -> str | None:
    if clause.supposed or _SOLVED.search(clause.text):
        return None
    if _PAY_LATE.search(clause.text):
        return "wages"
    kind = next((kind for kind, words in _KINDS.items() if words.search(clause.text)), None)
    return kind if kind in ("wages", "family", "hardship", "other") or not clause.other else None

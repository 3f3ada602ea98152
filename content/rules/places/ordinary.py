"""Names of divisions that are also everyday words, and phrases that only sound like a place.

A wrong place in the register sends the help that is near to somewhere far: where a word may be
just a word, it counts as a place only behind its city or province.
"""

from __future__ import annotations

from content.rules.wordlist import words

# Never a place without its 区, 县 or 市: no parent in front makes these safe (四川南部, 在成都合作).
NEVER_BARE = frozenset(
    words(
        "南部 比如 延长 合作 公安 资源 尼玛 大方 友好 互助 共和 解放 前进 通道 工农 回民 中方 会同 美姑 喜德 "
        "同心 改则 天等 大新 上街 集中 东区 西区 城区 郊区 矿区 富裕 博爱 友谊 无为 无极 大名 长子 天全 宏伟 "
        "爱民 建华 方正 民权 惠民 富民 裕民 前锋 兴业 乐业 安居 高明 治多 久治 杂多 称多 双江"
    )
)

# A place only in the same breath with its city or province.
NEEDS_PARENT = frozenset(
    words(
        "和平 河东 河西 新华 路南 路北 海港 复兴 信都 新城 桥东 桥西 双桥 运河 小店 平城 大东 立山 元宝 振兴 "
        "振安 太和 站前 西市 老边 太平 清河 银州 龙城 南关 二道 丰满 铁东 铁西 东昌 道里 道外 平房 双城 鸡冠 "
        "向阳 东山 东风 新兴 东安 阳明 连山 宝塔 北林 天宁 钟楼 上城 江北 南湖 路桥 大通 迎江 大观 东湖 天桥 "
        "市中 市南 市北 河口 牡丹 中原 二七 金水 老城 卫东 石龙 红旗 中站 马村 山阳 华龙 卧龙 天心 开福 雨花 "
        "荷塘 石峰 天元 石鼓 君山 北湖 光明 龙湖 江海 坡头 云城 江城 江南 城中 七星 秀峰 象山 海城 银海 港口 "
        "港北 港南 天涯 南岸 金牛 大安 仁和 东兴 沙湾 南明 花溪 西山 古城 盘龙 红塔 马龙 莲湖 未央 印台 金台 "
        "安宁 平川 安定 平安 城东 城西 城北 天山 新市 三元 滨海 三河 孝义 灯塔 榆树 尚志 同江 江山 天长 明光 "
        "永安 灵宝 天门 四会 东方 弥勒 同仁 双河 新星 白杨 当阳 海阳 东港 龙港 新民 安平 文安 故城 平定 "
        "平顺 和顺 阳城 大宁 静乐 文水 石楼 方山 中阳 交口 五原 化德 安图 木兰 集贤 宝清 明水 响水 太湖 三门 "
        "天台 常山 开化 文成 仙居 云和 五河 望江 来安 定远 东至 石台 青阳 清流 大田 永春 平和 华安 光泽 政和 "
        "连城 莲花 崇义 安远 兴国 上高 万年 万安 万载 会昌 安义 永新 永丰 南城 乐安 玉山 石城 铜鼓 东平 平原 "
        "金乡 嘉祥 东明 新安 宝丰 通许 光山 方城 太康 西平 正阳 远安 保康 团风 英山 通城 通山 建始 来凤 大悟 "
        "汉寿 安乡 安化 新田 双峰 凤凰 龙山 始兴 仁化 龙门 连平 平远 阳山 隆安 马山 上林 平乐 永福 德保 西林 "
        "凤山 大英 威远 中江 三台 青神 江安 宝兴 大竹 石棉 兴文 通江 平昌 九龙 红原 小金 金川 黑水 白玉 得荣 "
        "会东 修文 正安 普安 安龙 江口 三都 独山 长顺 天柱 富源 大关 永善 威信 永德 建水 石屏 元阳 绿春 新平 "
        "安多 巴青 曲水 当雄 措美 革吉 错那 日土 定日 达日 班戈 仁布 加查 亚东 太白 长武 三原 武功 西乡 富平 "
        "合阳 黄龙 黄陵 甘泉 志丹 宁强 平利 镇安 清水 民乐 合水 正宁 和政 康乐 同德 兴海 民和 甘德 玛多 平罗 "
        "西吉 隆德 温泉 精河 和静 和硕 新和 奇台 民丰 新源 福海 青河 托里 城口 洞口 和县 成县 新县 古县 应县 "
        "道县 高县 理县 富县 文县 单县 康县 礼县 吉县 义县 兴县 佳县 环县 大化 大余 万全 进贤 从江 于都 于洪 "
        "信丰 自流井 向阳区 新城区 老城区 郊区 城区 矿区 东区 西区 市中区 城中区 城东区 城西区 城北区 山城 "
        "城关 新建 东光 南郑 永和 永兴 永吉 云龙 松山 青山 北关 高平 兰山 洪山 海州 东海 永定 利通 玉田 青龙 "
        "海兴 安国 万荣 乐平 白云"
    )
)

# Cities whose bare name is a word: only right behind 在, 到, 去 and the like, or a parent.
NEEDS_PREPOSITION = frozenset(
    words("来宾 白银 日照 阿里 兴安 山南 海东 海北 黄南 红河 文山 凉山 大理 吉安 三明 黄山")
)

# A bare name said everywhere of more than its owner: there is no telling without the city.
# 朝阳 alone is Beijing's district to most who live there, and a city of its own by the table.
ALWAYS_ASK = (frozenset({"110105", "211300", "211321", "220104"}),)

# Names of companies, goods and sayings: swallowed whole, so that no place is seen inside.
NO_PLACES = words(
    "新华书店 新华社 新华网 新华人寿 新华保险 新华字典 平安保险 平安银行 平安证券 报平安 保平安 和平精英 "
    "长安街 长安汽车 长安福特 北京时间 北京现代 上海大众 上海通用 上海牌 青岛啤酒 兰州拉面 沙县小吃 "
    "桂林米粉 重庆火锅 重庆小面 重庆鸡公煲 武汉热干面 柳州螺蛳粉 德州扒鸡 德州扑克 黄山烧饼 黄山旅游 "
    "金华火腿 涪陵榨菜 镇江香醋 中山装 中山大学 中山陵 南京板鸭 海南鸡饭 海南鸡 新疆大盘鸡 新疆羊肉串 "
    "新疆炒米粉 云南白药 云南米线 贵州茅台 山西刀削面 陕西凉皮 河南烩面 北京烤鸭 四川火锅 天津包子 "
    "天津麻花 杭州小笼包 吉利汽车 大连万达 阿里巴巴 阿里云 红包头 面包头 找包头 大理石 来宾馆 日照时间 "
    "文山会海 白银价 吉林敖东 上海滩 西湖龙井 南海舰队 东海舰队 鼓楼医院 中原地产 大同小异 世界大同 三明治 "
    "会东西 平安夜 江山如画 大足球 大连续 太原因 长春花 长沙发 长治久安 广安装 保定金 保定期 六安全 吉安排 "
    "新乡下 新乡村 新乡镇 南阳台 南阳光 宁德行 咸宁静 常德行 通化学 通化肥 石河子大学"
)

# Countries: a town named behind one of them is not ours.
ABROAD = words(
    "非洲 美洲 欧洲 澳洲 新加坡 马来西亚 印度尼西亚 印尼 印度 吉隆坡 越南 老挝 柬埔寨 缅甸 泰国 菲律宾 "
    "日本 东京 韩国 首尔 朝鲜 蒙古国 外蒙 俄罗斯 美国 加拿大 墨西哥 巴西 阿根廷 秘鲁 智利 英国 法国 德国 "
    "意大利 西班牙 葡萄牙 荷兰 瑞士 瑞典 挪威 波兰 匈牙利 塞尔维亚 希腊 土耳其 埃及 利比亚 阿尔及利亚 "
    "安哥拉 刚果 肯尼亚 埃塞俄比亚 尼日利亚 坦桑尼亚 赞比亚 加纳 南非 苏丹 沙特 阿联酋 迪拜 卡塔尔 科威特 "
    "伊拉克 伊朗 以色列 巴基斯坦 孟加拉 斯里兰卡 尼泊尔 哈萨克斯坦 乌兹别克斯坦 澳大利亚 新西兰 "
    "巴布亚新几内亚 国外 海外 境外 大阪 名古屋 横滨 曼谷 仰光 胡志明市 马尼拉 雅加达 槟城 莫斯科"
)

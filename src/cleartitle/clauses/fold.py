"""Folding: one spelling for what is typed in many ways, character for character.

Folded text has the length of the original, so that an offset in one is an offset in the other.
"""

from __future__ import annotations

import re
from itertools import pairwise

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLDS = str.maketrans(
    {chr(code): plain for code, plain in _WIDE.items()}
    | dict.fromkeys("“”„‟«»「」『』〝〞", '"')
    | dict.fromkeys("‘’‚‛′`", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\u200b\ufeff\t\x0b\x00\u00ad", " ")
    | {"İ": "I", "\u2028": "\n", "\u2029": "\n", "\r": " ", "\f": "\n", "〔": "(", "〕": ")", "【": "(", "】": ")"}
)
_FOLDED = re.compile(r"[^\x01-\x08\n\x0e-_a-~]+")
"""What may change: what is not plain ASCII."""
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]{0,500})?/?>|<!--[^<>]{0,500}-->")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "blockquote",
        "pre",
        "body",
        "dd",
        "dt",
    ]
)
_ENTITIES = {
    "nbsp": " ",
    "quot": '"',
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "ldquo": '"',
    "rdquo": '"',
    "rsquo": "'",
    "#39": "'",
}
_ENTITY = re.compile(r"&(nbsp|quot|amp|lt|gt|ldquo|rdquo|rsquo|#39);")
_EMPHASIS = re.compile(
    r"\*\*\*?|_(?<![\w/]_)_{0,2}(?=[^\W_])|_(?<=[^\W_]_)_{0,2}(?![\w/])|\*(?<=[^\s*]\*)(?=[\s.,;:)]|$)"
    r"|\*(?<=[\s(]\*)(?=[A-Za-z])|~~"
)
"""Each begins with its own letter, and looks back from there, since so nothing is tried at other letters."""
_QUOTE_PREFIX = re.compile(r"\n(?:[ ]{0,8}(?:>[ ]?){1,6}|[ ]{0,4}(?://|;;|--|\* (?=[a-z])))")
"""With the end of the line before, for which is looked faster than for the beginning of a line."""
_HASH_PREFIX = re.compile(r"^[ ]*#", re.MULTILINE)
_TRADITIONAL = (
    "並亂亞佈佔併來係俬個們倫側偵偽備傢傳傷僅僞僱價億償優兒內兩冊凱別刪則剋剛剝創劃動務勞勢勵匯區協卽參員"
    "問喪喬單嘗噁噹嚇嚐嚮嚴囌國圍圖團埰執堅報場壞奧奪婦學寀實寧審寫將專對導屬岡島嶼帳帶幣幫幹幾庫廠廢廣弔"
    "張強彆彈彔彙彿後從復徵惡愛態慾應懞戰戶捲掛採揚換損撾擁擊擔據擬擴擾攜敎敘數斷於昇時暫曆曏書會朮東枴柺"
    "査條棄業極榦榮構槍樂標樣機檔檯檻權歐歡歲歷歸殘殺毀汙決沒沖況洩淩測湯準滙滿漢潤澤澱濛濟濫濾灣為烏無營"
    "燬爭爲爾牀狀獨獲獻現環產産甦甯畫畵當療發盜監盧眾矇確碼礎祕稅稱穢穫竊競箇節範簡簽籤糰糾約納紐級紹終組"
    "結絕絡給統絶經綫維網綴綵線緝編緬練緻縱總織繞繫繳繹繼續罰罵羅羣義習聖聞聯聲職聽脅脩脫腳臉臘臨臺與舉舊"
    "茲華萊萬葯蒐蓋蔘薦薩藥蘇蘭處虛號蟲衆衊術衕衝裏補裝裡製複襲覈見規視親觸訂計訓託記訟訪設許訴診註証詆詐"
    "評詞詢試話該誌認誕誘語誣誤說説課誹調談請論諜諮諾謀謗謝謠謡謾證識譭譯議護譽變讓讚貝負財貢販責貶買貸費"
    "貿資賓賠賣質賬賭賺購贈贊贏跡踰蹟蹤躍軌軍軟載輕輸轄轉辦迴連週進遊運過達違遞遠適選還郵醫釋釣鈅銷錄錢錯"
    "録錶鍵鏈鏡鑰門開間闇關陞陸隊際隨險隱隻雙難雲電韆韋韓響頁項須預頒頓領頭頻題額顛類顧顯風颱餾饋馬駕駛駡"
    "騙騷驗體髮鬆鬚魚魯鮮鳴麥麪麫麯麴麵黃點齡齣専変営権実発対売価関単図続転譲験経処従帰険応戦収総両黒広拡"
    "壊徴軽毎様氷団囲効労励継釈"
    "訊滅這種長車鳥龍飛層屆師帥廳彌慣慮憑懷憶憲懲擇擋撥撫擺攔攤敗敵斃曬楊檢櫃欄毆氣涼淚減渦渾湊溫滬漁漸潔潛濕濱瀏煉煩"
    "熱燈燒犧獎獵瑪瓊瘋盤矯碩礦禍禦禪禮穌窮窩竄築糧紅紋紙純紗紛細紳絲綁綜綠緊緒緩縣縮績纏罷聰肅脈膚膠腎腦腫膽臟艦藝蔣"
    "蕩蘋蟻襯訝訣詳誠誇諸諧諷謹譜豐豬賊賜賞賢賤賀賃貧貪貫貼趕趙趨踐較輔輛輝輩輪輯轟辭農遲遺鄉鄰鄧鄭醜醬釐針鈔鈴銀銅鋼"
    "錦鎖鎮鏟閉閒閣閱闊闆陣陽陰陳雖雜離霧靈靜頗頌顆願顏飄飲飯飽餅館駐駭驅驚驟鬥鬧鴿鵬鷹麗齒齊龐龜歟啟吋値囑塊塵墊壓壯"
    "壽夠夾奮奬姪娛嬰孫寢寵屜屢崗嶺巔幟廟弒彎徑恆悅惱慘慚慶憐憤戲拋挾掃掙捨揮搖搶摟摺撿擠攝攏斂斬旣晉暢曉朧柵棧楓樁橋"
    "橢殼氾滯潰澆濁灑災爐狹獅瑣疊癢皺睏瞞礙祿積穩筆篩籃籌籠粵綱緯締緣縫繪繃羨聳膩艱芻荊莊葉蓮蔭薔蘊螢蠟蠻衛覺覽觀謎謬"
    "讀讒賦躉躊輟轎遜邁邏鑄鑑鑽鑒闖闡隸頂順頸飼饒駁騎騰驕髒鬱"
)
"""Characters of Taiwan, Hong Kong and Japan that the patterns write as in mainland China."""
_SIMPLIFIED = (
    "并乱亚布占并来系私个们伦侧侦伪备家传伤仅伪雇价亿偿优儿内两册凯别删则克刚剥创划动务劳势励汇区协即参员"
    "问丧乔单尝恶当吓尝向严苏国围图团采执坚报场坏奥夺妇学采实宁审写将专对导属冈岛屿帐带币帮干几库厂废广吊"
    "张强别弹录汇佛后从复征恶爱态欲应蒙战户卷挂采扬换损挝拥击担据拟扩扰携教叙数断于升时暂历向书会术东拐拐"
    "查条弃业极干荣构枪乐标样机档台槛权欧欢岁历归残杀毁污决没冲况泄凌测汤准汇满汉润泽淀蒙济滥滤湾为乌无营"
    "毁争为尔床状独获献现环产产苏宁画画当疗发盗监卢众蒙确码础秘税称秽获窃竞个节范简签签团纠约纳纽级绍终组"
    "结绝络给统绝经线维网缀彩线缉编缅练致纵总织绕系缴绎继续罚骂罗群义习圣闻联声职听胁修脱脚脸腊临台与举旧"
    "兹华莱万药搜盖参荐萨药苏兰处虚号虫众蔑术同冲里补装里制复袭核见规视亲触订计训托记讼访设许诉诊注证诋诈"
    "评词询试话该志认诞诱语诬误说说课诽调谈请论谍咨诺谋谤谢谣谣谩证识毁译议护誉变让赞贝负财贡贩责贬买贷费"
    "贸资宾赔卖质账赌赚购赠赞赢迹逾迹踪跃轨军软载轻输辖转办回连周进游运过达违递远适选还邮医释钓钥销录钱错"
    "录表键链镜钥门开间暗关升陆队际随险隐只双难云电千韦韩响页项须预颁顿领头频题额颠类顾显风台馏馈马驾驶骂"
    "骗骚验体发松须鱼鲁鲜鸣麦面面曲曲面黄点龄出专变营权实发对卖价关单图续转让验经处从归险应战收总两黑广扩"
    "坏征轻每样冰团围效劳励继释"
    "讯灭这种长车鸟龙飞层届师帅厅弥惯虑凭怀忆宪惩择挡拨抚摆拦摊败敌毙晒杨检柜栏殴气凉泪减涡浑凑温沪渔渐洁潜湿滨浏炼烦"
    "热灯烧牺奖猎玛琼疯盘矫硕矿祸御禅礼稣穷窝窜筑粮红纹纸纯纱纷细绅丝绑综绿紧绪缓县缩绩缠罢聪肃脉肤胶肾脑肿胆脏舰艺蒋"
    "荡苹蚁衬讶诀详诚夸诸谐讽谨谱丰猪贼赐赏贤贱贺赁贫贪贯贴赶赵趋践较辅辆辉辈轮辑轰辞农迟遗乡邻邓郑丑酱厘针钞铃银铜钢"
    "锦锁镇铲闭闲阁阅阔板阵阳阴陈虽杂离雾灵静颇颂颗愿颜飘饮饭饱饼馆驻骇驱惊骤斗闹鸽鹏鹰丽齿齐庞龟欤启寸值嘱块尘垫压壮"
    "寿够夹奋奖侄娱婴孙寝宠屉屡岗岭巅帜庙弑弯径恒悦恼惨惭庆怜愤戏抛挟扫挣舍挥摇抢搂折捡挤摄拢敛斩既晋畅晓胧栅栈枫桩桥"
    "椭壳泛滞溃浇浊洒灾炉狭狮琐叠痒皱困瞒碍禄积稳笔筛篮筹笼粤纲纬缔缘缝绘绷羡耸腻艰刍荆庄叶莲荫蔷蕴萤蜡蛮卫觉览观谜谬"
    "读谗赋趸踌辍轿逊迈逻铸鉴钻鉴闯阐隶顶顺颈饲饶驳骑腾骄脏郁"
)
_PLAIN = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HIDDEN = (("<script", "</script>"), ("<style", "</style>"))


def fold(text: str) -> str:
    """Return *text* with one kind of quotes, dashes, spaces and punctuation, and without markup; the length stays.

    >>> fold("“商用”：见<b>附录</b>")
    '"商用":见   附录    '
    """
    folded = text.replace("\r", " ").replace("\t", " ")  # which is common, and faster so
    folded = _FOLDED.sub(lambda m: m[0].translate(_FOLDS), folded)
    if "<" in folded:
        folded = _TAG.sub(_tag, _hide(folded))
    if "&" in folded:
        folded = _ENTITY.sub(lambda m: _ENTITIES[m[1]].ljust(len(m[0])), folded)
    if "*" in folded or "_" in folded or "~" in folded:
        folded = _EMPHASIS.sub(_blank, folded)
    folded = _QUOTE_PREFIX.sub(lambda m: "\n".ljust(len(m[0])), "\n" + folded)[1:]
    lines = folded.count("\n") + 1
    if lines > 5 and "#" in folded and len(_HASH_PREFIX.findall(folded)) * 3 > lines * 2:
        folded = _HASH_PREFIX.sub(_blank, folded)
    return folded


def lower(text: str) -> str:
    """Return *text* in lower case where that keeps its length, and in the characters that the patterns are written in.

    >>> lower("授權 A")
    '授权 a'
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_PLAIN)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _tag(match: re.Match[str]) -> str:
    name, size = (match[1] or "").lower(), len(match[0])
    if name == "li" and not match[0].startswith("</"):
        return "\n- ".ljust(size)
    if name == "code":
        return '"'.ljust(size) if match[0].startswith("</") else '"'.rjust(size)
    return ("\n" if name in _BLOCKS else "").ljust(size)


def _hide(text: str) -> str:
    """Blank scripts and style sheets: what no reader sees says nothing."""
    small = lower(text)
    cuts = [0, len(text)]
    for opening, closing in _HIDDEN:
        start = small.find(opening)
        while start >= 0:
            end = small.find(closing, start)
            if end < 0:
                break
            cuts += [start, end]
            start = small.find(opening, end)
    if len(cuts) == 2:
        return text
    cuts.sort()
    pieces = [text[a:b] if n % 2 == 0 else " " * (b - a) for n, (a, b) in enumerate(pairwise(cuts))]
    return "".join(pieces)

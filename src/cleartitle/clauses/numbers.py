"""Numbers as licenses write them: 700 million, 1,000,000, USD 10M, one million dollars, 1亿, 100万, 五千万."""

from __future__ import annotations

import re

from attrs import evolve, frozen

from cleartitle.clauses.language import shape
from cleartitle.vocabulary.words import Comparator

_UNITS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6}
_UNITS |= {"b": 10**9, "bn": 10**9, "billion": 10**9, "hundred million": 10**8, "hundred thousand": 10**5}
_UNITS |= {"crore": 10**7, "crores": 10**7, "lakh": 10**5, "lakhs": 10**5}
_UNITS |= {
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
}
_WORDS: dict[str, float] = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_WORDS |= {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
}
_WORDS |= {"ninety": 90, "a": 1, "twenty-five": 25, "half a": 0.5, "a quarter of a": 0.25, "quarter of a": 0.25}
_WORDS |= {
    "a quarter": 0.25,
    "three quarters of a": 0.75,
    "one and a half": 1.5,
    "two and a half": 2.5,
    "a couple of": 2,
}
_HAN = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_BEFORE = (
    r"usd|us\$|us dollars?|u\.s\.\$|\b(?:nt|hk|sg|[sacr])\$|\bbrl\b|\b(?:ntd|twd|hkd|sgd|aud|cad|chf)\b|\$|eur|€|gbp|£"
    r"|rmb|cny|jpy|krw|rub|inr|\brs\.?|¥|₹|₽|₩|人民币|美元|新台币|台币|港币|港元|欧元|日元|日圆|韩元"
)
_AFTER = (
    r"(?:u\.?s\.?|united states|new taiwan|taiwan|hong kong|singapore|australian|canadian) dollars?|us dollars?|usd"
    r"|dollars?|euros?|eur\b|€|gbp|(?:british )?pounds?(?: sterling)?|rmb|cny|renminbi|yuan|(?:japanese )?yen\b|jpy"
    r"|(?:swiss )?francs?|chf\b|(?:korean )?won\b|krw"
    r"|roubles?|rubles?|rub\b|(?:brazilian )?rea(?:is|l)\b|brl\b"
    r"|(?:indian )?rupees?|inr\b|twd\b|ntd\b|hkd\b|sgd\b|aud\b|cad\b|₹|₽"
    r"|元?(?:人民币|新台币|台币|港币)|美元|美金|欧元|日元|日圆|円|韩元|英镑|卢布|卢比|港元|新加坡元|元"
)
_CURRENCIES = (
    (re.compile(r"nt\$|ntd|twd|taiwan|台币"), "TWD"),
    (re.compile(r"hk\$|hkd|hong kong|港[币元]"), "HKD"),
    (re.compile(r"sg?\$(?<!us\$)|sgd|singapore|新加坡元"), "SGD"),
    (re.compile(r"a\$|aud|australian"), "AUD"),
    (re.compile(r"c\$|cad|canadian"), "CAD"),
    (re.compile(r"(?<!h)r\$|rea(?:is|l)\b|brl"), "BRL"),
    (re.compile(r"chf|franc"), "CHF"),
    (re.compile(r"美元|美金|usd|\$|dollar"), "USD"),
    (re.compile(r"eur|€|欧元"), "EUR"),
    (re.compile(r"gbp|£|pound|英镑"), "GBP"),
    (re.compile(r"krw|won|₩|韩元"), "KRW"),
    (re.compile(r"rub|rouble|₽|卢布"), "RUB"),
    (re.compile(r"inr|rupee|₹|rs\.?|卢比"), "INR"),
    (re.compile(r"jpy|yen|日元|日圆|円"), "JPY"),
    (re.compile(r"rmb|cny|renminbi|yuan|人民币|¥|元"), "CNY"),
)
_UNIT = (
    r"hundred million|hundred thousand|thousand|million|billion|mm|mn|bn|mio|crores?|lakhs?|[kmb](?![a-z])"
    r"|[十百千]?[万亿]|[百千](?![万亿])"
)
_DIGITS = (
    r"(?<![a-z0-9.§-])(?:[0-9]{1,3}(?:[, ][0-9]{3}){1,4}(?![0-9])|[0-9]{1,2}(?:,[0-9]{2}){1,4},[0-9]{3}(?![0-9])"
    r"|[0-9]{1,13}(?:\.[0-9]{1,3})?)"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_DIGIT = "one|two|three|four|five|six|seven|eight|nine"
_NUMERAL = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<before>{_BEFORE})? ?"
    rf"(?:(?P<digits>{_DIGITS})(?: ?\([^()]{{1,40}}\))?[ -]?(?P<unit>{_UNIT})?"
    rf"|(?P<words>\b(?:{_NUMERAL})(?: hundred)?(?: \([0-9,]{{1,12}}\))? "
    r"(?P<unit2>thousand|million|billion|crores?|lakhs?))(?: ?\([0-9,]{1,16}\))?"
    rf"|(?P<bare>\b(?:{_TENS})(?:[- ](?:{_DIGIT}))?"
    rf"|\b(?:{_DIGIT}|ten|a) hundred(?: (?:and )?(?:{_TENS}))?|\b(?:five|ten|twelve|fifteen)\b)"
    r"(?! ?(?:hundred|thousand|million|billion|%|percent|days?|months?|years?|weeks?|\())"
    rf"|(?P<han>[一二两三四五六七八九十百千]{{1,6}}(?P<unit3>[万亿]))"
    r"|(?P<few>[一二两三四五六七八九十百千]{1,7})(?=名|人|位|台|家|户|元|美元|件))"
    rf" ?(?P<plus>\+)? ?(?P<after>{_AFTER})?"
)
_ALIKE = re.compile(r"[^.;。0-9]{0,40}\b(?:or|and/or)(?: with| an?)? ?|[^.;。0-9,]{0,12}(?:或者?|或)[^.;。0-9,]{0,12}")
"""What stands between figures that one comparator is said of: "more than 1,000 users or 5 million dollars"."""
_CONVERTED = re.compile(r" ?\((?:~|about|approx\w*\.?|roughly|circa|or|i\.e\.,?|约)? ?")
"""What stands between a sum and the same in another currency: "20 million RUB (about $200,000) or more"."""
_COMPARATORS = tuple(
    (comparator, shape(f"numbers.comparators-{name}"))
    for comparator, name in (
        (Comparator.AT_LEAST, "at-least"),
        (Comparator.AT_MOST, "at-most"),
        (Comparator.MORE, "more"),
        (Comparator.LESS, "less"),
    )
)


@frozen(kw_only=True)
class Number:
    """A number of a text and how the text compares with it."""

    value: int
    currency: str | None
    comparator: Comparator | None
    start: int
    end: int


def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of *text* (in the form of patterns) that could be a threshold.

    >>> [(n.value, n.currency, n.comparator.value) for n in numbers("more than usd 10m or one million dollars or less")]
    [(10000000, 'USD', '>'), (1000000, 'USD', '<=')]
    >>> [(n.value, n.comparator.value) for n in numbers("月活用户超过1亿,或日活不超过100万")]
    [(100000000, '>'), (1000000, '<=')]
    >>> [(n.value, n.comparator and n.comparator.value) for n in numbers("over 90,000 users or 5 million euros (~$6m)")]
    [(90000, '>'), (5000000, '>'), (6000000, None)]
    >>> [(n.value, n.comparator.value) for n in numbers("fifty lakh (50,00,000) or more, below 1,50,000")]
    [(5000000, '>='), (150000, '<')]
    """
    found = [n for n in map(_number, _NUMBER.finditer(text)) if n]
    placed: list[Number] = []
    for place, number in enumerate(found):
        low = found[place - 1].end if place else 0
        high = found[place + 1].start if place + 1 < len(found) else len(text)
        comparator = _compare(
            text[max(low, number.start - 48) : number.start], text[number.end : min(high, number.end + 14)]
        )
        if placed and comparator is None and _ALIKE.fullmatch(text, placed[-1].end, number.start):
            comparator = placed[-1].comparator
        if placed and number.currency != placed[-1].currency and _CONVERTED.fullmatch(text, low, number.start):
            placed[-1], comparator = evolve(placed[-1], comparator=placed[-1].comparator or comparator), None
        placed.append(
            Number(
                value=number.value, currency=number.currency, comparator=comparator, start=number.start, end=number.end
            )
        )
    return tuple(placed)


def _number(match: re.Match[str]) -> Number | None:
    if match["digits"]:
        value = float(re.sub(r"[, ]", "", match["digits"])) * _UNITS.get(match["unit"] or "", 1)
    elif match["words"]:
        said = re.sub(
            r" (?:hundred)?(?: ?\([0-9,]+\))?$| \([0-9,]+\)$", "", match["words"][: -len(match["unit2"])].strip()
        )
        value = _WORDS[said] * (100 if "hundred" in match["words"] else 1) * _UNITS[match["unit2"]]
    elif match["bare"]:
        value = _spelled(match["bare"])
    else:
        value = han(match["han"] or match["few"])
    if value >= 10**15:
        return None
    money = (match["before"] or "") + (match["after"] or "")
    currency = next((code for named, code in _CURRENCIES if money and named.search(money)), None)
    return Number(value=round(value), currency=currency, comparator=None, start=match.start(), end=match.end())


def _spelled(said: str) -> int:
    """Return a number below a thousand that is spelled out: "two hundred and fifty"."""
    words = re.split("[- ]", said.replace(" and ", " "))
    value = _WORDS.get(words[0], 0)
    for word in words[1:]:
        value = value * 100 if word == "hundred" else value + _WORDS.get(word, 0)
    return round(value)


def han(said: str) -> int:
    """Return a Chinese numeral.

    >>> han("五千万"), han("三十")
    (50000000, 30)
    """
    total, digit = 0, 0
    for c in said:
        if c in _HAN:
            digit = _HAN[c]
        elif c in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[c]
            digit = 0
        else:
            total = (total + digit or 1) * _UNITS[c]
            digit = 0
    return total + digit


def _compare(before: str, after: str) -> Comparator | None:
    """Return the comparator nearest to the number; what follows it ("or more", 以上) is part of the figure."""
    for comparator, words in _COMPARATORS[:2]:
        found = words.match(after.lstrip(" )名个台元人位户")) or (
            words.search(after) if after[:1] in " )名个台元人位户" else None
        )
        if found and re.match(r"or |\+|(?:及|或)?以", found[0]):
            return comparator
    best: tuple[int, int, Comparator] | None = None
    for rank, (comparator, words) in enumerate(_COMPARATORS):
        for found in words.finditer(before):
            here = (found.end(), -rank, comparator)
            best = max(best, here, key=lambda b: b[:2]) if best else here
    return best[2] if best else None

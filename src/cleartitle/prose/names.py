"""License names in a sentence: where they stand, and which license the catalog knows by them."""

from __future__ import annotations

import functools
import re
from urllib.parse import unquote

from attrs import evolve, frozen

from cleartitle.catalog import resolve
from cleartitle.prose.patterns import expression, saying, together
from cleartitle.prose.plain import Link, Plain
from cleartitle.vocabulary.statement import Expression, Unclear, Unknown, licenses

MAX_MENTIONS = 24
"""License names that are read in one sentence."""
_POLICY_FILE = re.compile(r"(?i)(?:^|/)[^/]{0,40}use[_-]?policy[^/]{0,20}$")
_LICENSE_FILE = re.compile(r"(?i)(?:^|/)[^/]{0,60}(?:licen[sc]e|copying|use[_-]policy|agreement|许可|协议)[^/]{0,60}$")
_LEADING = re.compile(
    r"^(?:\d{1,2}[.)] +|(?:the|this|our|your|their|its|a|an|all|see|under|please|check|read|consult|review"
    r"|accept|for|each|any|by|of|and|or|in|is|are|license(?! (?:&|and|of|terms|as|agreements?) )"
    r"|ver|voir|siehe|vedi|to|with|as|both|inherits?|follows?|retains?|keeps?|uses?)\s+|[\"'(<]+)+(?=\S)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:\s+(?:and|or|for|of|the|to|at|v|version))+$|[\s.,;:\"'()>]+$", re.IGNORECASE)
_GENERIC_WORDS = re.compile(
    r"(?i)\b(?:the|an?|licen[sc]ed?|licencia|licença|licenza|lizenz|licenses|agreement|open[ -]?source)\b"
    r"|[- ]lizenz\b|лицензи\w*|开源|许可协议|许可证|授权协议|协议|许可|オープンソース|ライセンス(?:契約)?"
    r"|라이[선센]스|오픈소스"
)
_JOIN = re.compile(r"^[\s\"']*[(\[:,-]?[\s\"']*$")
_VERSION_TAIL = re.compile(r"^,? ?\(?(?:v|version )?([0-9](?:\.[0-9])?)\)?")


@frozen(kw_only=True)
class Mention:
    """A license (or a license file) named in a sentence; places are those of the plain text."""

    start: int
    end: int
    said: str
    """As written; empty for words that name nothing (``here``, ``LICENSE``)."""
    address: str = ""
    license: Expression | None = None
    """What it means; None for a mere file or generic word."""
    linked: bool = False
    """Whether the words are a link, as a whole."""

    @property
    def named(self) -> bool:
        """Whether a license is named (or linked to), not just a file."""
        return self.license is not None


def mentions(plain: Plain, *, keyed: bool = False) -> list[Mention]:
    """Return the licenses that a sentence names, in order; *keyed* where a key such as ``License:`` leads to it.

    >>> from cleartitle.prose.plain import plain
    >>> text = "Code is MIT licensed, weights are under the [Fox Model License](FOX.md)."
    >>> [(m.said, m.address) for m in mentions(plain(text, 0, len(text)))]
    [('MIT', ''), ('Fox Model License', 'FOX.md')]
    """
    found = [*_linked(plain), *_written(plain, keyed=keyed)]
    found.sort(key=lambda m: (m.start, -(m.end - m.start), not m.named))
    kept: list[Mention] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            kept[-1] = _better(kept[-1], each)
        elif kept and _JOIN.match(plain.text[kept[-1].end : each.start]) and _aliases(kept[-1], each, plain):
            kept[-1] = _merged(kept[-1], each)
        else:
            kept.append(each)
    return kept[:MAX_MENTIONS]


def nothing_named(text: str) -> bool:
    """Return whether words name no license: ``the license``, ``here``, 此许可证."""
    return bool(together("names", "nothing").search(text.lower().strip(" \"'.:,()[]《》")))


@functools.lru_cache(maxsize=4096)
def meaning(said: str) -> Expression:
    """Return the license that a name means, however it is dressed.

    >>> meaning("Licence Apache 2.0").license
    'Apache-2.0'
    """
    of = _OF_MODEL.match(said)
    first = resolve.name(f"{of[1].strip()} license") if of else resolve.name(said)
    if not isinstance(first, Unknown):
        return first
    for local, common in _LOCAL:
        said = said.replace(local, common)
    bare = " ".join(_GENERIC_WORDS.sub(" ", said).split()).strip(" -《》:,«»\"'()").rstrip("的の ")
    bare = re.sub(r"(?i)^(?:creatives? commons? )?(?=by(?:-(?:nc|sa|nd)){0,2} [1-4]\.\d)", "CC ", bare)
    bare = re.sub(r"(?i)^gnu (?=[al]?gpl)|: ?public domain$", "", bare)
    bare = _POSSESSIVE.sub("", bare)
    owned = re.sub(r" (?:de|du|von|di|da|des|van) [A-Z]\w+$", "", bare)  # ``Gemma de Google``
    of_model = _OWNED.fullmatch(said)
    owned = of_model[1] if of_model else owned
    short = _SHORT.sub("", said)
    for tried in dict.fromkeys(
        (short, bare, re.sub(r"\s?\([^()]*\)", "", bare), f"{bare} license", owned, f"{owned} license")
    ):
        if tried and tried != said and resolve.names_something(tried):
            again = resolve.name(tried)
            if not isinstance(again, Unknown):
                return again
    return first


def _linked(plain: Plain) -> list[Mention]:
    return [made for link in plain.links if link.end > link.start and (made := _link(plain, link))]


def _link(plain: Plain, link: Link) -> Mention | None:
    words = plain.text[link.start : link.end].strip().strip('"')
    if len(words) > 160 or not words:
        return None
    by_address = resolve.link(link.address) if "/" in link.address else None
    known = by_address is not None and not isinstance(by_address, Unknown)
    lead = _LEADING.match(words)
    if lead and not nothing_named(words):
        words = words[lead.end() :]
    if nothing_named(words) and not known:
        owner = _OF_FAMILY.match(plain.text, link.end)
        if owner:
            said = f"{words}{owner[0]}"
            return _mention(evolve(link, end=owner.end()), said, meaning(said))
    bare = nothing_named(words) or words == link.address or words.startswith("http") or bool(_FILE.fullmatch(words))
    if _TERMS.fullmatch(words.lower()) and not known:
        return _mention(link, words, meaning(words))
    if bare:
        if known:
            return _mention(link, "" if nothing_named(words) else words, by_address)
        special = words.isupper() and "_" in words and not isinstance(meaning(words), Unknown)
        if special:
            return _mention(link, words, meaning(words))
        if _POLICY_FILE.search(link.address) and not nothing_named(words):
            return _mention(link, words, meaning(words))
        return _mention(link, "", None) if _is_license_file(link.address, words) else None
    named = meaning(words)
    understood = bool(licenses(named))
    if understood and _MODEL_PAGE.fullmatch(link.address) and not _LICENSE_WORD.search(words.lower()):
        ids = licenses(named)
        understood = not any(each.startswith("LicenseRef-") for each in ids)  # the model, not its license
    titled = _LICENSE_WORD.search(words.lower()) or (_VERSIONED.search(words) and "/licen" in link.address.lower())
    if not understood and not (titled and _is_title(words)):
        return None
    return _mention(link, words, by_address if known and _open(named) else named)


def _mention(link: Link, said: str, means: Expression | None) -> Mention:
    return Mention(start=link.start, end=link.end, said=said, address=link.address, license=means, linked=True)


def _is_title(words: str) -> bool:
    """Return whether words could be the name of a license, not a sentence about one."""
    return len(words.split()) <= 14 and not re.search(
        r"(?i)\blicen[sc]ing$|\b(?:is|are|can|faq|article|blog|calculator|changes|form|email)\b", words
    )


def _is_license_file(address: str, words: str) -> bool:
    path = unquote(address).partition("#")[0].partition("?")[0]
    return bool(_LICENSE_FILE.search(path)) or bool(_LICENSE_WORD.search(words.lower()) and path.startswith("http"))


def _written(plain: Plain, *, keyed: bool) -> list[Mention]:
    found: list[Mention] = []
    for kind in ("name", "generic", "tag") if keyed else ("name", "generic"):
        for each in saying("names", kind):
            if not each.possible(plain.low):
                continue
            for match in each.matches.finditer(plain.text):
                made = _name(plain, match.start(), match.end())
                if made:
                    found.append(made)
                if len(found) > 4 * MAX_MENTIONS:
                    return found
    files = _FILE.finditer(plain.text)
    found += [Mention(start=m.start(), end=m.end(), said="", address=m[0]) for m in files]
    found += [made for match in _URL.finditer(plain.text) if (made := _url(match))]
    return found


def _name(plain: Plain, start: int, end: int) -> Mention | None:
    words = plain.text[start:end]
    lead = _LEADING.match(words)
    if lead:
        start, words = start + lead.end(), words[lead.end() :]
    tail = _TRAILING.search(words)
    if tail:
        words = words[: tail.start()]
        if words.count("(") > words.count(")") and tail[0].startswith(")"):
            words += ")"  # the one that closes the name: ``Fox License (FL)``
    if not words or nothing_named(words) or _FILE.fullmatch(words):
        return None
    end = start + len(words)
    if not words.isascii() and "《" not in words and not _TELLING.search(words):
        return None
    link = next((k for k in plain.links if k.start < end and start < k.end), None)
    return Mention(start=start, end=end, said=words, address=link.address if link else "", license=meaning(words))


def _url(match: re.Match[str]) -> Mention | None:
    known = resolve.link(match[0].rstrip(".,;"))
    if isinstance(known, Unknown):
        return None
    return Mention(start=match.start(), end=match.end(), said="", address=match[0].rstrip(".,;"), license=known)


def _better(one: Mention, other: Mention) -> Mention:
    """Return what two overlapping mentions say together: the known name, the longer words."""
    if not one.named or not other.named:
        kept = one if one.named or not other.named else other
        return evolve(kept, end=max(one.end, other.end)) if kept is other else kept
    if _open(one.license) and not _open(other.license):
        return evolve(other, address=other.address or one.address)
    if other.linked and not one.linked and other.said and _open(one.license) == _open(other.license):
        return evolve(other, start=one.start, end=max(one.end, other.end))
    return evolve(one, end=max(one.end, other.end), address=one.address or other.address)


def _aliases(one: Mention, other: Mention, plain: Plain) -> bool:
    """Return whether a name that follows directly says the same again: ``Fox License (FL)``."""
    between = plain.text[one.end : other.start]
    if not one.named or not other.named or not one.said or not other.said:
        return "," not in between or not other.named
    if "(" in between:
        if not plain.text[other.end :].lstrip(" \"'").startswith((")", ",", ";")):
            return False
        return _open(one.license) or _open(other.license) or one.license == other.license
    return one.license == other.license or (not between.strip(" \"'") and _open(one.license))


def _open(named: Expression | None) -> bool:
    """Return whether a name leaves open which license is meant: one that nobody knows, or "Creative Commons" alone."""
    return isinstance(named, (Unknown, Unclear))


def _merged(one: Mention, other: Mention) -> Mention:
    kept = other if other.named and _vague(one) else one
    kept = evolve(kept, said=kept.said or one.said or other.said)
    return evolve(kept, start=one.start, end=other.end, address=kept.address or one.address or other.address)


def _vague(one: Mention) -> bool:
    return not one.named or _open(one.license) or not one.said


_POSSESSIVE = re.compile(r"^(?:[A-Z][\w.-]{1,20} )?[A-Z][\w.-]{1,20}'s (?:own )?(?=\w)")
_OWNED = re.compile(
    r"([A-Z][\w.+-]{1,20}(?: \d[\w.]{0,4})?)'s (?:own |model |community ){0,2}(?:licen[sc]e|terms)(?: terms)?"
)
_VERSIONED = re.compile(r"^[A-Z].* v?\d+(?:\.\d+)+")
_SHORT = re.compile(r" ?\((?:the )?\"?[A-Z][A-Z0-9 .+-]{1,20}\"?\)$")
"""An abbreviation behind the name that it stands for."""
_MODEL_PAGE = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|github\.com)/[\w.-]+/[\w.-]+/?")
_FILE = together("names", "file")
_LICENSE_WORD = expression("{license-word}|agreement|polic(?:y|ies)|terms")
_LOCAL = (
    ("通义千问", "Tongyi Qianwen "),
    ("木兰宽松", "MulanPSL-2.0 "),
    ("이용 약관", " Terms of Use"),
    ("이용약관", " Terms of Use"),
    ("利用規約", " Terms of Use"),
    ("使用条款", " Terms of Use"),
)
_OF_MODEL = re.compile(
    r"(?i)(?:same )?(?:licen[sc]es?|licensing|terms)(?: terms)?(?: (?:and|&) [\w ]{3,24}?)? (?:as|of|from)"
    r" (?:the )?(?:original |base |underlying |parent )?(?:model )?([\w.+ -]{2,60}?)(?: models?)?$"
)
_OF_FAMILY = re.compile(r" of (?:the )?(?:[A-Z][\w.+-]{0,30}(?: v?[0-9][\w.]{0,8})?)(?= |[.,;:)]|$)")
_TELLING = re.compile("[A-Za-z]|开放原子|通义|悟道|木兰|智谱|百川|书生|混元|零一|元象|天工|盘古|智源|[0-9]\\.[0-9]")
_TERMS = re.compile(r"terms of (?:use|service)|利用規約|用户协议|使用者協議|服务协议|服务条款|使用条款|이용 ?약관")
"""A link that is called so leads to somebody's terms, which have no other name."""
_URL = re.compile(r"https?://[^\s()<>\[\]\"'，。；、]{4,300}")

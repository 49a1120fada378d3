"""How copyright lines are written: the signs of a claim, its years, where a name ends, and blanks that name nobody."""

from __future__ import annotations

import re

_ONE = r"(?:1[89]|20)\d\d"
YEARS = (
    rf"{_ONE}(?:\s?年)?(?:\s*(?:[-–—~/,&至]|to\b|and\b)+\s*(?:{_ONE}|\d\d(?![\d.])|present|now|today|current|ongoing|今)"
    rf"|\s*[-–—]+(?=\s|,|\]|$))*(?:\s?年)?"
)
SIGN = r"(?:\\?\(\s?c\s?\\?\)|©\ufe0f?|&copy;|&#169;|\\\(co)"
_WORD = r"(?:copy ?rights?(?:ed)?|版权所有|版權所有|著作权所有|著作權所有)"
_GAP = r"[\s:：*_|,-]{0,20}"

ASCII_NEEDLES = ("opyright", "OPYRIGHT", "opyRight", "&copy;", "&#169;", "(c)", "(C)")
NEEDLES = (*ASCII_NEEDLES, "©", "版权", "版權", "著作权", "著作權")
"""A claim begins at one of these, or one letter before it."""
STRONG = re.compile(
    rf"CopyrightText:\s*(?:{_WORD}{_GAP})?(?:{SIGN})?"
    rf"|(?<![\w-]){_WORD}{_GAP}(?:{SIGN}{_GAP})+(?:{_WORD}{_GAP})?"
    rf"|(?<![\w-]){_WORD}{_GAP}(?=[\[<(]?{_ONE})"
    rf"|{SIGN}{_GAP}(?-i:C(?:opyright|OPYRIGHT)){_GAP}"
    r"|(?:©\ufe0f?|&copy;|&#169;)\s?(?=[\w\[<“\"])",
    re.IGNORECASE,
)
"""Claims wherever it stands."""
AT_START = re.compile(rf"{SIGN}\s*(?=[\[<(]?{_ONE})", re.IGNORECASE)
"""Claims at the beginning of a line; elsewhere ``(c)`` numbers a paragraph."""
PLAIN = re.compile(
    r"(?:C(?:opyright|OPYRIGHT)s?(?: [Bb]y)?)[ \t]*[:：]?[ \t]+(?=[^\W\d_]|“)|版权所有者?[ \t]*[:：][ \t]*(?=\w)"
)
"""Claims at the beginning of a line if a name and nothing else follows."""
OWNED = re.compile(r"版权归(?P<name>[^\n，。,所]{2,40})所有")
RESERVED = re.compile(r"(?:版\s?[权權]\s?所\s?有|著作[权權]所有)(?!\s*[者人])")
NEXT = re.compile(rf"(?-i:Copyright|COPYRIGHT)\s*(?:{SIGN}|{_ONE})|©|&copy;|\(c\)\s*{_ONE}", re.IGNORECASE)
"""Where the next claim on the same line begins."""

LEADER = re.compile(
    r"(?:[ \t]*(?:/\*+|\*+/?|//+!?|#+|--+|;+|%+|<!--|>|\||\"{3}|'{3}|(?:dnl|rem)\b|\.\.))*[ \t]*", re.IGNORECASE
)
"""What begins a line of a comment."""
FRONT = re.compile(r"[^\w\n]*(?:(?:dnl|rem|portions?|parts|modifications|original|some)\W+)*\Z", re.IGNORECASE)
"""What may stand before a claim at the beginning of a line."""
FIRST_YEARS = re.compile(
    rf"[ :：,*_|-]{{0,20}}[\[<(]? ?(?P<years>{YEARS}) ?[\]>)]?[ ,，.;:-]{{0,20}}(?:by\b ?)?", re.IGNORECASE
)
LAST_YEARS = re.compile(rf"[ ,，(\[]{{1,3}}(?:in )?(?P<years>{YEARS})[\]) .,]{{0,3}}$", re.IGNORECASE)
ENDS = re.compile(
    r"\b(?:some|all|no) rights? (?:are )?reserved|保留 ?所有|保留一切|版权所有|著作权所有|京ICP"
    r"|\b(?:(?:which |that |and |it )?(?:is|are|was) )?"
    r"(?:re-?licen[cs]ed|licen[cs]ed|released|distributed|published|made available)\s+(?:under|by|for|with|to|here)\b"
    r"|\b(?:this (?:software|file|program|work|code|project|library|source|module|package|product|model)\b"
    r"|permission (?:is|to use)|redistributions? (?:and|of)"
    r"|see (?:the )?(?:license|licence|file|copying|below|accompanying)|for (?:license|licensing|the full)"
    r"|use of this|you may|unless required|SPDX-License|subject to|under the\b"
    r"|with(?:out)? reserved font name|CreativeML Open RAIL|the below software)"
    r"|\*/|-->|\"\"\"|'''|\\n| \| |；|; ",
    re.IGNORECASE,
)
"""Where a name ends and something else begins; this and what follows expect single blanks."""
SENTENCE = re.compile(
    r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bLLC)(?<!\bal)(?<!\bSt)(?<!\bDr)(?<!\bJr)(?<!\bSr)(?<!\bProf)"
    r"(?<!\b\w)(?<!\bPvt)(?<!\bPty)(?<!\bUniv)(?<!\bDept)\.(?=\s+[A-Z\"“(<]|\s*$)|。"
)
BRACKETS = re.compile(r"\s*\[([^\[\]]{2,200})\]")
CONTACT = re.compile(
    r" ?[<(\[]? ?(?:mailto:)?(?:https?://|www\.)[^\s<>()\[\]]{1,200}[>)\]]{0,3}"
    r"| ?[<(\[] ?[^\s<>()\[\]]{1,80}(?:@| at | \[at\] )[^<>()\[\]]{1,80}[>)\]]"
    r"|,? ?\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}",
    re.IGNORECASE,
)
HTML = re.compile(r"</?[a-z][^<>\n@]{0,120}>", re.IGNORECASE)
MARKDOWN = re.compile(r"\[([^\[\]\n]{1,120})\]\([^()\s]{1,300}\)")

HOLE = re.compile(
    r"\{\{|\$\{|%[sd({]|\{\w*\}|\$\w|<[%?]|\\[1-9]"
    r"|[<\[{(]\s*(?:yyyy|years?|dates?|insert|your|name|full ?name|owner|author|copyright)\b",
    re.IGNORECASE,
)
"""A template of a program, or a blank with its brackets."""
_WHOSE = r"(?:copyright |license |legal )*(?:owner|holder|author|licensor|developer|company|organi[sz]ation)"
BLANK = re.compile(
    r"(?:the |your |its |of |by |and |or |names? |full ?name |years? |yyyy |dates? |first publication |email "
    rf"|{_WHOSE}(?:s|\(s\)|'s)? )+",
    re.IGNORECASE,
)
"""What a template leaves to be filled in; matched with a blank behind every word."""
NO_NAME = re.compile(
    r"(?:acts?|agents?|and|assign\w*|belong\w*|claims?|compl\w+|dates?|disputes?|disclaimers?|files?|for|grants?|headers?|holders?|in"
    r"|info\w*|infring\w+|interests?|is|issues?|laws?|licen\w+|lines?|management|materials?|matters?|means|notices?|of|office|on|or"
    r"|own\w*|permissions?|polic\w+|protect\w+|registration|related|rights?|shall|statements?|status|terms?|texts?|to|use|used|uses"
    r"|under|violat\w+|will|years?)",
    re.IGNORECASE,
)
"""The word after *copyright* in a heading or in a sentence."""
NO_HOLDER = re.compile(
    r"\b(?:Act|Laws?|Licen[cs]e|Notice|Office|Directive|Agreement|Treat(?:y|ies)|Rights|Infringement)\b"
)
LITTLE = re.compile(
    r"of|the|and|for|&|de|du|der|den|van|von|et|al\.?|its|other|la|le|y|und|e|i|team|authors|contributors"
)
"""Words of names that begin with a small letter."""

OF_THE_TEXT = re.compile(
    r"(?:permitted|allowed|granted)[\W_]+to[\W_]+(?:copy|distribute)[^.]{0,80}this[\W_]+licen[cs]e\b", re.IGNORECASE
)
"""Follows the copyright line of a license that protects its own text."""
TEXT_BEFORE = re.compile(r"(?:licen[cs]e text|this (?:licen[cs]e|agreement) is|\bEUPL)\W*\Z", re.IGNORECASE)
GNU_TITLE = re.compile(r"GNU\s[\w\s]{0,40}LICENSE\s+Version [^\n]{1,60}\s*\Z", re.IGNORECASE)
PAGE_FOOT = re.compile(r"ICP[备備证]")
"""Of a web page that the text was copied from."""
PUBLISHER = re.compile(r"(?:the )?creative commons(?: corporation)?", re.IGNORECASE)

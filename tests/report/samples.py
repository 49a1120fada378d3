"""Hand-made checks: one blocked with a long lineage, one in review and hostile, one with duties."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleartitle.report.interface import Failed, Report
from cleartitle.vocabulary.analysis import Analysis, Check
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, TextFile
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.evidence import Confidence, Evidence, Method, Span
from cleartitle.vocabulary.lineage import Clue, Edge, Lineage, Node
from cleartitle.vocabulary.outcomes import Outcome, Severity
from cleartitle.vocabulary.policy import Policy, Waiver
from cleartitle.vocabulary.reference import ModelRef, Scheme
from cleartitle.vocabulary.relations import Modality, Relation, Standing
from cleartitle.vocabulary.statement import Choice, Expression, One, Statement, Statements, Unknown
from cleartitle.vocabulary.terms import Duty
from cleartitle.vocabulary.verdict import Finding, Owed, Settlement, Verdict, Waived
from cleartitle.vocabulary.words import Channel, DutyKind, LicenseId, NameRule, Place, Trigger

TOOL = "cleartitle (test)"
TODAY = dt.date(2026, 11, 25)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
LLAMA = LicenseId("LicenseRef-Meta-Llama-3.1-Community")
NC = LicenseId("CC-BY-NC-4.0")
APACHE = LicenseId("Apache-2.0")
MIT = LicenseId("MIT")

HOSTILE = (
    '::error file=a::pwned\n::set-output name=x::y %0A <script>alert(1)</script> "><img src=x onerror=alert(2)> '
    "'onmouseover=alert(3) [click](javascript:alert(4)) ![i](https://evil.example/i.png) | a | `b` ``` @everyone #1 "
    "https://evil.example www.evil.example =1+1 \x1b[31mred\x1b]8;;http://evil.example\x07 \u202egnp.exe \u2066x\u2069 "
    "\x00\x0b\ufffe ]]> --> {{ 7*7 }} {% raw %} ${x} {0} <!-- </style> </textarea> </details> \ud800"
)
"""Something against every medium at once."""


def ref(name: str, revision: str | None = None) -> ModelRef:
    """Return the reference to a repository of the Hub."""
    return ModelRef.hub(name, revision)


def one(license_id: LicenseId) -> Expression:
    """Return the expression of a single license."""
    return One(license=license_id)


def said(expression: Expression, artifact: ModelRef, text: str, quote: str, path: str = "README.md") -> Statement:
    """Return the statement that *quote* of *text* makes."""
    start = text.index(quote)
    method = Method.FRONT_MATTER if path == "README.md" else Method.LICENSE_TEXT
    span = Span.of(text, start, start + len(quote))
    evidence = Evidence(method=method, artifact=artifact, path=path, span=span, quote=quote)
    return Statement(expression=expression, evidence=evidence)


def node(
    name: str,
    concluded: Expression,
    card: str = "",
    declared: tuple[tuple[Expression, str], ...] = (),
    files: tuple[FileEntry, ...] = (),
    extra: tuple[TextFile, ...] = (),
) -> Node:
    """Return an artifact that was read, with its card."""
    at = ref(name, COMMIT)
    texts = (TextFile(path="README.md", data=card.encode()), *extra) if card else extra
    artifact = Artifact(
        ref=at, origin=Origin.LIVE, files=files, texts=texts, modality=Modality.TEXT, modified=dt.date(2026, 10, 1)
    )
    statements = tuple(said(expression, at, card, quote) for expression, quote in declared)
    disagree = len({str(e) for e, _ in declared}) > 1
    return Node(
        ref=ref(name),
        artifact=artifact,
        statements=Statements(declared=statements, concluded=concluded, disagree=disagree),
    )


def edge(child: str, parent: str, relation: Relation, standing: Standing = Standing.DECLARED) -> Edge:
    """Return a step of a lineage, as a card declares it."""
    evidence = Evidence(
        method=Method.FRONT_MATTER, artifact=ref(child), path="README.md", quote=f"base_model: {parent}"
    )
    return Edge(
        child=ref(child),
        parent=ref(parent),
        relation=relation,
        standing=standing,
        confidence=Confidence.HIGH,
        evidence=(evidence,),
    )


CARD = "---\nlicense: apache-2.0\nbase_model: maker/poet\n---\n# Poet\n\nA poet, made small.\n"
COPY = "Words that stand for the text of a license.\n"
NOTICE = "Poet\nCopyright 2024 Maker Ltd.\n"


def blocked() -> Check:
    """A quantized fine-tune that calls itself Apache, of a base that forbids commerce; with a dataset."""
    names = ("small/poet-GGUF", "maker/poet", "base/verse-nc")
    root = node(
        names[0],
        one(APACHE),
        CARD,
        ((one(APACHE), "license: apache-2.0"),),
        files=(FileEntry(path="poet.gguf", size=4_000_000_000, sha256="ab" * 32),),
        extra=(TextFile(path="NOTICE", data=NOTICE.encode()),),
    )
    poet = "---\nlicense: apache-2.0\n---\n"
    verse = "---\nlicense: cc-by-nc-4.0\n---\nNo money is to be made with it.\n"
    lineage = Lineage(
        root=ref(names[0]),
        nodes=(
            root,
            node(names[1], one(APACHE), poet, ((one(APACHE), "license: apache-2.0"),)),
            node(names[2], one(NC), verse, ((one(NC), "license: cc-by-nc-4.0"),)),
            node("data/sonnets", Choice(of=(one(MIT), one(APACHE))), "", ()),
        ),
        edges=(
            edge(names[0], names[1], Relation.QUANTIZED, Standing.CORROBORATED),
            edge(names[1], names[2], Relation.FINETUNE),
            edge(names[1], "data/sonnets", Relation.TRAINED_ON),
        ),
    )
    path = tuple(map(ref, names))
    start = verse.index("No money")
    quote = verse[start : start + len("No money is to be made with it.")]
    spans = Evidence(
        method=Method.PROSE,
        artifact=ref(names[2], COMMIT),
        path="README.md",
        span=Span.of(verse, start, start + len(quote)),
        quote=quote,
    )
    findings = (
        Finding(
            rule="action-not-granted",
            outcome=Outcome.BLOCKED,
            severity=Severity.ERROR,
            message="Creative Commons Attribution Non Commercial 4.0 prohibits commercial use",
            subject="use-commercially",
            advice="choose another base, or ask base for a license of its own",
            license=NC,
            path=path,
            evidence=(spans,),
        ),
        Finding(
            rule="relicensed",
            outcome=Outcome.CLEAR,
            severity=Severity.ERROR,
            message="maker/poet declares Apache-2.0, but its base base/verse-nc is under CC-BY-NC-4.0",
            advice="go by CC-BY-NC-4.0",
            license=NC,
            path=path,
            evidence=(root.statements.declared[0].evidence,),
        ),
        Finding(
            rule="not-verified-live",
            outcome=Outcome.CLEAR,
            severity=Severity.NOTE,
            message="not verified live: data/sonnets",
            path=path[:1],
        ),
    )
    duty = Duty(
        kind=DutyKind.ATTRIBUTION,
        on=frozenset({Trigger.HOST}),
        words=("Verse by Base",),
        places=frozenset({Place.DOCUMENTATION}),
        section="3.a",
    )
    waiver = Waiver(
        model="small/*",
        rule="revision-unpinned",
        reason="pinned in the image",
        owner="jane@example.com",
        expires=dt.date(2027, 1, 1),
    )
    unpinned = Finding(
        rule="revision-unpinned",
        outcome=Outcome.REVIEW,
        severity=Severity.WARNING,
        message="no commit was asked for",
        path=path[:1],
    )
    verdict = Verdict(
        outcome=Outcome.BLOCKED,
        waived=(Waived(finding=unpinned, waiver=waiver),),
        findings=findings,
        duties=(Owed(duty=duty, license=NC, path=path, certain=True),),
        assumed=("you are the licensee, not the end user of somebody's product",),
    )
    deployment = Deployment(commercial=True, channels=frozenset({Channel.HOSTED}), today=TODAY)
    return Check(tool=TOOL, verdict=verdict, deployment=deployment, analysis=Analysis(tool=TOOL, lineage=lineage))


def hostile(text: str = HOSTILE) -> Check:
    """An unknown license, a base that cannot be read, and every text an attack."""
    card = f"license: other\nlicense_name: {text}".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    unknown = Unknown(reason=f"no license {text}", said=text, settle="read it")
    root = node("evil/poet", unknown, card, ((unknown, card),))
    gone = Node(
        ref=ref("gone/base"),
        artifact=None,
        statements=Statements(concluded=Unknown(reason="not readable")),
        missing=text,
        unresolved=(
            Clue(parent=None, said=text, relation=None, evidence=Evidence(method=Method.FILE, path="x", quote=text)),
        ),
    )
    file = ModelRef(Scheme.FILE, f"./models/{text[:60]}".encode(errors="replace").decode())
    local = Node(
        ref=file,
        artifact=Artifact(ref=file, origin=Origin.FOLDER),
        statements=Statements(concluded=one(MIT)),
    )
    lineage = Lineage(
        root=ref("evil/poet"),
        nodes=(root, gone, local),
        edges=(
            edge("evil/poet", "gone/base", Relation.MERGE, Standing.CONTRADICTED),
            Edge(
                child=ref("evil/poet"),
                parent=file,
                relation=Relation.MERGE,
                standing=Standing.INFERRED,
                confidence=Confidence.LOW,
                evidence=(Evidence(method=Method.PROSE, path="README.md", quote=text),),
            ),
        ),
        cuts=(text,),
    )
    settle = Settlement(fact="", ask=f"which license does it have? {text}")
    finding = Finding(
        rule="license-unknown",
        outcome=Outcome.REVIEW,
        severity=Severity.ERROR,
        message=f"the license is unknown: {text}",
        advice=f"obtain the text {text}",
        path=(ref("evil/poet"), file),
        evidence=(root.statements.declared[0].evidence, Evidence(method=Method.PROSE, path=text, quote=text)),
        settles=(settle,),
    )
    bad = Waiver(model=text, rule=text, reason=text, owner=text, expires=TODAY)
    duty = Duty(kind=DutyKind.NOTICE, on=frozenset({Trigger.EMBED}), words=(text,), note=text)
    verdict = Verdict(
        outcome=Outcome.REVIEW,
        findings=(finding,),
        waived=(Waived(finding=finding, waiver=bad),),
        duties=(Owed(duty=duty, license=MIT, path=(ref("evil/poet"), file), certain=False, settles=(settle,)),),
        settles=(settle,),
        assumed=(text,),
    )
    return Check(
        tool=TOOL,
        verdict=verdict,
        deployment=Deployment(derivative_name=text, today=TODAY),
        policy=Policy(name=text),
        analysis=Analysis(tool=TOOL, lineage=lineage),
    )


def duties() -> Check:
    """An adapter for a Llama, known from the atlas: clear once the duties are met."""
    base = Node(
        ref=ref("meta-llama/Llama-3.1-8B"),
        artifact=Artifact(ref=ref("meta-llama/Llama-3.1-8B"), origin=Origin.ATLAS, as_of="2026-11"),
        statements=Statements(concluded=one(LLAMA)),
    )
    card = "---\nlicense: llama3.1\n---\n"
    copy = TextFile(path="LICENSE", data=COPY.encode())
    root = node("own/Llama-poet-lora", one(LLAMA), card, ((one(LLAMA), "license: llama3.1"),), extra=(copy,))
    text = said(one(LLAMA), ref("own/Llama-poet-lora", COMMIT), COPY, COPY[:20], "LICENSE")
    root = evolve(root, statements=evolve(root.statements, declared=(text, *root.statements.declared)))
    lineage = Lineage(root=root.ref, nodes=(root, base), edges=(edge(root.ref.name, base.ref.name, Relation.ADAPTER),))
    on = frozenset({Trigger.DISTRIBUTE_DERIVATIVES, Trigger.EMBED})
    notice = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc."
    owed = (
        Duty(
            kind=DutyKind.ATTRIBUTION,
            on=on,
            words=("Built with Llama",),
            places=frozenset({Place.WEBSITE, Place.DOCUMENTATION}),
            section="1.b.i",
        ),
        Duty(kind=DutyKind.LICENSE_COPY, on=on, section="1.b.i"),
        Duty(kind=DutyKind.NOTICE, on=on, words=(notice,), places=frozenset({Place.NOTICE_FILE}), section="1.b.iii"),
        Duty(kind=DutyKind.DERIVATIVE_NAME, on=on, words=("Llama",), name_rule=NameRule.BEGINS_WITH, section="1.b.i"),
    )
    paths = ((root.ref,), (root.ref, base.ref))
    findings = (
        Finding(
            rule="use-limits",
            outcome=Outcome.DUTIES,
            severity=Severity.NOTE,
            message="Llama 3.1 Community License Agreement: not for weapons-military",
            license=LLAMA,
            path=paths[1],
        ),
    )
    verdict = Verdict(
        outcome=Outcome.DUTIES,
        findings=findings,
        duties=tuple(Owed(duty=d, license=LLAMA, path=p, certain=True) for p in paths for d in owed),
    )
    deployment = Deployment(commercial=True, channels=frozenset({Channel.WEIGHTS}), fine_tunes=True, today=TODAY)
    return Check(tool=TOOL, verdict=verdict, deployment=deployment, analysis=Analysis(tool=TOOL, lineage=lineage))


FAILED = Failed(ref="no/body", message="no such repository", advice="check the spelling")
REPORTS = {
    "blocked": Report(checks=(blocked(),)),
    "several": Report(checks=(duties(), blocked()), failed=(FAILED,)),
}
"""What the goldens show; the hostile one has tests of its own."""
ATTACK = Report(checks=(hostile(),), failed=(Failed(ref=HOSTILE, message=HOSTILE, advice=HOSTILE),))

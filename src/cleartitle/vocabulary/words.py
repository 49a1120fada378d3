"""The closed sets: every word that a license, a deployment or a verdict can use, each with its meaning.

The names follow SPDX, the Hugging Face Hub and ODRL where those have one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

LicenseId = NewType("LicenseId", str)
"""An SPDX license id, or ``LicenseRef-<publisher>-<name>-<version>`` where SPDX has none."""
Region = NewType("Region", str)
"""An ISO 3166-1 alpha-2 code, ``WORLD``, or the symbolic ``EMBARGOED`` (sanctions lists are never spelled out)."""

WORLD = Region("WORLD")
EMBARGOED = Region("EMBARGOED")


class Action(StrEnum):
    """What one can do with a model."""

    USE = "use"
    """Run it."""
    USE_COMMERCIALLY = "use-commercially"
    """Run it for commercial advantage."""
    MODIFY = "modify"
    """Fine-tune, merge, quantize: make a derivative."""
    REDISTRIBUTE = "redistribute"
    """Hand on the unmodified weights."""
    DISTRIBUTE_DERIVATIVES = "distribute-derivatives"
    """Hand on a derivative."""
    HOST = "host"
    """Offer the model to third parties as a service."""
    USE_OUTPUTS_COMMERCIALLY = "use-outputs-commercially"
    """Use what the model generates for commercial advantage."""
    TRAIN_OTHER_MODELS = "train-other-models"
    """Use the model or its outputs to train or improve other models."""
    SUBLICENSE = "sublicense"
    """Grant one's own rights on."""
    PRACTICE_PATENTS = "practice-patents"
    """Practice the licensor's patents that the model needs."""


class Decision(StrEnum):
    """What a text says of an action."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    """Allowed once the conditions of the grant hold."""
    PROHIBITED = "prohibited"
    SILENT = "silent"
    """The text says nothing."""
    UNKNOWN = "unknown"
    """Not determined, or the text contradicts itself; the clause's note says which."""


class Purpose(StrEnum):
    """What a use is for, as far as licenses tell purposes apart."""

    COMMERCIAL = "commercial"
    NON_COMMERCIAL = "non-commercial"
    RESEARCH = "research"
    """Research, academic, educational or evaluation use, and nothing else."""
    PRODUCTION = "production"


class Metric(StrEnum):
    """What a threshold counts."""

    MONTHLY_ACTIVE_USERS = "monthly-active-users"
    DAILY_ACTIVE_USERS = "daily-active-users"
    ANNUAL_REVENUE = "annual-revenue"
    MONTHLY_REVENUE = "monthly-revenue"
    FUNDING = "funding"
    EMPLOYEES = "employees"
    DEVICES = "devices"


class Comparator(StrEnum):
    """How a figure is compared with the number of the text."""

    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="


class Counted(StrEnum):
    """Whose users or revenue are counted; each includes the one before."""

    PRODUCT = "product"
    """The product or service that uses the model."""
    LICENSEE = "licensee"
    """Everything the licensee offers or earns."""
    GROUP = "group"
    """The licensee and its affiliates."""


class Measured(StrEnum):
    """When a threshold is measured."""

    CONTINUOUSLY = "continuously"
    """At any time while the model is used."""
    BEFORE_RELEASE = "month-before-release"
    """Once: in the calendar month before the release of the model."""


class Effect(StrEnum):
    """What a condition does when its test holds."""

    UNLOCKS = "unlocks"
    """The grant holds only then."""
    SUSPENDS = "suspends"
    """The rights rest until the licensor grants them expressly."""
    ENDS = "ends"
    """The license is at its end."""
    ADDS_DUTY = "adds-duty"
    """A duty is owed only then."""


class AgreementKind(StrEnum):
    """An agreement with the licensor beyond the license itself."""

    SEPARATE_LICENSE = "separate-license"
    """A license of its own: commercial, enterprise, paid or on request."""
    REGISTRATION = "registration"
    """A form, questionnaire or registration."""
    ACCEPTANCE = "acceptance"
    """The click on a gate that accepts the terms."""


class Organization(StrEnum):
    """What kind of licensee, or recipient, one is."""

    PERSON = "person"
    ACADEMIC = "academic"
    NONPROFIT = "nonprofit"
    GOVERNMENT = "government"
    COMPANY = "company"


class Topic(StrEnum):
    """What a question that only a person can answer is about."""

    ORGANIZATION = "organization"
    """Who the licensee is: a competitor, a provider of some service, an entity of some trade."""
    FIELD_OF_USE = "field-of-use"
    """What it is used for."""
    COMBINATION = "combination"
    """What it is used together with: a framework, a platform, hardware."""


class Role(StrEnum):
    """How one comes by the model."""

    LICENSEE = "licensee"
    """Takes the model under its license."""
    END_USER = "end-user"
    """Uses somebody else's product that has the model inside."""


class Channel(StrEnum):
    """How the model reaches people."""

    INTERNAL = "internal"
    """It stays inside the organization."""
    HOSTED = "hosted"
    """Others use it over a network; the weights stay."""
    EMBEDDED = "embedded"
    """It is part of a product that is handed out."""
    WEIGHTS = "weights"
    """The weights themselves are published or handed on."""
    ON_DEVICE = "on-device"
    """It runs on devices of others."""


class DutyKind(StrEnum):
    """What is owed."""

    ATTRIBUTION = "attribution"
    """Name the source: keep copyright notices, or show the given words in the given places."""
    LICENSE_COPY = "license-copy"
    """Give recipients the text of the license, or its address."""
    NOTICE = "notice"
    """Keep, or add, a NOTICE text."""
    STATE_CHANGES = "state-changes"
    """Say what was modified."""
    DERIVATIVE_NAME = "derivative-name"
    """The name of a derivative begins with, or contains, a given word."""
    KEEP_NAME_OFF = "keep-name-off"
    """Do not use the licensor's names or marks."""
    SHARE_ALIKE = "share-alike"
    """Derivatives only under this license."""
    FLOW_DOWN = "flow-down"
    """Pass the restrictions on to recipients by contract."""
    BIND_USERS = "bind-users"
    """Have one's own users accept the restrictions."""
    DISCLOSE_SOURCE = "disclose-source"
    """Give recipients the source, or the preferred form for modification."""
    DISCLOSE_AI = "disclose-ai"
    """Say that output is made by a machine."""
    KEEP_WATERMARKS = "keep-watermarks"
    """Leave watermarks and provenance marks in place."""
    INFORM_RECIPIENTS = "inform-recipients"
    """Tell recipients something that the clause names."""
    NOTIFY_LICENSOR = "notify-licensor"
    """Register with, report to or inform the licensor."""
    UPDATE_TO_LATEST = "update-to-latest"
    """Use the latest version of the model."""
    DELETE_ON_TERMINATION = "delete-on-termination"
    """Delete the model when the license ends."""
    INDEMNIFY = "indemnify"
    """Make good the licensor's losses."""
    OBEY_EXPORT_LAW = "obey-export-law"
    """Obey export-control and sanctions law."""
    LEGAL_CAPACITY = "legal-capacity"
    """Be of age and able to contract."""


class Trigger(StrEnum):
    """When a duty is owed."""

    USE = "use"
    HOST = "host"
    HOST_DERIVATIVES = "host-derivatives"
    """Offering a derivative as a service."""
    EMBED = "embed"
    """Making the model part of a product for others."""
    REDISTRIBUTE = "redistribute"
    DISTRIBUTE_DERIVATIVES = "distribute-derivatives"
    PUBLISH_OUTPUT = "publish-output"
    TRAIN_AND_DISTRIBUTE = "train-and-distribute"
    """Training another model with it, or with its output, and handing that model on."""
    MODIFY = "modify"
    TERMINATION = "termination"
    PUBLICATION = "publication"
    """Publishing results or making public statements."""


class Level(StrEnum):
    """How strongly a duty is put."""

    OWED = "owed"
    RECOMMENDED = "recommended"
    """"You are encouraged to": shown, never judged."""


class Place(StrEnum):
    """Where words of attribution are shown."""

    WEBSITE = "website"
    USER_INTERFACE = "user-interface"
    DOCUMENTATION = "documentation"
    BLOG = "blog"
    ABOUT_PAGE = "about-page"
    PRODUCT_NAME = "product-name"
    NOTICE_FILE = "notice-file"
    MODEL_CARD = "model-card"
    OTHER = "other"


class NameRule(StrEnum):
    """What a derivative's name must do."""

    BEGINS_WITH = "begins-with"
    CONTAINS = "contains"


class RestrictionKind(StrEnum):
    """What may not be done, whatever else is granted."""

    PROHIBITED_USES = "prohibited-uses"
    """Uses by category, listed in the text or in a policy it refers to."""
    NO_COMPETE = "no-compete"
    NO_REVERSE_ENGINEERING = "no-reverse-engineering"
    RESEARCH_ONLY = "research-only"
    NON_PRODUCTION = "non-production"


class UseCategory(StrEnum):
    """Fields of use that licenses forbid."""

    ILLEGAL = "illegal"
    VIOLENCE_TERROR = "violence-terror"
    WEAPONS_MILITARY = "weapons-military"
    CHILD_SAFETY = "child-safety"
    HARASSMENT_HATE = "harassment-hate"
    DISCRIMINATION = "discrimination"
    DISINFORMATION = "disinformation"
    IMPERSONATION = "impersonation"
    DEEPFAKE_SEXUAL = "deepfake-sexual"
    SEXUAL_CONTENT = "sexual-content"
    SURVEILLANCE_BIOMETRICS = "surveillance-biometrics"
    LAW_ENFORCEMENT_JUSTICE = "law-enforcement-justice"
    IMMIGRATION_ASYLUM = "immigration-asylum"
    MEDICAL = "medical"
    LEGAL_ADVICE = "legal-advice"
    FINANCIAL_ADVICE = "financial-advice"
    UNLICENSED_PROFESSIONAL = "unlicensed-professional"
    CRITICAL_INFRASTRUCTURE = "critical-infrastructure"
    AUTOMATED_DECISIONS = "automated-decisions"
    MALWARE_CYBER = "malware-cyber"
    SPAM = "spam"
    PRIVACY_PII = "privacy-pii"
    IP_INFRINGEMENT = "ip-infringement"
    SELF_HARM = "self-harm"
    GAMBLING = "gambling"
    POLITICAL = "political"
    DRUGS_CONTROLLED = "drugs-controlled"
    NATIONAL_SECURITY = "national-security"
    DEFAMATION = "defamation"
    SCIENTIFIC_MISCONDUCT = "scientific-misconduct"
    HUMAN_TRAFFICKING = "human-trafficking"
    OTHER = "other"


class TerritoryBasis(StrEnum):
    """By what a territory limit is measured."""

    DOMICILE = "domicile"
    """Where the licensee lives or has its principal place of business."""
    PLACE_OF_USE = "place-of-use"
    """Where the model runs or is offered."""
    OUTPUTS = "outputs"
    """Where its outputs are used."""


class Part(StrEnum):
    """Which part of a model family a clause is about."""

    ALL = "all"
    MULTIMODAL = "multimodal"
    """Models that read or make more than text."""


class DerivedWork(StrEnum):
    """What a license counts as a derivative."""

    CHANGED_WEIGHTS = "changed-weights"
    TRAINED_ON_OUTPUTS = "trained-on-outputs"
    """A model trained on outputs or by distillation."""
    OUTPUTS = "outputs"
    """The outputs themselves."""


class Ending(StrEnum):
    """What ends a license, beyond a condition that is no longer met."""

    BREACH = "breach"
    IP_CLAIM = "ip-claim"
    """Suing the licensor (or others) for infringement."""
    LICENSOR_WILL = "licensor-will"
    """The licensor may revoke it, or change its terms or policy, without a breach."""


class OutputOwner(StrEnum):
    """Who holds the rights in outputs, by the text."""

    LICENSEE = "licensee"
    LICENSOR = "licensor"
    DISCLAIMED = "disclaimed"
    """The licensor claims none."""


class Disclaimer(StrEnum):
    """What the licensor does not answer for."""

    WARRANTY = "warranty"
    LIABILITY = "liability"


class Kind(StrEnum):
    """What sort of license a text is."""

    PERMISSIVE = "permissive"
    PUBLIC_DOMAIN = "public-domain"
    COPYLEFT = "copyleft"
    WEAK_COPYLEFT = "weak-copyleft"
    ATTRIBUTION_ONLY = "attribution-only"
    RESPONSIBLE_AI = "responsible-ai"
    """OpenRAIL style: permissive but for use restrictions."""
    COMMUNITY = "community"
    """A vendor's own source-available license that allows some commercial use."""
    RESEARCH_ONLY = "research-only"
    NON_COMMERCIAL = "non-commercial"
    PROPRIETARY = "proprietary"
    DATA = "data"
    ACCEPTABLE_USE_POLICY = "acceptable-use-policy"
    OTHER = "other"

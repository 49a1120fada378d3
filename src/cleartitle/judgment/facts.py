"""What a deployment does: which actions it performs and which duties that triggers."""

from __future__ import annotations

from typing import assert_never

from cleartitle.judgment.logic import NO, YES, Truth, for_purpose, known
from cleartitle.vocabulary.deployment import Deployment
from cleartitle.vocabulary.words import Action, Channel, Purpose, Trigger

SHIPPING = frozenset({Channel.EMBEDDED, Channel.WEIGHTS, Channel.ON_DEVICE})
"""Channels over which copies of the weights leave the organization."""
PUBLIC = frozenset({Channel.HOSTED, Channel.EMBEDDED, Channel.ON_DEVICE})
"""Channels over which people outside see the outputs."""


def performs(action: Action, deployment: Deployment, *, derivative: bool) -> Truth:
    """Return whether *deployment* performs *action*.

    *derivative* says that the artifact is itself a derivative of the licensed one. Sublicensing and practicing
    patents are never judged: no fact of a deployment speaks of them.
    """
    changed = _changed(deployment, derivative=derivative)
    match action:
        case Action.USE:
            return YES
        case Action.USE_COMMERCIALLY | Action.USE_OUTPUTS_COMMERCIALLY:
            return for_purpose(Purpose.COMMERCIAL, deployment)
        case Action.MODIFY:
            return _changed(deployment, derivative=False)
        case Action.REDISTRIBUTE:
            return _over(SHIPPING, deployment) & ~changed
        case Action.DISTRIBUTE_DERIVATIVES:
            return _over(SHIPPING, deployment) & changed
        case Action.HOST:
            return _over(frozenset({Channel.HOSTED}), deployment)
        case Action.TRAIN_OTHER_MODELS:
            return _trains(deployment)
        case Action.SUBLICENSE | Action.PRACTICE_PATENTS:
            return NO
        case _:
            assert_never(action)


def triggers(trigger: Trigger, deployment: Deployment, *, derivative: bool) -> Truth:
    """Return whether *deployment* triggers the duties that are owed on *trigger*.

    What happens only later (termination) or elsewhere (papers) is not judged; those duties are shown with the terms.
    """
    match trigger:
        case Trigger.USE:
            return YES
        case Trigger.MODIFY:
            return performs(Action.MODIFY, deployment, derivative=derivative)
        case Trigger.HOST:
            return performs(Action.HOST, deployment, derivative=derivative)
        case Trigger.HOST_DERIVATIVES:
            return performs(Action.HOST, deployment, derivative=derivative) & _changed(
                deployment, derivative=derivative
            )
        case Trigger.EMBED:
            return _over(frozenset({Channel.EMBEDDED, Channel.ON_DEVICE}), deployment)
        case Trigger.REDISTRIBUTE:
            return _over(SHIPPING, deployment)  # a derivative has the original in it
        case Trigger.DISTRIBUTE_DERIVATIVES:
            return performs(Action.DISTRIBUTE_DERIVATIVES, deployment, derivative=derivative)
        case Trigger.PUBLISH_OUTPUT:
            return _over(PUBLIC, deployment)
        case Trigger.TRAIN_AND_DISTRIBUTE:
            return _trains(deployment) & _over(SHIPPING | {Channel.HOSTED}, deployment)
        case Trigger.TERMINATION | Trigger.PUBLICATION:
            return NO
        case _:
            assert_never(trigger)


def _changed(deployment: Deployment, *, derivative: bool) -> Truth:
    return YES if derivative else known(deployment.fine_tunes, "fine_tunes", "is the model fine-tuned or modified?")


def _trains(deployment: Deployment) -> Truth:
    return known(
        deployment.trains_on_outputs, "trains_on_outputs", "are the model or its outputs used to train other models?"
    )


def _over(channels: frozenset[Channel], deployment: Deployment) -> Truth:
    value = None if deployment.channels is None else bool(channels & deployment.channels)
    ask = "how does it reach people? (internal, hosted, embedded, weights, on-device)"
    return known(value, "channels", ask)

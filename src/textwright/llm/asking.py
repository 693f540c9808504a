"""Ask a language model about a text, check what it says, and ask again with the error when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from textwright.errors import CallError, ModelError
from textwright.llm.answers.reading import AnswerError, Read, read_answer
from textwright.llm.calls import Completer, Completion, Enforce, Form, Message, Request
from textwright.types import Problem, Usage

# Texts that wait for their turn beside those being asked: enough to keep every connection busy.
AHEAD = 2


class Asks(Protocol):
    """What makes a question of a text: a `Prompt`, or a test's stand-in."""

    @property
    def answer(self) -> Mapping[str, Any] | None:
        """Return the JSON Schema of the answer; None when it is plain text."""

    def messages(self, text: str) -> tuple[Message, ...]:
        """Return the conversation that asks about a text."""

    def problems(self, value: Any) -> list[str]:
        """Say what is wrong with an answer of the right shape."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to ask: the model, its address, and what can change an answer beside the words.

    `attempts` is how often a text is asked at most when its answers are wrong.
    """

    address: str
    model: str
    form: Form = "chat"
    enforce: Enforce = "schema"
    temperature: float = 0.0
    max_tokens: int = 512
    seed: int | None = 0
    stop: tuple[str, ...] = ()
    logprobs: bool = False
    attempts: int = 2

    def __post_init__(self) -> None:
        """Raise `ValueError` when a text would never be asked."""
        if self.attempts < 1:
            raise ValueError(f"attempts is {self.attempts}, must be at least 1")
        # 0 and 0.0 are one temperature, and one key in the cache.
        object.__setattr__(self, "temperature", float(self.temperature))


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking about one text: a checked value, or the problem in its place.

    `completion` is the last that arrived. `repaired` names what had to be mended to read it. `cached`
    says that nothing was sent now. `usage` is what the reply costs when it is asked for anew, but for its
    calls, which are those made now.
    """

    value: Any = None
    problem: Problem | None = None
    completion: Completion | None = None
    usage: Usage = field(default_factory=Usage)
    repaired: tuple[str, ...] = ()
    cached: bool = False
    final: bool = False


def ask(prompt: Asks, text: str, completer: Completer, settings: Settings) -> Reply:
    """Ask about one text. What fails is a `Reply` with a problem, never an exception.

    An answer that cannot be read, or is not what the prompt asks for, is sent back with what is wrong with it.
    """
    try:
        messages = prompt.messages(text)
    except ModelError as error:
        return Reply(problem=Problem("template", str(error)))
    return _ask(prompt, messages, completer, settings)


def _ask(prompt: Asks, messages: tuple[Message, ...], completer: Completer, settings: Settings) -> Reply:
    reply = Reply(cached=True)
    for _ in range(settings.attempts):
        try:
            completion = completer.complete(request_of(messages, prompt.answer, settings))
        except CallError as error:
            return _failed(error, reply)
        reply = _with(reply, completion)
        try:
            read = _read(completion, prompt)
        except AnswerError as error:
            reply = replace(reply, problem=Problem("answer", _why(error, completion)))
            if completion.finish == "length":
                return reply
            messages = (*messages, Message("assistant", completion.text), Message("user", again(error)))
            continue
        return replace(reply, value=read.value, repaired=read.repaired, problem=None)
    return reply


def request_of(messages: tuple[Message, ...], answer: Mapping[str, Any] | None, settings: Settings) -> Request:
    """Make the request that sends these messages with these settings."""
    return Request(
        address=settings.address,
        model=settings.model,
        messages=messages,
        form=settings.form,
        answer=answer,
        enforce=settings.enforce if answer is not None else "none",
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
        seed=settings.seed,
        stop=settings.stop,
        logprobs=settings.logprobs,
    )


def _read(completion: Completion, prompt: Asks) -> Read:
    if prompt.answer is None:
        if not completion.text.strip():
            raise AnswerError("the answer is empty")
        return Read(completion.text.strip(), ())
    read = read_answer(completion.text, prompt.answer)
    for problem in prompt.problems(read.value):
        raise AnswerError(problem)
    return read


def again(error: AnswerError) -> str:
    """Ask for a better answer, saying what is wrong with the one that came."""
    return f"That answer cannot be used: {error}. Answer again, with the corrected JSON alone."


def _why(error: AnswerError, completion: Completion) -> str:
    cut = "; it was cut off: a larger max_tokens may help" if completion.finish == "length" else ""
    return f"{error}{cut}"


def _with(reply: Reply, completion: Completion) -> Reply:
    """Add a completion; one from a cache made no call now."""
    usage = replace(completion.usage, calls=0) if completion.cached else completion.usage
    return replace(
        reply,
        completion=completion,
        usage=reply.usage + usage,
        cached=reply.cached and completion.cached,
    )


def _failed(error: CallError, reply: Reply) -> Reply:
    usage = replace(reply.usage, calls=reply.usage.calls + error.calls)
    return replace(reply, problem=Problem(error.kind, error.reason), usage=usage, cached=False, final=error.final)


# --- many texts -----------------------------------------------------------------------------


def _nothing() -> None:
    return


def ask_all(
    prompt: Asks,
    texts: Iterable[str],
    completer: Completer,
    settings: Settings,
    *,
    concurrency: int = 4,
    on_interrupt: Callable[[], None] = _nothing,
) -> Iterator[Reply]:
    """Ask about texts, several at once; give the replies in the order of the texts, in constant memory.

    After a failure that no other text would escape, such as a wrong key, the texts that were not sent
    yet get the same problem without being sent. `on_interrupt` is called when somebody interrupts the
    asking, and should end the waiting of calls under way.
    """
    if concurrency < 1:
        raise ValueError(f"concurrency is {concurrency}, must be at least 1")
    stopped = Stopped()

    def one(text: str) -> Reply:
        if stopped.reply is not None:
            return stopped.reply
        reply = ask(prompt, text, completer, settings)
        if reply.final:
            stopped.by(reply)
        return reply

    with ThreadPoolExecutor(concurrency, thread_name_prefix="ask") as pool:
        try:
            yield from _in_order(pool, one, texts, concurrency * AHEAD, stopped)
        except KeyboardInterrupt:
            on_interrupt()
            raise


class Stopped:
    """Whether asking has ended, and by which reply."""

    def __init__(self) -> None:
        """Begin without."""
        self.reply: Reply | None = None

    def by(self, reply: Reply) -> None:
        """End asking: the reply's problem is that of every text that was not sent."""
        self.reply = self.reply or Reply(problem=reply.problem, final=True)


def _in_order(
    pool: ThreadPoolExecutor, one: Callable[[str], Reply], texts: Iterable[str], ahead: int, stopped: Stopped
) -> Iterator[Reply]:
    waiting: list[Future[Reply]] = []
    try:
        for text in texts:
            waiting.append(pool.submit(one, text))
            if len(waiting) > ahead:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()
    finally:
        stopped.by(Reply(problem=Problem("stopped", "asking was stopped")))
        for each in waiting:
            each.cancel()

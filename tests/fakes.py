"""Stand-ins that remember what was asked of them."""

from dataclasses import dataclass, field

from prompts.model import ModelError


@dataclass
class FakeModel:
    """A model that answers from a script: forms, the fields of forms, or errors, in turn."""

    script: list
    tasks: list = field(default_factory=list)

    def fill(self, task, form):
        """The next answer of the script."""
        self.tasks.append(task)
        if not self.script:
            raise ModelError("unreachable", "The script has no answer left.")
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, form) else form.model_validate(answer)

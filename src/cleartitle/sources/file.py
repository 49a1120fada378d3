"""A single weight file of this machine: what its header says is all that is known of it."""

from __future__ import annotations

from pathlib import Path

from cleartitle.errors import NotFound, SourceError
from cleartitle.sources.heads import head, is_weights, on_disk
from cleartitle.vocabulary.artifact import Artifact, FileEntry, Origin, Problem
from cleartitle.vocabulary.reference import ModelRef


class WeightFile:
    """Reads one ``.gguf`` or ``.safetensors`` file as an artifact; the folder around it is another's, and not read."""

    def fetch(self, ref: ModelRef) -> Artifact:
        """Return the file with its head; `NotFound` for what is no such file."""
        path = Path(ref.name)
        if not is_weights(path.name):
            raise NotFound(f"{path.name} is no weight file that is known", advice="give a .gguf or .safetensors file")
        try:
            if not path.is_file():
                raise NotFound(f"there is no file {ref.name}", advice="check the path")
            size, beginning = path.stat().st_size, head(path.name, on_disk(path))
        except OSError as error:
            raise SourceError(f"cannot read {ref.name}: {error.strerror}", advice="check the permissions") from error
        empty = Problem(what="empty", message=f"{path.name} is empty", path=path.name)
        return Artifact(
            ref=ref,
            origin=Origin.FOLDER,
            source=str(path),
            files=(FileEntry(path=path.name, size=size),),
            complete=False,
            texts=(beginning,),
            problems=() if size else (empty,),
        )

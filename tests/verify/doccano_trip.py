"""Import a file into doccano and export it again, through doccano's own code. Runs in doccano's environment.

    python doccano_trip.py IN OUT KIND

KIND is SequenceLabeling, DocumentClassification, IntentDetectionAndSlotFilling or RelationExtraction.
DATABASE_URL names the SQLite file to use.
"""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path


def main(source: Path, target: Path, kind: str) -> None:
    start_django()
    from data_export.celery_tasks import export_dataset
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth.models import User
    from django.test.utils import override_settings

    user = User.objects.create_superuser("admin", "admin@example.org", "secret")
    project = project_of(kind, user)
    files = [FileName(str(source), source.name, source.name)]
    dataset = load_dataset(kind, create_file_format("JSONL"), files, project, encoding="utf_8")
    dataset.save(user)
    if dataset.errors:
        sys.exit(f"doccano refused: {[error.dict() for error in dataset.errors]}")
    with override_settings(MEDIA_URL=str(target.parent)):
        exported = export_dataset(project.id, "JSONL", False)
    with zipfile.ZipFile(exported) as archive:
        target.write_bytes(archive.read("all.jsonl"))


def start_django() -> None:
    import backend

    sys.path.insert(0, str(Path(backend.__file__).parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.development"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_roles")


def project_of(kind: str, user: object) -> object:
    from projects import models

    classes = {
        "DocumentClassification": models.TextClassificationProject,
        "IntentDetectionAndSlotFilling": models.IntentDetectionAndSlotFillingProject,
    }
    chosen = classes.get(kind, models.SequenceLabelingProject)
    spans = {"allow_overlapping": True, "use_relation": kind == "RelationExtraction"}
    more = spans if chosen is models.SequenceLabelingProject else {}
    name = "SequenceLabeling" if more else kind
    return chosen.objects.create(
        name="p", description="p", created_by=user, project_type=name, collaborative_annotation=True, **more
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])

"""The rungs that docmill brings, and what each needs."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from models import catalog
from models.session import Profile, SessionError, check_runtime
from stages.parse.options import CommandOptions, ParseConfig
from stages.parse.rungs.ocr_models import OCR_MODELS
from stages.parse.rungs.rung import Json, Rung, UnavailableError
from stages.parse.versions import library_versions


def rungs(config: ParseConfig, profile: Profile) -> dict[str, Rung]:
    """Return the rungs by their names. ``profile``: where models run."""
    geometric, tables = config.geometric, config.tables
    ocr, tesseract = config.rapidocr, config.tesseract
    found = [
        first(config, evidence=len(config.rungs) > 1),
        Geometric(
            "geometric",
            "stages.parse.rungs.geometric:Geometric",
            "text",
            memory_mb=geometric.memory_limit_mb,
            page_timeout_s=geometric.page_timeout_s,
        ),
        Tables(
            "tables",
            "stages.parse.rungs.tables:Tables",
            "tables",
            memory_mb=tables.memory_limit_mb,
            page_timeout_s=tables.page_timeout_s,
        ),
        RapidOcr(
            "rapidocr",
            "stages.parse.rungs.rapidocr:RapidOcr",
            "ocr",
            {"dpi": ocr.dpi, "profile": profile},
            memory_mb=ocr.memory_limit_mb,
            page_timeout_s=ocr.page_timeout_s,
        ),
        Tesseract(
            "tesseract",
            "stages.parse.rungs.tesseract:Tesseract",
            "ocr",
            {"dpi": tesseract.dpi, "languages": list(tesseract.languages)},
            memory_mb=tesseract.memory_limit_mb,
            page_timeout_s=tesseract.page_timeout_s,
            starts_programs=True,
        ),
    ]
    return {rung.name: rung for rung in found}


def first(config: ParseConfig, *, evidence: bool) -> Rung:
    """Return the rung that reads every page. ``evidence``: whether it also looks at the page's objects."""
    return Geometric(
        "pdfium",
        "stages.parse.pdfium:Pdfium",
        "text",
        {"evidence": evidence},
        memory_mb=config.memory_limit_mb,
        page_timeout_s=config.page_timeout_s,
    )


def command(name: str, options: CommandOptions) -> Rung:
    """Return the rung of a program."""
    return Command(
        name,
        "stages.parse.rungs.command:Command",
        options.kind,
        {
            "argv": list(options.argv),
            "per": options.per,
            "page_break": options.page_break,
            "output": options.output,
            "suffix": options.suffix,
        },
        per=options.per,
        memory_mb=options.memory_limit_mb,
        page_timeout_s=options.page_timeout_s,
        starts_programs=True,
    )


class Geometric(Rung):
    """pdfium's text; nothing is needed beyond the base installation."""

    def dependencies(self) -> Mapping[str, str]:
        return library_versions()


class Tables(Rung):
    """Tables by pdfplumber."""

    def check(self) -> None:
        _needs("pdfplumber", self.name)

    def dependencies(self) -> Mapping[str, str]:
        return {name: _version(name) for name in ("pdfplumber", "pdfminer.six")}


class RapidOcr(Rung):
    """Text recognition by the models that the package rapidocr brings."""

    def check(self) -> None:
        _needs("rapidocr", self.name)
        try:
            importlib.import_module("cv2")
        except ImportError as error:  # its library wants those of a screen, which servers often lack
            raise UnavailableError(
                f"the parser {self.name} needs OpenCV, which cannot be loaded ({error}): "
                "pip uninstall opencv-python && pip install opencv-python-headless"
            ) from None
        try:
            check_runtime(_profile(self.settings))
            for model in OCR_MODELS.values():
                catalog.path(model)
        except (SessionError, catalog.CatalogError) as error:
            raise UnavailableError(f"the parser {self.name} cannot run: {error}") from None

    def dependencies(self) -> Mapping[str, str]:
        return {name: _version(name) for name in ("rapidocr", "onnxruntime")} | library_versions()

    def models(self) -> Mapping[str, str]:
        return {name: catalog.entry(name).sha256 for name in OCR_MODELS.values()}


class Tesseract(Rung):
    """Text recognition by the program tesseract."""

    def check(self) -> None:
        program = shutil.which("tesseract")
        if program is None:
            raise UnavailableError(
                f"the parser {self.name} needs the program tesseract, which is not installed: "
                "apt-get install tesseract-ocr, or leave it out of rungs"
            )
        wanted = self.settings["languages"]
        assert isinstance(wanted, list)  # noqa: S101 - built above
        missing = sorted({str(name) for name in wanted} - _tesseract_languages(program))
        if missing:
            raise UnavailableError(
                f"tesseract has no data for {', '.join(missing)}: apt-get install "
                + " ".join(f"tesseract-ocr-{name.replace('_', '-')}" for name in missing)
            )

    def dependencies(self) -> Mapping[str, str]:
        program = shutil.which("tesseract")
        version = _output(program, "--version").partition("\n")[0] if program else "missing"
        return {"tesseract": version} | library_versions()


def _profile(settings: Mapping[str, Json]) -> Profile:
    profile = settings["profile"]
    return "gpu" if profile == "gpu" else "edge" if profile == "edge" else "cpu"


@dataclass(frozen=True)
class Command(Rung):
    """A program that the options describe."""

    def check(self) -> None:
        program = str(self._argv()[0])
        if shutil.which(program) is None:
            raise UnavailableError(
                f"the parser {self.name} needs the program {program}, which is not found: install it, or give "
                "its full path in argv"
            )

    def dependencies(self) -> Mapping[str, str]:
        return library_versions()

    def _argv(self) -> list[object]:
        argv = self.settings["argv"]
        assert isinstance(argv, list)  # noqa: S101 - built above
        return list(argv)


def _needs(package: str, rung: str) -> None:
    if importlib.util.find_spec(package) is None:
        raise UnavailableError(
            f"the parser {rung} needs {package}, which is not installed: pip install 'docmill[parse-ocr]'"
        )


def _version(distribution: str) -> str:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


@cache
def _tesseract_languages(program: str) -> frozenset[str]:
    return frozenset(_output(program, "--list-langs").split("\n")[1:])


@cache
def _output(program: str, option: str) -> str:
    done = subprocess.run(  # noqa: S603 - the program that was found on the path
        [program, option], capture_output=True, text=True, timeout=30, check=False
    )
    return (done.stdout or done.stderr).strip()

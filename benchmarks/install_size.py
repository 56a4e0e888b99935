"""How much disk docmill with its cpu extra takes, package by package, in an environment made for it.

Makes a fresh virtual environment, installs the checkout as a user would, and adds up the files that each
package brought. pip itself, which every environment has, is shown but not counted.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from benchmarks import measure

ROOT = Path(__file__).parents[1]
LIMIT_MB = 450
PACKAGES = ("pipeline", "stages", "models", "onnx_export")
# Runs in the new environment, which knows nothing but the standard library and what was installed.
COUNT = """
import json, os
from importlib import metadata
found = {}
for package in metadata.distributions():
    files = [file.locate() for file in package.files or ()]
    found[package.metadata["Name"]] = sum(os.path.getsize(f) for f in files if os.path.isfile(f))
print(json.dumps(found))
"""


def main() -> None:
    """Install, count and print."""
    parser = measure.arguments(__doc__.splitlines()[0])
    parser.add_argument("--extra", default="cpu", help="extras to install, with commas")
    parser.add_argument("--show", type=int, default=12, help="packages to show by name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes, total = _install(Path(folder), options.extra)
    tools = {name: sizes.pop(name) for name in ("pip", "setuptools") if name in sizes}
    counted = total - sum(tools.values())
    largest = sorted(sizes.items(), key=lambda item: -item[1])
    rows = [(name, f"{size / 1e6:.1f}") for name, size in largest[: options.show]]
    rest = counted - sum(size for _, size in largest[: options.show])
    rows.append((f"{max(0, len(largest) - options.show)} smaller packages", f"{rest / 1e6:.1f}"))
    rows.append((f"**docmill[{options.extra}]**, limit {LIMIT_MB}", f"{counted / 1e6:.1f}"))
    print(measure.table(("package", "MB"), rows))
    print(
        f"\n{'within' if counted <= LIMIT_MB * 1e6 else 'OVER'} the limit of {LIMIT_MB} MB; pip not counted"
    )
    result = {"extra": options.extra, "bytes": counted, "limit_mb": LIMIT_MB, "packages": dict(largest)}
    print(measure.write("install_size", result))


def _install(folder: Path, extra: str) -> tuple[dict[str, int], int]:
    """Return the bytes of each package and of the whole of site-packages."""
    place = folder / "environment"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    # setuptools builds in the source folder, and what an earlier build left there would be installed too
    source = folder / "source"
    for name in (*PACKAGES, "pyproject.toml", "README.md", "LICENSE"):
        part = ROOT / name
        if part.is_dir():
            shutil.copytree(part, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif part.exists():
            shutil.copy(part, source / name)
    command = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q", f"{source}[{extra}]"]
    if constraints.exists():
        command += ["-c", constraints]
    installed = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    if installed.returncode != 0:
        sys.exit(f"the installation failed:\n{installed.stderr}")
    counted = subprocess.run([python, "-c", COUNT], capture_output=True, text=True, check=True, cwd=folder)
    packages = next((place / "lib").glob("python*")) / "site-packages"
    total = sum(f.stat().st_size for f in packages.rglob("*") if f.is_file() and not f.is_symlink())
    return json.loads(counted.stdout), total


if __name__ == "__main__":
    main()

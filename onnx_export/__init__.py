"""From a checkpoint to an ONNX artifact that passed a gate: ``python -m onnx_export --help``.

torch, transformers and optimum (extra ``export``) are imported only inside the functions that use them.
"""

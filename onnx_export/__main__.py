"""``python -m onnx_export``."""

import sys

from onnx_export.cli import main

if __name__ == "__main__":
    sys.exit(main())

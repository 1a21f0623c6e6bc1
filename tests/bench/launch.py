"""Runs the command that it is given and says what it used, as JSON.

A process of its own, since on Linux the largest size of a process counts what its parent was.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

began = time.perf_counter()
status = subprocess.run(sys.argv[1:], check=False).returncode
seconds = time.perf_counter() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
kilobytes = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
told = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "memory": kilobytes / 1024}
print(json.dumps(told))
sys.exit(status)

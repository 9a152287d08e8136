#!/usr/bin/env bash
# Production: exactly one process with one worker (R1, R2), on 0.0.0.0 and ${PORT:-5000} (R3). Each step is an exec, so
# the process that was started is the one that serves, and gets the signals. Arguments go to `steadyline serve`.
set -euo pipefail

file=${BASH_SOURCE[0]}
while [[ -L $file ]]; do
  link=$(readlink "$file")
  [[ $link == /* ]] && file=$link || file=$(dirname "$file")/$link
done

export STEADYLINE_ENVIRONMENT=production
export PORT=${PORT:-5000}
exec "$(cd "$(dirname "$file")" && pwd -P)/steadyline" serve "$@"

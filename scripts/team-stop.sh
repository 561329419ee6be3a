#!/usr/bin/env bash
# Ends what team-start.sh started: the worker with its runs, the server, PostgreSQL. The database stays in .cache/team.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/team-lib.sh"

stop_process worker "prefect worker start"
stop_process server "prefect server start"
if [ -f "$TEAM/postgres/PG_VERSION" ]; then
  postgres="$(find_postgres)"
  if as_database "$postgres/pg_ctl" status --pgdata "$TEAM/postgres" > /dev/null 2>&1; then
    as_database "$postgres/pg_ctl" stop --mode fast --wait --pgdata "$TEAM/postgres" > /dev/null
    echo "team: PostgreSQL has ended."
  fi
fi

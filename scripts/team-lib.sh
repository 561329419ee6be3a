# Shared by team-start.sh and team-stop.sh: where things lie, and what is asked twice. Read by `.`, never run.

PROJECT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TEAM="${AUDITABLE_TEAM:-$PROJECT/.cache/team}"   # everything of the team's server on this machine
BIN="${AUDITABLE_BIN:-$PROJECT/.venv/bin}"
POOL=auditable
DATABASE=prefect
DATABASE_USER=prefect

fail() { echo "team: $*" >&2; exit 2; }

# The last words of a log tell why; the whole of it stays where it is named.
fail_with_log() { # LOG WORDS
  echo "team: $2: see $1, which ends:" >&2
  tail -n 20 "$1" >&2 || true
  exit 2
}

# The folder with initdb and pg_ctl: on the PATH, or where Debian keeps the newest.
find_postgres() {
  local found
  found="$(command -v pg_ctl || true)"
  [ -n "$found" ] || found="$(ls -d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | sort -V | tail -1)"
  [ -n "$found" ] || fail "PostgreSQL is not installed: apt-get install postgresql, or put pg_ctl on the PATH."
  dirname "$(readlink -f "$found")"
}

# prefect.yaml with these folders in place of the project's.
deployments_for() { # RAW CURATED
  sed -e "s|\(raw_dir:\) raw\$|\1 $(as_yaml "$1")|" -e "s|\(curated_dir:\) curated\$|\1 $(as_yaml "$2")|" "$PROJECT/prefect.yaml"
}

# A text in YAML's quotes, which sed puts in letter by letter.
as_yaml() { printf '%s' "$1" | sed -e "s/'/''/g" -e 's/[\\&|]/\\&/g' -e "s/.*/'&'/"; }

# PostgreSQL refuses to run as root: there it runs as the user postgres, elsewhere as whoever starts it.
as_database() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && setpriv --reuid postgres --regid postgres --clear-groups -- "$@")
  else
    "$@"
  fi
}

# Whether the process of a pid file is there and is what it was: numbers of processes are given out again. -ww: else ps cuts
# long commands at the width of a terminal (COLUMNS).
is_running() { # NAME WORDS-OF-ITS-COMMAND
  local pid
  pid="$(cat "$TEAM/$1.pid" 2>/dev/null)" || return 1
  [ -n "$pid" ] && ps -ww -o args= -p "$pid" 2>/dev/null | grep -q -- "$2"
}

# Ends a process with all it started: each leads a session of its own.
stop_process() { # NAME WORDS-OF-ITS-COMMAND
  if is_running "$1" "$2"; then
    local pid waited=0
    pid="$(cat "$TEAM/$1.pid")"
    kill -TERM -- "-$pid" 2>/dev/null || true
    while kill -0 -- "-$pid" 2>/dev/null; do
      sleep 0.5
      waited=$((waited + 1))
      [ "$waited" -lt 60 ] || { kill -KILL -- "-$pid" 2>/dev/null || true; break; }
    done
    echo "team: $1 has ended."
  fi
  rm -f "$TEAM/$1.pid"
}

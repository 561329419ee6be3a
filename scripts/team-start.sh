#!/usr/bin/env bash
# A Prefect server with PostgreSQL, the deployments of prefect.yaml and one worker, without Docker: compose.yaml on one Linux machine.
#
#   scripts/team-start.sh        again: starts what does not run
#   scripts/team-stop.sh
#
# All of it listens on loopback only and lies in .cache/team; nothing is sent to anyone. Settings, all optional:
#   AUDITABLE_PORT   of the server (4200)            AUDITABLE_RAW, AUDITABLE_CURATED   the folders (raw, curated)
#   AUDITABLE_TEAM   its folder (.cache/team)        AUDITABLE_BIN                      where auditable is installed (.venv/bin)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/team-lib.sh"

PORT="${AUDITABLE_PORT:-4200}"
WAIT_S=180
DATA="$TEAM/postgres"

export PREFECT_HOME="$TEAM/prefect" PREFECT_PROFILES_PATH="$TEAM/prefect/profiles.toml"
export PREFECT_API_URL="http://127.0.0.1:$PORT/api" PREFECT_SERVER_ANALYTICS_ENABLED=false DO_NOT_TRACK=1 PREFECT_CLI_PROMPT=false
export PREFECT_LOCAL_STORAGE_PATH="${PREFECT_LOCAL_STORAGE_PATH:-$PROJECT/.cache/auditable/prefect/storage}"

make_database() {
  local postgres password="$TEAM/postgres.password"
  postgres="$(find_postgres)"
  [ -s "$password" ] || (umask 077 && "$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(32))' > "$password")
  if [ ! -f "$DATA/PG_VERSION" ]; then
    mkdir -p "$DATA"
    [ "$(id -u)" -ne 0 ] || chown postgres "$DATA"
    as_database test -w "$DATA" || fail "the user postgres cannot reach $DATA: open the folders above it (chmod o+x), or set AUDITABLE_TEAM."
    # initdb wants an empty folder and a file that its own user may read.
    (umask 077 && cp "$password" "$TEAM/.password.once")
    [ "$(id -u)" -ne 0 ] || chown postgres "$TEAM/.password.once"
    as_database "$postgres/initdb" --pgdata "$DATA" --username "$DATABASE_USER" --pwfile "$TEAM/.password.once" \
      --auth scram-sha-256 --encoding UTF8 --no-locale > "$TEAM/initdb.log" 2>&1 || fail_with_log "$TEAM/initdb.log" "initdb failed"
    rm -f "$TEAM/.password.once"
  fi
  if ! as_database "$postgres/pg_ctl" status --pgdata "$DATA" > /dev/null 2>&1; then
    free_port > "$TEAM/postgres.port"
    as_database "$postgres/pg_ctl" start --wait --timeout "$WAIT_S" --pgdata "$DATA" --log "$DATA/server.log" \
      --options "-c listen_addresses=127.0.0.1 -c port=$(cat "$TEAM/postgres.port") -c unix_socket_directories=''" \
      > "$TEAM/pg_ctl.log" 2>&1 < /dev/null || fail_with_log "$TEAM/pg_ctl.log" "PostgreSQL did not start"
  fi
  PGPASSWORD="$(cat "$password")" "$postgres/psql" --quiet --host 127.0.0.1 --port "$(cat "$TEAM/postgres.port")" \
    --username "$DATABASE_USER" --dbname postgres --tuples-only --command "SELECT 1 FROM pg_database WHERE datname = '$DATABASE'" \
    | grep -q 1 || PGPASSWORD="$(cat "$password")" "$postgres/createdb" --host 127.0.0.1 \
    --port "$(cat "$TEAM/postgres.port")" --username "$DATABASE_USER" "$DATABASE"
}

free_port() { "$BIN/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_server() {
  is_running server "prefect server start" && return
  "$BIN/python" -c "import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', $PORT))" 2> /dev/null || fail "port $PORT is taken by another program: set AUDITABLE_PORT to a free one."
  # The password travels in the environment: on a command line everyone could read it.
  PREFECT_SERVER_DATABASE_CONNECTION_URL="postgresql+asyncpg://$DATABASE_USER:$(cat "$TEAM/postgres.password")@127.0.0.1:$(cat "$TEAM/postgres.port")/$DATABASE" \
    PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL=0.5 PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED=true \
    PREFECT_UI_API_URL="$PREFECT_API_URL" PREFECT_UI_STATIC_DIRECTORY="$TEAM/ui" \
    start server "$BIN/prefect" server start --host 127.0.0.1 --port "$PORT"
  wait_for_server
}

start() { # NAME COMMAND...: a process in a session of its own, its number in NAME.pid, its words in NAME.log
  local name="$1"
  shift
  (cd "$PROJECT" && exec setsid "$@" > "$TEAM/$name.log" 2>&1 < /dev/null) &
  echo $! > "$TEAM/$name.pid"
}

wait_for_server() {
  local waited=0
  until (cd "$PROJECT" && "$BIN/python" -m flows.server "$PREFECT_API_URL" > /dev/null 2>&1); do
    waited=$((waited + 2))
    is_running server "prefect server start" && [ "$waited" -lt "$WAIT_S" ] || fail_with_log "$TEAM/server.log" "the server did not start"
    sleep 1
  done
}

deploy() { # other folders than the project's are put into a copy of prefect.yaml
  deployments_for "${AUDITABLE_RAW:-raw}" "${AUDITABLE_CURATED:-curated}" > "$TEAM/prefect.yaml"
  (cd "$PROJECT" && "$BIN/prefect" work-pool create "$POOL" --type process --overwrite \
    && "$BIN/prefect" --no-prompt deploy --all --prefect-file "$TEAM/prefect.yaml") > "$TEAM/deploy.log" 2>&1 \
    || fail_with_log "$TEAM/deploy.log" "the deployments were refused"
}

start_worker() {
  is_running worker "prefect worker start" || start worker "$BIN/prefect" worker start --pool "$POOL" --name "$(hostname)"
}

mkdir -p "$TEAM"
make_database
start_server
deploy
start_worker
echo "team: server http://127.0.0.1:$PORT (PREFECT_API_URL=$PREFECT_API_URL), worker for the pool $POOL, all of it in $TEAM."

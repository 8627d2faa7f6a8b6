# shellcheck shell=bash
# Functions that real_clients.sh and bench_server.sh share; they source this file. They wait for
# what processes do, each by an event: a file that grows, a process that ends.

readonly patience=${IRC_SECONDS:-60}  # Seconds in which what is waited for has to come.

# Until a line like PATTERN (of Perl) is in one of the files; in vain when PID has ended.
await_line() {  # await_line PID PATTERN FILE...
  local lines tail status=0
  exec {lines}< <(exec timeout "$patience" tail -q -n +1 -f --pid="$1" "${@:3}" 2>/dev/null)
  tail=$!
  grep -m 1 -qP -- "$2" <&"$lines" || status=1
  exec {lines}<&-
  kill "$tail" 2>/dev/null || true
  wait "$tail" 2>/dev/null || true
  return $status
}

await_end() { timeout "$patience" tail -f -s 0.1 --pid="$1" /dev/null; }  # await_end PID

end_processes() {  # end_processes PID...
  local pid
  kill "$@" 2>/dev/null || true
  for pid in "$@"; do
    await_end "$pid" || kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}

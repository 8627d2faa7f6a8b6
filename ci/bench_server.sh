#!/bin/bash
# irc-refd beside ngIRCd and InspIRCd, under the same loads in turn: what is relayed per second of
# the server's processor time, how long a PING and a message take, what a client costs of memory.
#
#   ci/bench_server.sh [--build DIR] [--repeat N]    DIR of irc-refd, build/release by default
#
# The figures are medians of N runs (3), each with a fresh process, the servers taking turns. What
# they are depends on the machine and on what else it does; the ratios are what counts. Behind the
# table irc-refd alone: 10,000 clients, a full channel, a flood. Nothing is asserted; exits 2 if
# something could not be measured.
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)
build_dir=$source_dir/build/release
repeat=3
readonly servers=(irc-refd ngircd inspircd)

say() { echo "bench_server: $*" >&2; }
fail() { say "$*"; exit 2; }
usage() { sed -n '5p' "$0" | sed 's/^# *//' >&2; exit 2; }

# Loads of bench_load, by name, in the order in which they are run.
readonly load_names=(crowd quiet chat pairs channels bursts hall)
declare -rA load_of=(
  [crowd]='idle --clients 1000 --pings 5000'
  [quiet]='idle --clients 20 --pings 5000'
  [chat]='relay --groups 1 --members 10 --messages 2000'
  [pairs]='relay --saturate --groups 50 --members 2 --messages 200000'
  [channels]='relay --saturate --groups 10 --members 10 --messages 500000'
  [bursts]='relay --saturate --groups 10 --members 10 --burst 10 --messages 1000000'
  [hall]='relay --saturate --groups 1 --members 200 --messages 500000'
)
# Rows of the table: its name, the load, the figure, and what of it is better.
readonly rows='
memory per client, 1000 idle (bytes)|crowd|bytes_per_client|less
PING, 1000 idle beside: p50 (us)|crowd|ping_p50_us|less
PING, 1000 idle beside: p99 (us)|crowd|ping_p99_us|less
message, 1000 idle beside: p50 (us)|crowd|message_p50_us|less
message, 1000 idle beside: p99 (us)|crowd|message_p99_us|less
server time of a PING, 1000 idle (us)|crowd|cpu_us_per_ping|less
PING, 20 idle beside: p50 (us)|quiet|ping_p50_us|less
PING, 20 idle beside: p99 (us)|quiet|ping_p99_us|less
message, 20 idle beside: p50 (us)|quiet|message_p50_us|less
message, 20 idle beside: p99 (us)|quiet|message_p99_us|less
message to a channel of 10: p50 (us)|chat|burst_p50_us|less
message to a channel of 10: p99 (us)|chat|burst_p99_us|less
per CPU second: 50 pairs|pairs|per_cpu_s|more
per CPU second: 10 channels of 10|channels|per_cpu_s|more
per CPU second: the same, bursts of 10|bursts|per_cpu_s|more
per CPU second: a channel of 200|hall|per_cpu_s|more
'

# shellcheck source=process.sh
. "$source_dir/ci/process.sh"

# --- Servers ---------------------------------------------------------------------------------

server=  # Its process, while one runs.
end_server() {
  [ -z "$server" ] || end_processes "$server"
  server=
}

clean_up() {
  trap - EXIT INT TERM
  end_server
  rm -rf "$dir"
}

# As ci/servers has it for the others: without flood control and limits of connections.
readonly unthrottled=(--no-throttle --clients 0 --clients-per-address 0 --log-level warning)

free_port() {
  python3 -c 'if True:
    import socket
    with socket.socket() as s:
      s.bind(("127.0.0.1", 0))
      print(s.getsockname()[1])'
}

start_server() {  # start_server NAME [options of irc-refd]: sets server and port
  local name=$1
  shift
  port=$(free_port)
  : >"$dir/log"
  if [ "$name" = irc-refd ]; then
    "$build_dir/irc-refd" --listen "127.0.0.1:$port" "$@" >"$dir/log" 2>&1 &
  else
    rm -rf "${dir:?}/$name"
    "$source_dir/ci/real_servers.sh" serve "$name" "$port" "$dir/$name" >"$dir/log" 2>&1 &
  fi
  server=$!
  await_line "$server" 'listening on|is now running as' "$dir/log" ||
    fail "$name does not start: $(cat "$dir/log")"
}

under_load() {  # under_load LOAD...: prints the figures
  "$build_dir/bench_load" --port "$port" --pid "$server" "$@"
}

# --- Side by side ----------------------------------------------------------------------------

measure_all() {  # into $dir/figures: server, load, figure, value
  local round name load
  for ((round = 1; round <= repeat; ++round)); do
    for load in "${load_names[@]}"; do
      for name in "${servers[@]}"; do
        say "round $round of $repeat: $name: $load"
        start_server "$name" "${unthrottled[@]}"
        # shellcheck disable=SC2086
        under_load ${load_of[$load]} | sed "s/^/$name\t$load\t/" >>"$dir/figures" ||
          fail "$name under $load gave no figures"
        end_server
      done
    done
  done
}

median() {  # median SERVER LOAD FIGURE
  awk -F'\t' -v s="$1" -v l="$2" -v f="$3" '$1 == s && $2 == l && $3 == f {print $4}' \
    "$dir/figures" | sort -g | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

print_table() {
  local row load figure better name values
  printf '%-44s%12s%12s%12s  %s\n' '' "${servers[@]}" 'better than ngircd, inspircd by a factor of'
  while IFS='|' read -r row load figure better; do
    [ -n "$row" ] || continue
    values=()
    for name in "${servers[@]}"; do values+=("$(median "$name" "$load" "$figure")"); done
    awk -v row="$row" -v better="$better" -v a="${values[0]}" -v b="${values[1]}" \
      -v c="${values[2]}" 'BEGIN {
        printf "%-44s%12s%12s%12s  %.2f, %.2f\n", row, a, b, c,
          better == "more" ? a / b : b / a, better == "more" ? a / c : c / a }'
  done <<<"$rows"
}

# --- irc-refd alone --------------------------------------------------------------------------

alone() {  # alone TITLE LOAD...: of the irc-refd that runs
  echo
  echo "irc-refd alone: $1 (${*:2})"
  under_load "${@:2}" | sed 's/^/    /' || fail "no figures"
  end_server
}

while [ $# -gt 0 ]; do
  case $1/$# in
    --build/1 | --repeat/1) usage ;;
    --build/*) build_dir=$(cd "$2" && pwd) ;;
    --repeat/*) repeat=$2 ;;
    *) usage ;;
  esac
  shift 2
done
for program in "$build_dir"/{irc-refd,bench_load}; do
  [ -x "$program" ] || fail "$program is missing; cmake --build $build_dir -t irc-refd bench_load"
done
ulimit -n "$(ulimit -Hn)"
say "$(nproc) processors, $(ulimit -n) descriptors, load $(cut -d' ' -f1-3 /proc/loadavg)"
dir=$(mktemp -d)
trap clean_up EXIT
trap 'exit 130' INT TERM
measure_all
print_table
clients=$(($(ulimit -n) - 100))
start_server irc-refd "${unthrottled[@]}"
alone 'idle clients' idle --clients "$((clients < 10000 ? clients : 10000))" --pings 1000
start_server irc-refd "${unthrottled[@]}"
alone 'a full channel' channel --members 1000 --rate 100 --seconds 10
start_server irc-refd "${unthrottled[@]}"
alone 'a flood, flood control off' flood --pings 2000 --until-cut-off
start_server irc-refd
alone 'a flood, flood control as it is' flood --pings 10 --gap-ms 2100

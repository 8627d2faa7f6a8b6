#!/bin/bash
# Real clients talk to one another through irc-refd, one of them over TLS, and what each prints is
# judged. They are unpacked from the distribution's packages into build/real-clients; nothing is
# installed.
#
#   ci/real_clients.sh [--build DIR]    of irc-refd; build/release by default
#
# irssi runs in a terminal (tmux), weechat-headless is told through its FIFO, python3-irc, sic and
# ii through files. How something is typed into a client and what it prints when another client does
# it stands in ci/clients/CLIENT.tsv. Exits 0 if everything was printed that had to be, 1 if not, 2
# if it could not be tried.
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)
store=${IRC_REAL_CLIENTS_DIR:-$source_dir/build/real-clients}
build_dir=$source_dir/build/release
readonly clients=(irssi weechat python sic ii) over_tls=weechat
readonly things=(welcome tls join names message utf8 notice action topic mode kick part private
  renamed nick quit)

say() { echo "real_clients: $*" >&2; }
fail() { say "$*"; exit 2; }
usage() { sed -n '6p' "$0" | sed 's/^# *//' >&2; exit 2; }
# shellcheck source=unpack.sh
. "$source_dir/ci/unpack.sh"
# shellcheck source=process.sh
. "$source_dir/ci/process.sh"

# By client: the process, the files that it prints to, where it is typed into, and who it is.
declare -A pid_of prints_of input_of nick_of
# By "CLIENT THING": how it is typed, what is printed; what was waited for, what of it came.
declare -A typed printed awaited came

unpack_clients() {
  local plugins
  plugins=usr/lib/$(uname -m)-linux-gnu/weechat/plugins
  unpack_once "$store/irssi" irssi usr/bin/irssi
  unpack_once "$store/weechat" 'weechat-headless weechat-core weechat-plugins' \
    usr/bin/weechat-headless "$plugins"/{fifo,irc,logger}.so
  unpack_once "$store/python" 'python3-irc python3-six'
  unpack_once "$store/sic" sic usr/bin/sic
  unpack_once "$store/ii" ii usr/bin/ii
}

read_tables() {
  local client thing type print
  for client in "${clients[@]}"; do
    while IFS=$'\t' read -r thing type print; do
      typed["$client $thing"]=$type
      printed["$client $thing"]=$print
    done < <(grep -v '^#' "$source_dir/ci/clients/$client.tsv")
    typed["$client utf8"]=${typed["$client message"]}
    printed["$client utf8"]=${printed["$client message"]}
  done
}

# --- Starting and ending ---------------------------------------------------------------------

start() {  # start NAME PROGRAM...: reads from dir/NAME.in, prints to dir/NAME.out
  local name=$1
  shift
  input_of[$name]=$dir/$name.in
  prints_of[$name]=$dir/$name.out
  mkfifo "$dir/$name.in"
  "$@" 0<>"$dir/$name.in" >"$dir/$name.out" 2>&1 &
  pid_of[$name]=$!
}

# In the form that start takes: with the libraries that were unpacked with the client.
client() {  # client NAME PROGRAM...
  local root=$store/$1
  shift
  LD_LIBRARY_PATH=$(library_path "$root") exec "$root/usr/bin/$1" "${@:2}"
}

on_terminal() { tmux -u -S "$dir/tmux" -f /dev/null "$@"; }

start_server() {
  local options=(--listen 127.0.0.1:0)
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=irc-refd \
    -addext subjectAltName=IP:127.0.0.1 -keyout "$dir/key.pem" -out "$dir/cert.pem" 2>/dev/null ||
    fail "openssl makes no certificate"
  if "$build_dir/irc-refd" --help | grep -q -- --tls-listen; then
    options+=(--tls-listen 127.0.0.1:0 --tls-cert "$dir/cert.pem" --tls-key "$dir/key.pem")
  fi
  start irc-refd "$build_dir/irc-refd" "${options[@]}"
  await irc-refd 'listening on' || fail "irc-refd does not listen: $(cat "$dir/irc-refd.out")"
  port=$(port_behind 'listening on')
  tls_port=
  if [ ${#options[@]} -gt 2 ]; then
    await irc-refd 'listening for TLS on' || fail "no TLS: $(cat "$dir/irc-refd.out")"
    tls_port=$(port_behind 'listening for TLS on')
  fi
}

port_behind() { sed -n "s/^irc-refd: $1 .*:\([0-9]*\)\$/\1/p" "$dir/irc-refd.out"; }

start_irssi() {
  mkdir "$dir/irssi"
  cat >"$dir/irssi/config" <<END
settings = {
  "fe-common/core" = { autocreate_windows = "no"; autocreate_query_level = "NONE";
                       autocreate_own_query = "no"; };
  "fe-text" = { paste_verify_line_count = "0"; paste_join_multiline = "no"; };
};
END
  echo "WINDOW LOG ON $dir/irssi.out" >"$dir/irssi/startup"
  : >"$dir/irssi.out"
  prints_of[irssi]=$dir/irssi.out
  on_terminal new-session -d -x 150 -y 50 env LD_LIBRARY_PATH="$(library_path "$store/irssi")" \
    "$store/irssi/usr/bin/irssi" --home="$dir/irssi" -c 127.0.0.1 -p "$port" -n irssi
  pid_of[irssi]=$(on_terminal display-message -p '#{pane_pid}')
}

start_weechat() {
  local home=$dir/weechat name ssl=off
  [ -z "$tls_port" ] || ssl=on
  mkdir "$home"
  printf '[file]\nenabled = on\npath = "%s"\n' "$home/in" >"$home/fifo.conf"
  cat >"$home/logger.conf" <<END
[look]
backlog = 0
[file]
flush_delay = 0
info_lines = off
path = "$home"
time_format = ""
END
  cat >"$home/irc.conf" <<END
[server]
refd.addresses = "127.0.0.1/${tls_port:-$port}"
refd.nicks = "weechat"
refd.autoconnect = on
refd.ssl = $ssl
[look]
display_join_message = "329,332,333,353,366"
END
  printf '[network]\ngnutls_ca_system = off\ngnutls_ca_user = "%s"\n' "$dir/cert.pem" \
    >"$home/weechat.conf"
  for name in server.refd "${clients[@]/#/refd.#}" "${clients[@]/#/refd.}"; do
    prints_of[weechat]+=" $home/irc.$name.weechatlog"
  done
  # shellcheck disable=SC2086  # a list of words
  touch ${prints_of[weechat]}
  input_of[weechat]=$home/in
  WEECHAT_EXTRA_LIBDIR=$(echo "$store"/weechat/usr/lib/*/weechat) \
    client weechat weechat-headless -d "$home" -P fifo,irc,logger >"$dir/weechat.out" 2>&1 &
  pid_of[weechat]=$!
}

start_python() {
  start python env PYTHONPATH="$store/python/usr/lib/python3/dist-packages" \
    python3 "$source_dir/ci/clients/python_irc.py" 127.0.0.1 "$port" python
}

start_sic() { start sic client sic sic -h 127.0.0.1 -p "$port" -n sic; }

start_ii() {
  local home=$dir/ii/127.0.0.1 name
  for name in '' "${clients[@]/#/#}" "${clients[@]}"; do
    mkdir -p "$home/$name"
    prints_of[ii]+=" $home/${name:+$name/}out"
  done
  # shellcheck disable=SC2086
  touch ${prints_of[ii]}
  input_of[ii]=$home/in
  client ii ii -i "$dir/ii" -s 127.0.0.1 -p "$port" -n ii >"$dir/ii.out" 2>&1 &
  pid_of[ii]=$!
}

end_all() {
  trap - EXIT INT TERM
  end_processes "${pid_of[@]}"
  on_terminal kill-server 2>/dev/null || true
  rm -rf "$dir"
}

# --- Typing and judging ----------------------------------------------------------------------

filled() {  # filled TEMPLATE NICK CHANNEL OTHER TEXT
  local text=$1
  text=${text//'{nick}'/$2}
  text=${text//'{channel}'/$3}
  text=${text//'{other}'/$4}
  printf '%s' "${text//'{text}'/$5}"
}

type_in() {  # type_in CLIENT LINE
  local line
  line=$(printf '%b' "$2")
  case $1 in
    irssi) on_terminal send-keys -l -- "$line" \; send-keys Enter ;;
    weechat) printf 'irc.server.refd *%s\n' "$line" 1<>"${input_of[weechat]}" ;;
    *) printf '%s\n' "$line" 1<>"${input_of[$1]}" ;;
  esac
}

# Waits until NAME has printed a line like PATTERN; in vain when its process has ended.
await() {  # await NAME PATTERN
  # shellcheck disable=SC2086
  await_line "${pid_of[$1]}" "$2" ${prints_of[$1]}
}

judge() {  # judge CLIENT THING PATTERN; "-" is for what a client never prints
  local key="$1 $2"
  [ "$3" != - ] || return 0
  awaited[$key]=$((${awaited[$key]-0} + 1))
  if await "$1" "$3"; then
    came[$key]=$((${came[$key]-0} + 1))
    return
  fi
  say "not ok: $1 does not print $2, which would look like: $3; the last of what it printed:"
  # shellcheck disable=SC2086
  tail -q -n 3 ${prints_of[$1]} | sed "s/^/    $1: /" >&2
}

# ACTOR does THING, and each of LISTENERS has to print it.
act() {  # act ACTOR THING CHANNEL OTHER TEXT LISTENER...
  local actor=$1 thing=$2 listener
  local values=("${nick_of[$1]}" "${@:3:3}")
  type_in "$actor" "$(filled "${typed["$actor $thing"]}" "${values[@]}")"
  for listener in "${@:6}"; do
    judge "$listener" "$thing" "$(filled "${printed["$listener $thing"]}" "${values[@]}")"
  done
}

others() {  # others CLIENT: from the one behind it, in turn
  local i n=${#clients[@]}
  for ((i = 0; i < n; ++i)); do
    [ "${clients[i]}" != "$1" ] || break
  done
  echo "${clients[@]:i+1}" "${clients[@]:0:i}"
}

register() {
  local client
  for client in "${clients[@]}"; do
    nick_of[$client]=$client
    "start_$client"
  done
  for client in "${clients[@]}"; do
    judge "$client" welcome "$(filled "${printed["$client welcome"]}" "$client" '' '' '')"
  done
  if [ -n "$tls_port" ]; then
    judge "$over_tls" tls "${printed["$over_tls tls"]}"
  else
    awaited["$over_tls tls"]=1
    say "not ok: this irc-refd has no TLS"
  fi
}

# A channel of ACTOR's own, in which it does everything that can be done in one.
talk_in_channel() {  # talk_in_channel ACTOR
  local actor=$1 channel="#$1" present=("$1") joiner member rest
  read -ra rest < <(others "$actor")
  act "$actor" join "$channel" '' '' "$actor"
  for joiner in "${rest[@]}"; do
    present+=("$joiner")
    act "$joiner" join "$channel" '' '' "${present[@]}"
  done
  for member in "${present[@]}"; do
    judge "$joiner" names "$(filled "${printed["$joiner names"]}" "$member" "$channel" '' '')"
  done
  act "$actor" message "$channel" '' "first words of $actor" "${rest[@]}"
  act "$actor" utf8 "$channel" '' "Grüße, 世界, ψυχή, $actor" "${rest[@]}"
  act "$actor" notice "$channel" '' "notice of $actor" "${rest[@]}"
  act "$actor" action "$channel" '' "waves as $actor" "${rest[@]}"
  act "$actor" topic "$channel" '' "topic of $actor" "${present[@]}"
  act "$actor" mode "$channel" "$joiner" '' "${present[@]}"
  act "$actor" kick "$channel" "$joiner" "kicked by $actor" "${rest[@]}"
  act "$actor" part "$channel" '' "parting of $actor" "${rest[@]:0:${#rest[@]}-1}"
}

talk() {
  local actor other rest
  for actor in "${clients[@]}"; do talk_in_channel "$actor"; done
  for actor in "${clients[@]}"; do
    for other in $(others "$actor"); do
      act "$actor" private '' "$other" "between $actor and $other" "$other"
    done
  done
  for actor in "${clients[@]}"; do
    read -ra rest < <(others "$actor")
    act "$actor" renamed '' '' "${actor}_2" "$actor"
    for other in "${rest[@]}"; do
      judge "$other" nick "$(filled "${printed["$other nick"]}" "$actor" '' '' "${actor}_2")"
    done
    nick_of[$actor]=${actor}_2
  done
}

leave() {
  local i
  for ((i = 0; i < ${#clients[@]}; ++i)); do
    act "${clients[i]}" quit '' '' "parting words of ${clients[i]}" "${clients[@]:i+1}"
    await_end "${pid_of[${clients[i]}]}" || say "${clients[i]} goes on after it has quit"
  done
}

report() {
  local thing client key cell wanted=0 got=0
  printf '%-9s' ''
  printf '%-9s' "${clients[@]}"
  for thing in "${things[@]}"; do
    printf '\n%-9s' "$thing"
    for client in "${clients[@]}"; do
      key="$client $thing"
      cell=-
      if [ -n "${awaited[$key]-}" ]; then
        cell=${came[$key]-0}/${awaited[$key]}
        wanted=$((wanted + ${awaited[$key]}))
        got=$((got + ${came[$key]-0}))
      fi
      printf '%-9s' "$cell"
    done
  done
  printf '\n%s of %s printed\n' "$got" "$wanted"
  [ "$got" = "$wanted" ]
}

case $#/${1-} in
  0/) ;;
  2/--build) build_dir=$(cd "$2" && pwd) ;;
  *) usage ;;
esac
[ -x "$build_dir/irc-refd" ] || fail "$build_dir/irc-refd is missing; ci/quickstart.sh builds it"
for program in tmux openssl python3; do
  command -v "$program" >/dev/null || fail "needs $program"
done
export LC_ALL=C.UTF-8
unpack_clients
read_tables
dir=$(mktemp -d)
trap end_all EXIT
trap 'exit 130' INT TERM
start_server
register
talk
leave
report

#!/bin/bash
# Runs the suite against production servers, unpacked from the distribution's packages into
# build/real-servers; nothing is installed.
#
#   ci/real_servers.sh run NAME [irc-conform options]   the suite (or a subcommand) against NAME
#   ci/real_servers.sh serve NAME PORT DIR              NAME in the foreground, its files in DIR
#
# NAME: ngircd, inspircd, hybrid; ngircd:stock leaves it its own limits. The results we know were
# measured on Debian 12's versions.
set -euo pipefail

source_dir=$(cd "$(dirname "$0")/.." && pwd)
store=${IRC_REAL_SERVERS_DIR:-$source_dir/build/real-servers}

say() { echo "real_servers: $*" >&2; }
fail() { say "$*"; exit 2; }
usage() { sed -n '5,9s/^# \{0,3\}//p' "$0" >&2; exit 2; }
# shellcheck source=unpack.sh
. "$source_dir/ci/unpack.sh"

package_of() {
  case $1 in
    ngircd | ngircd:stock) echo ngircd ;;
    inspircd) echo inspircd ;;
    hybrid) echo ircd-hybrid ;;
    *) usage ;;
  esac
}

known_version_of() {
  case $1 in
    ngircd) echo 26.1 ;;
    inspircd) echo 3.15.0 ;;
    hybrid) echo 8.2.43 ;;
  esac
}

report_version() {
  local version known
  version=$(cat "$store/$1.version")
  known=$(known_version_of "$1")
  case $version in
    *"$known"*) say "$1 $version" ;;
    *) say "$1 $version; the known results are those of $known" ;;
  esac
}

# With ":stock" behind the name, what stands below a line "# Lifted: ..." is left out.
write_configuration() {  # write_configuration NAME[:stock] PORT DIR
  local text file=$source_dir/ci/servers/${1%:stock}.conf
  case $1 in
    *:stock) text=$(sed '/# Lifted:/{N;d}' "$file") ;;
    *) text=$(cat "$file") ;;
  esac
  text=${text//'{port}'/"$2"}
  text=${text//'{dir}'/"$3"}
  text=${text//'{root}'/"$store/${1%:stock}"}
  printf '%s\n' "$text" >"$3/${1%:stock}.conf"
}

# Hybrid loads its modules from /usr/lib/ircd-hybrid and refuses to be root. A private mount
# namespace lays the unpacked package over /usr/lib. Root then becomes nobody, who may still read
# and write what root may; a user, whom a namespace made root for the mount, takes another id in a
# second one.
exec_over_usr_lib() {  # exec_over_usr_lib ROOT COMMAND...
  local enter=(unshare --mount)
  local leave=(setpriv --reuid=nobody --regid=nogroup --clear-groups
    --inh-caps=+dac_override --ambient-caps=+dac_override)
  if [ "$(id -u)" != 0 ]; then
    enter=(unshare --user --map-root-user --mount)
    leave=(unshare --user --map-user=1000 --map-group=1000)
  fi
  "${enter[@]}" true || fail "hybrid needs a mount namespace, which is not allowed here"
  # shellcheck disable=SC2016  # the inner shell expands them
  exec "${enter[@]}" sh -c '
    mount -t overlay -o "lowerdir=$0/usr/lib:/usr/lib" overlay /usr/lib && exec "$@"' \
    "$1" "${leave[@]}" "${@:2}"
}

serve() {  # serve NAME PORT DIR: becomes the server
  local root=$store/${1%:stock} dir
  mkdir -p "$3"
  dir=$(cd "$3" && pwd)
  write_configuration "$1" "$2" "$dir"
  export LD_LIBRARY_PATH
  LD_LIBRARY_PATH=$(library_path "$root")
  case ${1%:stock} in
    ngircd) exec "$root/usr/sbin/ngircd" --nodaemon --config "$dir/ngircd.conf" ;;
    inspircd)
      exec "$root/usr/sbin/inspircd" --nofork --nolog --runasroot --config "$dir/inspircd.conf"
      ;;
    hybrid)
      [ -e /etc/services ] || fail "hybrid crashes without /etc/services; install netbase"
      exec_over_usr_lib "$root" "$root/usr/sbin/ircd-hybrid" -foreground \
        -configfile "$dir/hybrid.conf" -logfile "$dir/ircd.log" -pidfile "$dir/ircd.pid" \
        -klinefile "$dir/kline.db" -dlinefile "$dir/dline.db" \
        -xlinefile "$dir/xline.db" -resvfile "$dir/resv.db"
      ;;
  esac
}

run() {  # run NAME [irc-conform options]
  local name=$1 program=$source_dir/build/release/irc-conform spawn
  shift
  spawn="$(printf %q "$source_dir/ci/real_servers.sh") serve $name {port} {dir}"
  [ -x "$program" ] || fail "$program is missing; ci/quickstart.sh builds it"
  report_version "${name%:stock}"
  exec "$program" "$@" --oper root:toor --spawn "$spawn"
}

[ $# -ge 2 ] || usage
action=$1
shift
package=$(package_of "$1")
case $action/$# in
  run/* | serve/3)
    unpack_once "$store/${1%:stock}" "$package" "usr/sbin/$package"
    "$action" "$@"
    ;;
  *) usage ;;
esac

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

# Where the libraries of an unpacked package lie, in the form of LD_LIBRARY_PATH.
library_path() {
  find "$1" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:
}

missing_libraries() {
  LD_LIBRARY_PATH=$(library_path "$1") ldd "$1/usr/sbin/$2" | awk '/not found/ {print $1}'
}

library_dependencies() {
  apt-cache depends --important "$@" |
    awk '/Depends: (lib|zlib)/ && !/-perl$/ {print $2}' | sort -u
}

unpack() {  # unpack PACKAGE ROOT
  local debs=$2.debs
  mkdir -p "$debs" "$2"
  (cd "$debs" && apt-get -q -o APT::Sandbox::User=root download "$1" >download.log 2>&1) ||
    fail "cannot download $1; is 'apt-get update' due? $(tail -n 1 "$debs/download.log")"
  dpkg-deb -x "$debs/$1"_*.deb "$2"
}

# Unpacks the dependencies of PACKAGE level by level, until its program finds all libraries.
unpack_libraries() {  # unpack_libraries PACKAGE ROOT
  local level=$1 dependency
  while [ -n "$(missing_libraries "$2" "$1")" ]; do
    # shellcheck disable=SC2086  # a list of words
    level=$(library_dependencies $level)
    [ -n "$level" ] || fail "no package has these: $(missing_libraries "$2" "$1" | paste -sd' ')"
    for dependency in $level; do
      dpkg-query -W -f '${Status}' "$dependency" 2>/dev/null | grep -q ' installed$' ||
        unpack "$dependency" "$2"
    done
  done
}

refresh_package_lists() {
  apt-cache show "$1" >/dev/null 2>&1 && return
  [ "$(id -u)" = 0 ] || fail "apt knows no package $1; run 'apt-get update' as root first"
  apt-get -q update >&2
  apt-cache show "$1" >/dev/null 2>&1 || fail "this distribution has no package $1"
}

download() {  # download NAME: nothing if it was done before
  local package root=$store/$1
  package=$(package_of "$1")
  [ ! -e "$root.version" ] || return 0
  command -v apt-get dpkg-deb >/dev/null || fail "needs apt-get and dpkg-deb to unpack $package"
  say "unpacking $package into $root"
  refresh_package_lists "$package"
  rm -rf "$root" "$root.debs"
  unpack "$package" "$root"
  unpack_libraries "$package" "$root"
  dpkg-deb -f "$root.debs/$package"_*.deb Version >"$root.version"
}

# The servers of one run may be started at the same time; the first downloads.
download_once() {
  mkdir -p "$store"
  (
    flock 9
    download "$1"
  ) 9>"$store/$1.lock"
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
package_of "$1" >/dev/null
case $action/$# in
  run/* | serve/3)
    download_once "${1%:stock}"
    "$action" "$@"
    ;;
  *) usage ;;
esac

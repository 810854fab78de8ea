# Installs Debian packages. Read by the scripts beside it; not to be run.
# INSTALL is "ask" (before sudo is used, once, if a person is there to answer), "yes" or "no".
INSTALL=${INSTALL:-ask}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Whether the packages may be installed.
may_install() {
  local answer
  if [ "$INSTALL" = ask ] && [ "${CI:-}" != true ] && [ "$(id -u)" != 0 ] && [ -t 0 ]; then
    read -r -p "Install $* with sudo apt-get? [Y/n] " answer
    case $answer in '' | [Yy]*) INSTALL=yes ;; *) INSTALL=no ;; esac
  fi
  [ "$INSTALL" != no ] && command -v apt-get > /dev/null
}

install_packages() {
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > /dev/null
}

# Installs commands that are missing, from the packages of the same names.
require_commands() {
  local name missing=()
  for name in "$@"; do command -v "$name" > /dev/null || missing+=("$name"); done
  [ "${#missing[@]}" -gt 0 ] || return 0
  may_install "${missing[@]}" || { echo "missing: ${missing[*]}" >&2; exit 1; }
  echo "installing ${missing[*]}" >&2
  install_packages "${missing[@]}"
}

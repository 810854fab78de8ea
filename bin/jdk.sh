# Sets JAVA_HOME to a JDK 25 or newer, whatever `java` is, and gets one where there is none: the distribution's package, else
# Temurin from Adoptium into the user's cache. Read by the scripts beside it; not to be run.
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

jdk_cache=${XDG_CACHE_HOME:-$HOME/.cache}/keyswitch
jdk_package=openjdk-25-jdk-headless
# Another address is used where Adoptium is mirrored.
adoptium=${KEYSWITCH_ADOPTIUM_API:-https://api.adoptium.net}

jdk_version() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null
}

if [ -n "${KEYSWITCH_JAVA_HOME:-}" ]; then
  jdk_named=$(jdk_version "$KEYSWITCH_JAVA_HOME") || jdk_named=
  if [ "${jdk_named:-0}" -lt 25 ]; then
    echo "keyswitch: KEYSWITCH_JAVA_HOME is $KEYSWITCH_JAVA_HOME, where there is no JDK 25 or newer: correct it, or remove it" >&2
    exit 2
  fi
fi

find_jdk() {
  local candidate version
  for candidate in "${KEYSWITCH_JAVA_HOME:-}" "${JAVA_HOME:-}" ${KEYSWITCH_JDK_DIRECTORY:-/usr/lib/jvm}/* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$jdk_cache"/jdk-* "$jdk_cache"/jdk-*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate") || continue
    if [ "${version:-0}" -ge 25 ]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

install_jdk_package() {
  command -v apt-cache > /dev/null || return 1
  apt-cache policy "$jdk_package" 2> /dev/null | grep -q 'Candidate: [0-9]' || return 1
  may_install "$jdk_package" || return 1
  echo "keyswitch: no JDK 25 found; installing $jdk_package" >&2
  install_packages "$jdk_package"
}

fetch() {
  if command -v curl > /dev/null; then curl -fsSL --retry 2 -o "$2" "$1"; else wget -q -O "$2" "$1"; fi
}

sha256() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# The value of a field of the archive that Adoptium's answer describes; an installer may be described before it.
archive_field() {
  tr -d '\n' < "$1" | sed 's/.*"package": *{//; s/}.*//' | sed -n "s/.*\"$2\": *\"\([^\"]*\)\".*/\1/p"
}

download_jdk() {
  local os arch new link
  case $(uname -s) in Linux) os=linux ;; Darwin) os=mac ;; *) return 1 ;; esac
  case $(uname -m) in x86_64 | amd64) arch=x64 ;; aarch64 | arm64) arch=aarch64 ;; *) return 1 ;; esac
  echo "keyswitch: no JDK 25 found; downloading Temurin 25 (200 MB) from $adoptium into $jdk_cache" >&2
  mkdir -p "$jdk_cache"
  new=$(mktemp -d "$jdk_cache/new.XXXXXX")
  # shellcheck disable=SC2064  # The directory of now.
  trap "rm -rf '$new'" EXIT
  fetch "$adoptium/v3/assets/latest/25/hotspot?architecture=$arch&image_type=jdk&os=$os&vendor=eclipse" "$new/assets.json" || return 1
  link=$(archive_field "$new/assets.json" link)
  [ -n "$link" ] && fetch "$link" "$new/jdk.tar.gz" || return 1
  if [ "$(sha256 "$new/jdk.tar.gz")" != "$(archive_field "$new/assets.json" checksum)" ]; then
    echo "keyswitch: the download is damaged: its SHA-256 is not the one that Adoptium states" >&2
    return 1
  fi
  mkdir "$new/jdk" && tar -xzf "$new/jdk.tar.gz" -C "$new/jdk" --strip-components=1 || return 1
  rm -rf "$jdk_cache/jdk-25" && mv "$new/jdk" "$jdk_cache/jdk-25"
  rm -rf "$new"
  trap - EXIT
}

JAVA_HOME=$(find_jdk) || { (install_jdk_package || download_jdk) && JAVA_HOME=$(find_jdk); } || {
  echo "keyswitch: JDK 25 or newer is missing and could not be had: install one (for example Temurin 25), or set KEYSWITCH_JAVA_HOME to it" >&2
  exit 1
}

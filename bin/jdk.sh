# Sets JAVA_HOME to a JDK 25 or newer, whatever `java` is. Read by the scripts beside it; not to be run.

jdk_version() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2> /dev/null
}

find_jdk() {
  local candidate version
  for candidate in "${KEYSWITCH_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    version=$(jdk_version "$candidate") || continue
    if [ "${version:-0}" -ge 25 ]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

JAVA_HOME=$(find_jdk) || {
  echo "keyswitch: JDK 25 or newer is missing: install one (for example Temurin 25), or set KEYSWITCH_JAVA_HOME to it" >&2
  exit 1
}

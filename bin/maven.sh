# Runs Maven: the one that is installed, else one that the wrapper downloads. Read by the scripts beside it; not to be run.

if ! command -v mvn > /dev/null; then
  mvn() {
    "$(dirname "${BASH_SOURCE[0]}")/../mvnw" "$@"
  }
  echo "keyswitch: Maven is not installed; its wrapper downloads it once into ~/.m2" >&2
fi

# Shared by .ci/run and .ci/long.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DEBIAN_FRONTEND=noninteractive
broken=0

step() { printf '\n== %s\n' "$*"; }

# Runs a command; a failure is remembered and counted at the end, the rest still runs.
check() {
  "$@" </dev/null || { echo "FAILED: $*"; broken=$((broken + 1)); }
}

# Installs Debian packages that are not there yet.
install_peers() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=''
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -q >/dev/null && $sudo apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null </dev/null \
    || { echo "FAILED: could not install ${missing[*]}"; broken=$((broken + 1)); }
}

# Sums the counters of the trx files; a step that failed outside the tests counts as one failure. Exits 0 only without failures.
finish() {
  local total=0 executed=0 passed=0 file counters
  for file in "$1"/*.trx; do
    [ -e "$file" ] || continue
    counters=$(grep -o '<Counters [^>]*>' "$file" | head -n 1)
    total=$((total + $(counter total)))
    executed=$((executed + $(counter executed)))
    passed=$((passed + $(counter passed)))
  done
  local failed=$((executed - passed)) skipped=$((total - executed))
  # A failed test run has been remembered as a broken step too; it must not count twice.
  [ "$failed" -gt 0 ] && [ "$broken" -gt 0 ] && broken=$((broken - 1))
  [ "$executed" -eq 0 ] && broken=$((broken + 1))
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$((failed + broken))" "$skipped"
  [ $((failed + broken)) -eq 0 ]
}

counter() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }

# Shared by .ci/run and .ci/long.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DEBIAN_FRONTEND=noninteractive
broken=0
peers=(openssl curl tshark sip-tester kamailio kamailio-tls-modules kamailio-presence-modules knot krb5-kdc krb5-admin-server krb5-user libgssapi-krb5-2 faketime bitlbee-libpurple pidgin-sipe libpurple-dev libjson-glib-dev libxml2-dev gcc libc6-dev make pkg-config iproute2)

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
  # RUNLEVEL=1: their services are not started; the tests start what they need on ports of their own.
  $sudo apt-get update -q >/dev/null && $sudo env RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null </dev/null \
    || { echo "FAILED: could not install ${missing[*]}"; broken=$((broken + 1)); }
}

# The bytes of the test data are those of the RFCs, by their digests; where the reference data stand beside the project, byte for byte.
check_torture_messages() {
  (cd tests/UcSdk.Sip.Tests/Data && sha256sum --quiet -c ../Data.sha256) || return 1
  [ ! -d ../shared/data ] || diff -r ../shared/data tests/UcSdk.Sip.Tests/Data
}

# fuzz COUNT TARGET...: every target from a fresh seed, which a finding names; as many at once as there are processors.
fuzz() {
  local count=$1
  shift
  printf '%s\n' "$@" | xargs -P "$(nproc)" -I TARGET bash -c '
    seed=$(od -An -N4 -tu4 /dev/urandom | tr -d " ")
    said=$(dotnet run --no-build --project fuzz/UcSdk.Fuzz -- TARGET --seed "$seed" --count "$1" 2>&1 </dev/null) || { printf "%s\nFAILED: fuzz TARGET --seed %s --count %s\n" "$said" "$seed" "$1"; exit 1; }
    printf "%s\n" "$said"' fuzz "$count" || broken=$((broken + 1))
}

# Names every failed test of the trx files again, with what it said, where one looks first: at the end.
failures() {
  local file
  for file in "$1"/*.trx; do
    [ -e "$file" ] && awk '
      /<UnitTestResult / { failed = /outcome="Failed"/; if (failed && match($0, / testName="[^"]*"/)) print "\nFAILED: " substr($0, RSTART + 11, RLENGTH - 12) }
      failed && /<ErrorInfo>/ { said = 1 }
      failed && said { print }
      /<\/ErrorInfo>/ { said = 0 }' "$file"
  done
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
  failures "$1"
  [ "$executed" -eq 0 ] && broken=$((broken + 1))
  printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$((failed + broken))" "$skipped"
  [ $((failed + broken)) -eq 0 ]
}

counter() { printf '%s' "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }

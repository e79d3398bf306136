# Shared by demo.sh, test.sh and bench/: sourced, never run.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
LIAISON_DLL="${LIAISON_DLL:-artifacts/bin/Liaison.Cli/release/liaison.dll}"

fail() { printf '%s\n' "$*" >&2; exit 1; }

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 || fail "The .NET 10 SDK is needed and \`dotnet\` is not on the PATH; see https://dot.net."
  case "$(dotnet --version 2>/dev/null || true)" in
    10.*|1[1-9].*) ;;
    *) fail "The .NET 10 SDK is needed; this machine has $(dotnet --version 2>/dev/null || echo 'none that fits global.json')." ;;
  esac
}

# Builds quietly; on failure shows what the compiler said.
quiet_build() {
  local log
  log="$(mktemp)"
  if ! dotnet build "$@" --configuration Release --verbosity quiet >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    fail "The build failed."
  fi
  rm -f "$log"
}

build_cli() {
  printf 'Building …\n'
  quiet_build src/Liaison.Cli/Liaison.Cli.csproj
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# install COMMAND PACKAGE...: makes sure that COMMAND is there, by apt where the machine has it.
install_command() {
  local command="$1"
  shift
  command -v "$command" >/dev/null 2>&1 && return 0
  if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    printf 'Installing %s …\n' "$*"
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null && return 0
  fi
  fail "\`$command\` is missing; install $* and run this again."
}

# Tests start servers of their own out of PostgreSQL's programs, which Debian keeps off the PATH.
has_postgres() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1
}

# Debian's package would make and start a server for the whole machine: that is not ours to do.
install_postgres() {
  has_postgres && return 0
  if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    printf 'Installing postgresql …\n'
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] \
      || printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null || true
  fi
  has_postgres && return 0
  [ "${CI:-}" != true ] || fail "PostgreSQL 15 or newer is missing; install it and run this again."
  printf 'PostgreSQL 15 or newer is missing and cannot be installed here: its tests will be skipped.\n' >&2
}

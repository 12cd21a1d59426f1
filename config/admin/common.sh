# shellcheck shell=sh
# What the admin scripts share; they read it, it is not run by itself.
#
# ICCR_URL           the registry's address; http://127.0.0.1:8080 if unset
# ICCR_TOKEN         the bearer token, or instead of it
# ICCR_CURL_CONFIG   a curl config file that holds the Authorization header, as config/curl.conf.example shows
#
# The token reaches curl on its standard input or in that file: never on a command line, where ps(1) would show it.

set -eu
LC_ALL=C
export LC_ALL
program=${0##*/}
url=${ICCR_URL:-http://127.0.0.1:8080}
url=${url%/}

fail() {
  printf '%s: %s\n' "$program" "$1" >&2
  exit "${2:-1}"
}

# Each script sets `synopsis` to its arguments.
usage() {
  fail "usage: $program ${synopsis:-}" 2
}

# Prints the usage on standard output if it is asked for.
if [ "${1:-}" = --help ]; then
  printf 'usage: %s %s\n' "$program" "${synopsis:-}"
  exit 0
fi

# An identifier goes into a URL's path: nothing but its own characters may.
check_id() {
  case $1 in
    icc_*[!0-9a-z]* | '' ) fail "\"$1\" is not an ICC identifier: icc_ and 26 letters and digits" 2 ;;
    icc_??????????????????????????) ;;
    *) fail "\"$1\" is not an ICC identifier: icc_ and 26 letters and digits" 2 ;;
  esac
}

# Prints a text as a JSON string. Control characters, which no value of an ICC may hold, are refused here.
json_string() {
  case $1 in
    *[[:cntrl:]]*) fail "a value holds a control character" 2 ;;
  esac
  printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

credentials() {
  if [ -n "${ICCR_TOKEN:-}" ]; then
    case $ICCR_TOKEN in
      *[!A-Za-z0-9_-]*) fail "ICCR_TOKEN holds characters that no token has" 2 ;;
    esac
    printf 'header = "Authorization: Bearer %s"\n' "$ICCR_TOKEN"
  elif [ -n "${ICCR_CURL_CONFIG:-}" ]; then
    cat -- "$ICCR_CURL_CONFIG" || fail "cannot read ICCR_CURL_CONFIG" 2
  else
    fail "set ICCR_TOKEN, or ICCR_CURL_CONFIG to a curl config file with the Authorization header" 2
  fi
}

# request PATH [CURL OPTION…]: prints the answer's content; any status but 2xx ends the script with the problem on
# standard error.
request() {
  path=$1
  shift
  configuration=$(credentials)
  answer=$(mktemp)
  trap 'rm -f -- "$answer"' EXIT
  status=$(printf '%s\n' "$configuration" | curl -q --config - --silent --show-error --globoff --proto '=http,https' \
    --max-time 30 --output "$answer" --write-out '%{http_code}' "$@" -- "$url$path") ||
    fail "no answer from $url"
  case $status in
    2??) cat -- "$answer" ;;
    *)
      cat -- "$answer" >&2
      printf '\n' >&2
      fail "the registry answered $status"
      ;;
  esac
  rm -f -- "$answer"
}

# shellcheck shell=sh
# What the admin scripts share; they read it, it is not run by itself. They need curl and jq.
#
# ICCR_URL           the registry's address; http://127.0.0.1:8080 if unset
# ICCR_TOKEN         the bearer token, or instead of it
# ICCR_CURL_CONFIG   a curl config file with the Authorization header, as config/curl.conf.example shows
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

# Prints the usage and the script's first comment on standard output if it is asked for.
if [ "${1:-}" = --help ]; then
  printf 'usage: %s %s\n\n' "$program" "${synopsis:-}"
  sed -n '2,/^[^#]/ { /^# shellcheck/d; s/^# //p; }' "$0"
  cat <<END

Without --json the output is a table. ICCR_URL is the registry's address (default http://127.0.0.1:8080), ICCR_TOKEN the
token; or ICCR_CURL_CONFIG is a curl configuration file with the Authorization header.
END
  exit 0
fi

command -v jq >/dev/null || fail "jq was not found. Install it: apt-get install jq"

# Takes --json out of the arguments, unless it is the value of an option.
json=
previous=
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  count=$((count - 1))
  case $argument,$previous in
    --json, | --json,[!-]* | --json,--dry-run | --json,--deleted | --json,--usable) json=yes ;;
    *) set -- "$@" "$argument" ;;
  esac
  previous=$argument
done

# An identifier is part of a URL's path: only its own characters are allowed.
check_id() {
  case $1 in
    icc_*[!0-9a-z]* | '' ) fail "\"$1\" is not an ICC identifier: icc_ and 26 letters and digits" 2 ;;
    icc_??????????????????????????) ;;
    *) fail "\"$1\" is not an ICC identifier: icc_ and 26 letters and digits" 2 ;;
  esac
}

# Prints the field that an option sets.
field_of() {
  case $1 in
    --name) echo name ;;
    --session-name) echo sessionName ;;
    --bucket) echo bucketName ;;
    --user-arn) echo userArn ;;
    --prefix) echo prefix ;;
    --kms-key-arn) echo kmsKeyArn ;;
    --description) echo description ;;
    --bucket-owner) echo bucketOwner ;;
    --filename) echo filenames ;;
    *) return 1 ;;
  esac
}

# with_field JSON FIELD VALUE: prints the object with one more field, a string; a filename is added to the list, and an
# empty one leaves it as it is. No value of an ICC has control characters.
with_field() {
  case $3 in
    *[[:cntrl:]]*) fail "a value contains a control character" 2 ;;
  esac
  printf '%s' "$1" | jq -c --arg field "$2" --arg value "$3" \
    'if $field == "filenames" then .filenames += [$value | select(. != "")] else .[$field] = $value end'
}

credentials() {
  if [ -n "${ICCR_TOKEN:-}" ]; then
    case $ICCR_TOKEN in
      *[!A-Za-z0-9_-]*) fail "ICCR_TOKEN contains characters that no token has" 2 ;;
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
      print_answer print_problem <"$answer" >&2
      fail "the registry answered $status"
      ;;
  esac
  rm -f -- "$answer"
}

# The cell of a table for a value. A control character is replaced, so that no text can move the cursor of a terminal.
# shellcheck disable=SC2016 # jq's own variables
jq_cell='
  def cell:
    if . == null then ""
    elif type == "array" then map(cell) | join(", ")
    else tostring | gsub("\\p{Cc}"; "?")
    end;
  def cell_or_dash: cell | if . == "" then "-" else . end;
  def with_hint($text): [$text, .hint] | map(select(. != null)) | join(" ") | cell;
'

# Prints lines of cells, which tabs separate, in columns. Only the last cell may have characters beyond ASCII.
align() {
  # shellcheck disable=SC2016 # awk's own variables
  awk -F '\t' '
    {
      line[NR] = $0
      for (i = 1; i < NF; i++) if (length($i) > width[i]) width[i] = length($i)
    }
    END {
      for (n = 1; n <= NR; n++) {
        count = split(line[n], cell, "\t")
        out = ""
        for (i = 1; i < count; i++) out = out sprintf("%s%*s", cell[i], width[i] - length(cell[i]) + 2, "")
        print out cell[count]
      }
    }'
}

# Prints an ICC: its fields with a value, then its warnings.
print_icc() {
  # shellcheck disable=SC2016 # jq's own variables
  jq -r "$jq_cell"'
    . as $icc
    | (("id", "name", "description", "organisation", "status", "enabled", "usable", "notUsableBecause", "userArn",
        "sessionName", "bucketName", "bucketOwner", "prefix", "filenames", "kmsKeyArn", "externalId", "pendingExternalId", "principal",
        "lastVerification.verdict", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt")
        | [., (. as $name | $icc | getpath($name / ".") | cell)] | select(.[1] != "")),
      (.warnings[] | ["warning", with_hint(.detail)])
    | join("\t")' | align
}

# Prints a problem: its code, what is wrong, and each of its errors.
print_problem() {
  jq -r "$jq_cell"'
    "\(.code): \(.title) \(.detail)",
    (.errors[]? | "  \(.pointer // .parameter // .header // ""): " + with_hint(.detail)),
    (.usages[]? | "  \(.key) until \(.expiresAt) \(.description)"),
    "  request \(.requestId)"
    | cell' 2>/dev/null || printf 'the response is not from the registry\n'
}

# Prints the answer of the registry: unchanged with --json, otherwise by the given function.
print_answer() {
  if [ -n "$json" ]; then cat; echo; else "$1"; fi
}

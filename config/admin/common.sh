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

# An identifier goes into a URL's path: nothing but its own characters may.
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
    *) return 1 ;;
  esac
}

# Prints a text as a JSON string. Control characters, which no value of an ICC may hold, are refused here.
json_string() {
  case $1 in
    *[[:cntrl:]]*) fail "a value holds a control character" 2 ;;
  esac
  printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# Prints the content of a file as a JSON string; - is standard input.
json_file() {
  printf '"'
  # shellcheck disable=SC2016 # awk's own variables
  awk '
    BEGIN { for (code = 1; code < 32; code++) control[sprintf("%c", code)] = sprintf("\\u%04x", code) }
    {
      gsub(/[\\"]/, "\\\\&")
      line = ""
      while (match($0, /[\001-\037]/)) {
        line = line substr($0, 1, RSTART - 1) control[substr($0, RSTART, 1)]
        $0 = substr($0, RSTART + 1)
      }
      printf "%s%s", (NR > 1 ? "\\n" : ""), line $0
    }' "$1"
  printf '"'
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
      print_answer print_problem <"$answer" >&2
      fail "the registry answered $status"
      ;;
  esac
  rm -f -- "$answer"
}

# An awk program that reads JSON: parse() fills `value` by path, such as value["items.0.name"], and `size` with the lengths of
# arrays. Control characters stay escaped, so that no text can move the cursor of a terminal.
# shellcheck disable=SC2016 # awk's own variables
json_reader='
  { text = text $0 "\n" }
  function parse() { at = 1; element("") }
  function peek() {
    while (at <= length(text) && index(" \t\n\r", substr(text, at, 1))) at++
    return substr(text, at, 1)
  }
  function element(path,   c, start) {
    c = peek()
    if (c == "{") object(path)
    else if (c == "[") array(path)
    else if (c == "\"") value[path] = string()
    else {
      start = at
      while (at <= length(text) && !index(",]} \t\n\r", substr(text, at, 1))) at++
      value[path] = substr(text, start, at - start)
      if (value[path] == "null") value[path] = ""
    }
  }
  function object(path,   name) {
    at++
    while (peek() == "\"") {
      name = string()
      if (peek() == ":") at++
      element(path == "" ? name : path "." name)
      if (peek() == ",") at++
    }
    at++
  }
  function array(path,   count) {
    at++
    count = 0
    while (peek() != "]" && at <= length(text)) {
      element(path "." count++)
      if (peek() == ",") at++
    }
    size[path] = count
    at++
  }
  function string(   start, c, out) {
    start = ++at
    out = ""
    while ((c = substr(text, at, 1)) != "\"" && c != "") {
      if (c != "\\") { at++; continue }
      out = out substr(text, start, at - start)
      c = substr(text, at + 1, 1)
      out = out (index("\"\\/", c) ? c : "\\" c)
      at += 2
      start = at
    }
    out = out substr(text, start, at - start)
    at++
    return out
  }
  function list(path,   out, i) {
    out = ""
    for (i = 0; i < size[path]; i++) out = out (i ? ", " : "") value[path "." i]
    return out
  }
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
  # shellcheck disable=SC2016 # awk's own variables
  awk "$json_reader"'
    END {
      parse()
      value["notUsableBecause"] = list("notUsableBecause")
      fields = "id name description organisation status enabled usable notUsableBecause userArn sessionName bucketName" \
        " bucketOwner prefix kmsKeyArn externalId pendingExternalId principal lastVerification.verdict version createdAt" \
        " createdBy updatedAt updatedBy deletedAt"
      count = split(fields, name, " ")
      for (i = 1; i <= count; i++) if (value[name[i]] != "") print name[i] "\t" value[name[i]]
      for (i = 0; i < size["warnings"]; i++)
        print "warning\t" value["warnings." i ".detail"] " " value["warnings." i ".hint"]
    }' | align
}

# Prints a problem: its code, what is wrong, and each of its errors.
print_problem() {
  # shellcheck disable=SC2016 # awk's own variables
  awk "$json_reader"'
    END {
      parse()
      print value["code"] ": " value["title"] " " value["detail"]
      for (i = 0; i < size["errors"]; i++) {
        at = "errors." i "."
        print "  " value[at "pointer"] value[at "parameter"] value[at "header"] ": " value[at "detail"] " " value[at "hint"]
      }
      print "  request " value["requestId"]
    }'
}

# Prints the answer of the registry: unchanged with --json, otherwise by the given function.
print_answer() {
  if [ -n "$json" ]; then cat; echo; else "$1"; fi
}

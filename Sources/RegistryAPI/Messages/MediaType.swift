/// The media types of requests and responses.
enum MediaType: String, Sendable {
  case json = "application/json"
  case mergePatch = "application/merge-patch+json"
  case problemJSON = "application/problem+json"
  case plainText = "text/plain; charset=utf-8"
  /// RFC 4180, RFC 7111
  case csv = "text/csv; charset=utf-8"
  /// github.com/ndjson/ndjson-spec
  case ndjson = "application/x-ndjson"
  case html = "text/html; charset=utf-8"
  case css = "text/css; charset=utf-8"
  case javaScript = "text/javascript; charset=utf-8"
  case svg = "image/svg+xml"
  case png = "image/png"
  case markdown = "text/markdown; charset=utf-8"
  /// prometheus.io/docs/instrumenting/exposition_formats
  case prometheus = "text/plain; version=0.0.4; charset=utf-8"

  /// The type and subtype, without parameters.
  var essence: Substring { rawValue.prefix { $0 != ";" } }
}

/// `/metrics`, in the Prometheus text format.
enum MetricsHandler {
  static func read(_ call: Call) async throws -> APIResponse {
    let (counts, durations) = call.services.metrics.snapshot()
    var page = MetricsPage()
    page.add(requests(counts))
    page.addHistogram(durations)
    for metric in call.services.settings.counters() { page.add(metric) }
    return APIResponse(200, .prometheus, Array(page.text.utf8))
  }

  private static func requests(_ counts: [RequestMetrics.Key: Int]) -> Metric {
    let keys = counts.keys.sorted { ($0.route, $0.method, $0.status) < ($1.route, $1.method, $1.status) }
    return Metric(
      "icc_registry_requests_total", .counter, help: "Number of requests, by route and status.",
      samples: keys.map { key in
        Metric.Sample(
          Double(counts[key] ?? 0),
          labels: [("method", key.method), ("route", key.route), ("status", String(key.status))])
      })
  }
}

/// The page under construction (prometheus.io/docs/instrumenting/exposition_formats).
struct MetricsPage {
  private(set) var text = ""

  mutating func add(_ metric: Metric) {
    begin(metric.name, metric.kind.rawValue, metric.help)
    for sample in metric.samples { line(metric.name, sample.labels, sample.value) }
  }

  mutating func addHistogram(_ durations: RequestMetrics.Durations) {
    let name = "icc_registry_request_duration_seconds"
    begin(name, "histogram", "Time from the last byte of a request to its response.")
    var total = 0
    for (bound, count) in zip(RequestMetrics.bounds, durations.counts) {
      total += count
      line(name + "_bucket", [("le", String(Double(bound) / 1000))], Double(total))
    }
    total += durations.counts.last ?? 0
    line(name + "_bucket", [("le", "+Inf")], Double(total))
    line(name + "_sum", [], Double(durations.sumOfMilliseconds) / 1000)
    line(name + "_count", [], Double(total))
  }

  private mutating func begin(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
    text += name
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
    }
    let isWhole = value == value.rounded() && value.magnitude < 1e15
    text += isWhole ? " \(Int64(value))\n" : " \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
    return text
  }
}

import Registry

/// `/metrics`, in Prometheus' text format.
enum MetricsHandler {
  static func read(_ call: Call) async throws -> APIResponse {
    let counted = call.services.metrics.snapshot()
    var page = MetricsPage()
    let counters = await call.services.settings.counters()
    for metric in requests(counted.routes) + outcomes(counted) + counters { page.add(metric) }
    return APIResponse(200, .prometheus, Array(page.text.utf8))
  }

  private static func requests(_ routes: [RequestMetrics.RouteCounts]) -> [Metric] {
    let counts = routes.flatMap { route in
      route.statuses.sorted { $0.key < $1.key }.map { status, count in
        Metric.Sample(Double(count), labels: labels(route) + [("status", String(status))])
      }
    }
    return [
      Metric("icc_registry_requests_total", .counter, help: "Responses by route and status.", samples: counts),
      Metric(
        "icc_registry_request_duration_seconds", help: "Time from the last byte of a request to its response.",
        histograms: routes.map { (labels($0), $0.durations) }),
    ]
  }

  private static func labels(_ route: RequestMetrics.RouteCounts) -> [(String, String)] {
    [("method", route.labels?.method ?? ""), ("route", route.labels?.path ?? "")]
  }

  private static func outcomes(_ counted: RequestMetrics.Snapshot) -> [Metric] {
    let rejections = TokenRejection.Reason.allCases.map { (key: $0, value: counted.rejectedTokens[$0] ?? 0) }
    let verdicts = Verification.Verdict.allCases.map { (key: $0, value: counted.verdicts[$0] ?? 0) }
    return [
      Metric(
        "icc_registry_tokens_refused_total", .counter, help: "Requests without a valid token, by reason.", by: "reason",
        rejections, text: \.rawValue),
      Metric(
        "icc_registry_verifications_total", .counter, help: "Verifications by verdict.", by: "verdict", verdicts,
        text: \.rawValue),
    ]
  }
}

/// The page under construction (prometheus.io/docs/instrumenting/exposition_formats).
struct MetricsPage {
  private(set) var text = ""

  mutating func add(_ metric: Metric) {
    text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
    for sample in metric.samples { line(metric.name + sample.suffix, sample.labels, sample.value) }
  }

  private mutating func line(_ name: String, _ labels: [(String, String)], _ value: Double) {
    text += name
    if !labels.isEmpty {
      text += "{" + labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}"
    }
    let isWhole = value == value.rounded() && value.magnitude < 1e15
    text += value == .infinity ? " +Inf\n" : isWhole ? " \(Int64(value))\n" : " \(value)\n"
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

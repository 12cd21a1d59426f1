import HTTPServer
import RegistryAPI

extension HTTPServerStatistics {
  /// The server's counts for `/metrics`.
  var metrics: [Metric] {
    [
      Metric(
        "http_connections", .gauge, help: "Connections open now, by state.", by: "state",
        HTTPConnectionState.allCases.map { (key: $0, value: states[$0] ?? 0) }, text: \.rawValue),
      Metric(
        "http_event_loop_lag_seconds",
        help: "Time that an event loop worked before it looked at its sockets again.", histograms: [([], turns)]),
      Metric(
        "http_event_loop_busy_seconds", .gauge,
        help: "Time for which the loop that is busy longest has not looked at its sockets.", longestTurn),
      Metric("http_connections_open", .gauge, help: "Connections open now.", samples: [.init(Double(open))]),
      Metric(
        "http_connections_accepted_total", .counter, help: "Connections accepted.", samples: [.init(Double(accepted))]),
      Metric(
        "http_messages_refused_total", .counter,
        help: "Messages and connections rejected while they were read, by status.",
        samples: errors.sorted { $0.key < $1.key }.map { .init(Double($0.value), labels: [("status", String($0.key))]) }
      ),
      Metric(
        "http_connections_cut_total", .counter, help: "Connections cut without an answer, by reason.",
        samples: HTTPCutReason.allCases.map { .init(Double(cuts[$0] ?? 0), labels: [("reason", $0.rawValue)]) }),
      Metric(
        "http_accept_pauses_total", .counter, help: "How often accepting paused because descriptors or memory ran out.",
        samples: [.init(Double(acceptPauses))]),
    ]
  }
}

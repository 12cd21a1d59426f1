import Registry
import RegistryAPI
import System

/// The counts of checkpoints since the start.
struct CheckpointCounts: Sendable {
  /// The checkpoints that the target has confirmed.
  var kept = 0
  /// The failed attempts.
  var failed = 0
  /// The moment at which the last one that was kept was up to date, or of the start before the
  /// first; nil without a target.
  var last: Instant?

  /// The counts for `/metrics`.
  var metrics: [Metric] {
    let age = last.map { Metric.Sample($0.seconds(until: .now)) }
    return [
      Metric(
        "icc_registry_audit_checkpoints_total", .counter,
        help: "Signed checkpoints of the audit trail, by result.", by: "result",
        [(key: "kept", value: kept), (key: "failed", value: failed)], text: { $0 }),
      Metric(
        "icc_registry_audit_checkpoint_age_seconds", .gauge,
        help: "Time since the checkpoints were up to date, or since the start; 0 without checkpoints.",
        samples: [age ?? .init(0)]),
    ]
  }
}

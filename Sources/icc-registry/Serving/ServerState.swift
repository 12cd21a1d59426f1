import HTTPServer
import RegistryAPI
import RegistrySQLite
import Synchronization
import System

/// The parts of the running server that the API needs. The server is made after the API.
final class ServerState: Sendable {
  private let draining = Atomic<Bool>(false)
  private let server = Locked<HTTPServer?>(nil)
  private let store = Locked<SQLiteRegistryStore?>(nil)
  private let checkpoints = Locked<Checkpoints?>(nil)
  private let certificates = Locked<TLSCertificates?>(nil)
  private let process = ProcessMetrics()
  private let log: Log

  init(log: Log) { self.log = log }

  var isDraining: Bool { draining.load(ordering: .acquiring) }

  func started(_ server: HTTPServer) { self.server.withLock { $0 = server } }

  func opened(_ store: SQLiteRegistryStore) { self.store.withLock { $0 = store } }

  func started(_ checkpoints: Checkpoints) { self.checkpoints.withLock { $0 = checkpoints } }

  func started(_ certificates: TLSCertificates) { self.certificates.withLock { $0 = certificates } }

  func beginDraining() { draining.store(true, ordering: .releasing) }

  /// For `/metrics`.
  var metrics: [Metric] {
    let parts = (server.withLock { $0 }?.statistics.metrics ?? []) + (store.withLock { $0 }?.statistics().metrics ?? [])
    let checkpoints = checkpoints.withLock { $0 }?.counts ?? CheckpointCounts()
    let certificate = TLSCertificates.metric(of: certificates.withLock { $0 })
    return parts + checkpoints.metrics + [certificate] + process.metrics + [
      Metric(
        "log_lines_dropped_total", .counter,
        help: "Log lines that were lost: the queue was full because standard error was not read, or a write failed.",
        by: "reason", LostLines.Reason.allCases.map { (key: $0, value: log.lostLines[$0]) }, text: \.rawValue)
    ]
  }
}

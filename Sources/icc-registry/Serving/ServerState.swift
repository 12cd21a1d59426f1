import HTTPServer
import Registry
import RegistryAPI
import RegistryStorage
import Synchronization
import System

/// The parts of the running server that the API needs. The server is made after the API.
final class ServerState: Sendable {
  private let draining = Atomic<Bool>(false)
  private let server = Locked<HTTPServer?>(nil)
  private let store = Locked<(any DatabaseStore)?>(nil)
  private let checkpoints = Locked<Checkpoints?>(nil)
  private let certificates = Locked<TLSCertificates?>(nil)
  private let process = ProcessMetrics()
  private let log: Log

  init(log: Log) { self.log = log }

  var isDraining: Bool { draining.load(ordering: .acquiring) }

  func started(_ server: HTTPServer) { self.server.withLock { $0 = server } }

  func opened(_ store: any DatabaseStore) { self.store.withLock { $0 = store } }

  func started(_ checkpoints: Checkpoints) { self.checkpoints.withLock { $0 = checkpoints } }

  func started(_ certificates: TLSCertificates) { self.certificates.withLock { $0 = certificates } }

  func beginDraining() { draining.store(true, ordering: .releasing) }

  /// Returns the counters for `/metrics`.
  func metrics() async -> [Metric] {
    let stored = await store.withLock { $0 }?.statisticsOffLoop().metrics ?? []
    let parts = (server.withLock { $0 }?.statistics.metrics ?? []) + stored
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

extension DatabaseStore {
  /// Returns the statistics. If they wait for a server, a thread of their own waits.
  fileprivate func statisticsOffLoop() async -> StoreStatistics {
    if readsInPlace { return statistics() }
    return await withCheckedContinuation { continuation in
      do throws(SystemError) {
        try SystemThread.detach { continuation.resume(returning: statistics()) }
      } catch {
        continuation.resume(returning: StoreStatistics())
      }
    }
  }
}

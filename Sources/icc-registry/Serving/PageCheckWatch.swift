import RegistrySQLite
import System

/// Logs the check of a large database's pages.
struct PageCheckWatch {
  private let log: Log
  private let start = Instant.now
  private var last: PageCheckState?

  /// A watch of the check that begins now.
  init(log: Log) {
    self.log = log
  }

  /// Logs a change of the state, which is nil if the start has checked all pages.
  mutating func note(_ state: PageCheckState?) {
    guard state != last else { return }
    last = state
    switch state {
    case nil: break
    case .running: log.event(.info, "database-check-started") { _ in }
    case .intact:
      let seconds = start.seconds(until: .now)
      log.event(.info, "database-check-passed") { $0.field("seconds", Int(seconds)) }
    case .damaged(let finding): log.event(.error, "database-damaged") { $0.field("finding", finding) }
    case .unfinished: log.event(.warning, "database-check-unfinished") { _ in }
    }
  }
}

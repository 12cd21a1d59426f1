import Registry
import System

/// The queue of writes for the writer thread.
final class WriteQueue: Sendable {
  private struct State {
    var waiting: [QueuedWrite] = []
    var isClosed = false
  }

  private let state = Locked(State())
  private let wakeUp: WakeUp

  init() throws(SystemError) {
    wakeUp = try WakeUp()
  }

  /// The number of writes that wait.
  var count: Int { state.withLock { $0.waiting.count } }

  /// Adds a write; a closed queue rejects it at once.
  func add(_ write: QueuedWrite) {
    let (isAccepted, isFirst) = state.withLock { state in
      if !state.isClosed { state.waiting.append(write) }
      return (!state.isClosed, state.waiting.count == 1)
    }
    guard isAccepted else { return write.reject(.closed) }
    // The writer takes all waiting writes, so it is woken only for the first.
    if isFirst { wakeUp.signal() }
  }

  /// Waits for writes and takes all of them; nil once the queue is closed and empty.
  func takeAll() -> [QueuedWrite]? {
    while true {
      wakeUp.waitAndClear()
      let (taken, isClosed) = state.withLock { state in
        defer { state.waiting.removeAll() }
        return (state.waiting, state.isClosed)
      }
      if !taken.isEmpty {
        if isClosed { wakeUp.signal() }
        return taken
      }
      if isClosed { return nil }
    }
  }

  /// Rejects further writes; waiting writes are still performed.
  func close() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
  }
}

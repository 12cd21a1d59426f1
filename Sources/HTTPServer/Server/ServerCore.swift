import Glibc
import Synchronization
import System

/// The server over any system calls.
final class ServerCore<System: SystemCalls>: Sendable {
  private let settings: HTTPServerSettings
  private let security: (any SecureTransportSource)?
  private let handler: any HTTPRequestHandler
  private let observer: (any HTTPServerObserver)?
  private let system: System
  private let loops = Locked<[EventLoop<System>]>([])
  private let running = Atomic<Int>(0)
  /// Readable for ever once the last loop is over.
  private let stopped: WakeUp

  init(
    settings: HTTPServerSettings, security: (any SecureTransportSource)? = nil, handler: any HTTPRequestHandler,
    observer: (any HTTPServerObserver)?, system: System
  ) throws(HTTPServerError) {
    self.security = security
    (self.settings, self.handler, self.observer, self.system) = (settings, handler, observer, system)
    stopped = try HTTPServerError.translating { () throws(SystemError) in try WakeUp() }
  }

  func start() throws(HTTPServerError) -> [HTTPAddress] {
    // send(2) is called with a flag not to raise it; this is for what other parts of the process
    // write to.
    signal(SIGPIPE, SIG_IGN)
    let count = max(settings.loops ?? Processors.available, 1)
    let listeners = try ListeningSocket.open(settings, count: count)
    let limits = SharedLimits(settings, loops: count)
    var made: [EventLoop<System>] = []
    for (index, own) in listeners.enumerated() {
      let loop = try EventLoop(
        index, listeners: own, settings: settings, limits: limits, security: security, handler: handler,
        observer: observer, system: system)
      limits.add(loop.executor.wakeUp)
      made.append(loop)
    }
    try run(made)
    return listeners.first?.map(\.address) ?? []
  }

  private func run(_ made: [EventLoop<System>]) throws(HTTPServerError) {
    loops.withLock { $0 = made }
    running.store(made.count, ordering: .releasing)
    try HTTPServerError.translating { () throws(SystemError) in
      for loop in made {
        try SystemThread.detach { [self] in
          loop.run()
          if running.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { stopped.signal() }
        }
      }
    }
  }

  func drain() {
    for loop in loops.withLock({ $0 }) { loop.executor.requestDrain() }
  }

  func waitUntilStopped() {
    stopped.wait()
  }

  var statistics: HTTPServerStatistics {
    loops.withLock { $0 }.reduce(into: HTTPServerStatistics()) { $0.add($1.counters.statistics) }
  }
}

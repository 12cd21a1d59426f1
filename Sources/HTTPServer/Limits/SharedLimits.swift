import Synchronization
import System

/// The limits that all loops of a server share.
final class SharedLimits: Sendable {
  /// The maximum number of open connections.
  let maxConnections: Int
  /// The connections of each address; nil if they are not limited.
  let addresses: AddressCounts?
  /// Output that clients do not read.
  let heldOutput: MemoryBudget
  /// Requests that have not arrived completely.
  let input: MemoryBudget
  private let open = Atomic<Int>(0)
  private let isRoomWanted = Atomic<Bool>(false)
  private let loops = Locked<[WakeUp]>([])

  init(_ settings: HTTPServerSettings, loops: Int) {
    maxConnections = max(settings.maxConnections ?? DescriptorLimit.connections(), 1)
    addresses = settings.maxConnectionsPerAddress.map(AddressCounts.init(maximum:))
    heldOutput = MemoryBudget(limit: settings.maxHeldForReaders, loops: loops)
    input = MemoryBudget(limit: settings.maxInputInFlight, loops: loops)
  }

  /// The number of connections that are open, in all loops.
  var openConnections: Int { open.load(ordering: .relaxed) }

  /// Counts a new connection; returns whether it is within the maximum.
  func addConnection() -> Bool {
    open.add(1, ordering: .relaxed).newValue <= maxConnections
  }

  func removeConnection() {
    open.subtract(1, ordering: .relaxed)
  }

  /// Adds the wake-up of a loop, before the loop runs.
  func add(_ loop: WakeUp) {
    loops.withLock { $0.append(loop) }
  }

  /// Asks the other loops to evict a connection, because this one has none that it may evict.
  func requestEviction(for loop: WakeUp) {
    isRoomWanted.store(true, ordering: .releasing)
    wakeOthers(than: loop)
  }

  /// True if another loop needs a connection evicted; true for one loop per request, and only for
  /// one that can evict: a request taken by a loop without connections would be lost.
  func takeEvictionRequest(if canEvict: @autoclosure () -> Bool) -> Bool {
    isRoomWanted.load(ordering: .relaxed) && canEvict()
      && isRoomWanted.exchange(false, ordering: .acquiringAndReleasing)
  }

  /// Wakes all loops except this one.
  func wakeOthers(than loop: WakeUp) {
    for other in loops.withLock({ $0 }) where other !== loop { other.signal() }
  }
}

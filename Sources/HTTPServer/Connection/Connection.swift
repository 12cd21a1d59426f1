import System

/// A connection as its loop knows it. Only the loop's thread uses it.
final class Connection {
  let descriptor: Int32
  var info: HTTPConnectionInfo
  /// The encryption; nil if there is none.
  var transport: (any SecureTransport)?
  let slot: Int
  /// Distinguishes this connection from earlier ones in the same slot, in events and late
  /// responses.
  let generation: UInt32
  var machine: ConnectionMachine
  /// The header of the PROXY protocol, until it is complete; nil if the connection has none.
  var proxyHeader: ProxyHeader?
  /// True if the first byte for the transport has been seen.
  var hasBegun = false
  /// True if the transport must still tell the client that the output has ended.
  var hasUnsentEnd = false
  /// The events that the poller reports.
  var interest = Interest.input
  /// True if `advance` is running, so that an immediate response does not start it again.
  var isAdvancing = false
  /// The part of the loop's held output that belongs to this connection.
  var held = HeldOutput.Part.nothing
  /// The part of the input in flight that belongs to this connection, in bytes.
  var input = 0
  /// True if it counts for its address.
  var isCountedForAddress = false
  /// The state in which it is counted; nil until it waits for the first time.
  var state: HTTPConnectionState?
  /// The handler that will give the response later; nil if none is running.
  var task: Task<Void, Never>?

  init(descriptor: Int32, info: HTTPConnectionInfo, slot: Int, generation: UInt32, machine: consuming ConnectionMachine)
  {
    self.descriptor = descriptor
    self.info = info
    self.slot = slot
    self.generation = generation
    self.machine = machine
  }

  /// The begin of its wait; the earliest moment while a handler works.
  var waitsSince: Instant { machine.wait?.since ?? Instant(nanoseconds: 0) }

  /// The value that the poller returns with each event.
  var tag: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(slot)) }
}

extension Connection {
  /// The events that its machine waits for.
  var wantedInterest: Interest {
    var interest: Interest = machine.needsInput ? .input : []
    if machine.isStalled { interest.insert(.output) }
    return interest
  }
}

/// What a loop keeps of one connection. Touched by the loop's thread alone.
final class Connection {
  let descriptor: Int32
  let info: HTTPConnectionInfo
  let slot: Int
  /// Tells this connection from those that had its slot before, in events and answers that come late.
  let generation: UInt32
  var machine: ConnectionMachine
  /// What the poller watches it for.
  var interest = Interest.input
  /// Whether `advance` is at work on it, so that an answer given at once does not begin another.
  var isAdvancing = false
  /// What of it is in the loop's sum of what readers hold.
  var held = HeldOutput.Part.nothing

  init(descriptor: Int32, info: HTTPConnectionInfo, slot: Int, generation: UInt32, machine: consuming ConnectionMachine)
  {
    self.descriptor = descriptor
    self.info = info
    self.slot = slot
    self.generation = generation
    self.machine = machine
  }

  /// What the poller gives back with each event.
  var tag: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(slot)) }
}

extension Connection {
  /// What its machine waits for.
  var wantedInterest: Interest {
    var interest: Interest = machine.wantsInput ? .input : []
    if machine.isStalled { interest.insert(.output) }
    return interest
  }
}

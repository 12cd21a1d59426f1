/// The connections of one loop by slot. A slot is used again, its generation is not.
struct ConnectionTable {
  private var connections: [Connection?] = []
  private var generations: [UInt32] = []
  private var free: [Int] = []
  /// The number of entries.
  private(set) var count = 0

  /// A slot for a new connection and its generation.
  mutating func takeSlot() -> (slot: Int, generation: UInt32) {
    if let slot = free.popLast() { return (slot, generations[slot]) }
    connections.append(nil)
    generations.append(0)
    return (connections.count - 1, 0)
  }

  /// Puts a connection into the slot that it was made for.
  mutating func insert(_ connection: Connection) {
    connections[connection.slot] = connection
    count += 1
  }

  mutating func remove(_ connection: Connection) {
    connections[connection.slot] = nil
    generations[connection.slot] &+= 1
    free.append(connection.slot)
    count -= 1
  }

  /// The connection of an event's tag; nil if it has been closed meanwhile.
  subscript(tag: UInt64) -> Connection? {
    let slot = Int(tag & 0xFFFF_FFFF)
    guard slot < connections.count, let connection = connections[slot] else { return nil }
    return connection.tag == tag ? connection : nil
  }

  /// The connection in a slot.
  subscript(slot slot: Int) -> Connection? {
    slot < connections.count ? connections[slot] : nil
  }

  /// All of them, for draining.
  var all: [Connection] { connections.compactMap(\.self) }
}

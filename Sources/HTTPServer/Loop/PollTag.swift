/// The poller's tags of descriptors that are not connections: beyond any slot and generation.
enum PollTag {
  static let wakeUp = UInt64.max
  /// The maximum number of listening sockets of a loop.
  static let maxListeners = 64
  /// The first tag that is not a connection's.
  static let first = wakeUp - UInt64(maxListeners)

  /// The tag of a loop's listening socket with this index.
  static func listener(_ index: Int) -> UInt64 { first + UInt64(index) }

  /// The index of the listening socket with this tag; nil for any other tag.
  static func listenerIndex(_ tag: UInt64) -> Int? {
    tag >= first && tag < wakeUp ? Int(tag - first) : nil
  }
}

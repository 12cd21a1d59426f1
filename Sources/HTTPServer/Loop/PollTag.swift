/// The poller's tags of descriptors that are not connections: beyond any slot and generation.
enum PollTag {
  static let wakeUp = UInt64.max
  static let listener = UInt64.max - 1
}

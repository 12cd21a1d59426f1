/// What the poller gives back for the descriptors that are no connections: beyond any slot and
/// generation.
enum PollTag {
  static let wakeUp = UInt64.max
  static let listener = UInt64.max - 1
}

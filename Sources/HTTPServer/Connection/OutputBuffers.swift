/// The buffers that a loop lends to the connections it serves for what they answer: one to each
/// whose answer is not sent yet.
struct OutputBuffers {
  /// A buffer that has grown beyond this is not kept.
  private static let keptCapacity = 64 * 1024

  private let maximumCount: Int
  private var free: [[UInt8]] = []

  /// Keeps at most this number of buffers while they are not lent.
  init(maximumCount: Int) {
    self.maximumCount = maximumCount
  }

  /// An empty buffer.
  mutating func take() -> [UInt8] {
    free.popLast() ?? []
  }

  /// Takes an empty buffer back.
  mutating func putBack(_ buffer: [UInt8]) {
    guard buffer.capacity > 0, buffer.capacity <= Self.keptCapacity, free.count < maximumCount else { return }
    free.append(buffer)
  }
}

/// The bytes that were received and not yet consumed.
struct InputBuffer: Sendable {
  /// The most memory that an empty buffer keeps for the next message; an idle connection holds no
  /// more than this.
  private static let keptCapacity = 2048

  private(set) var bytes: [UInt8] = []
  /// The index of the first unconsumed byte.
  private(set) var start = 0

  /// The number of bytes that are not consumed.
  var count: Int { bytes.count - start }

  /// The unconsumed bytes' range in `bytes`.
  var range: Range<Int> { start..<bytes.count }

  subscript(index: Int) -> UInt8 { bytes[start + index] }

  mutating func append(_ span: Span<UInt8>) {
    bytes.append(span)
  }

  /// Drops the first `length` bytes. What is left moves to the front only when it is the smaller
  /// part, so that no byte moves more often than bytes are consumed.
  mutating func consume(_ length: Int) {
    start += length
    if start == bytes.count {
      clear()
    } else if start > bytes.count / 2 {
      bytes.removeSubrange(..<start)
      start = 0
    }
  }

  /// Drops everything.
  mutating func clear() {
    if bytes.capacity > Self.keptCapacity { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
    start = 0
  }

  /// Keeps no more memory than the unconsumed bytes take: they may wait for long.
  mutating func trim() {
    guard bytes.capacity - count > Self.keptCapacity / 2 else { return }
    bytes = Array(bytes[start...])
    start = 0
  }

  /// A part of the unconsumed bytes.
  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[start + range.lowerBound..<start + range.upperBound]
  }
}

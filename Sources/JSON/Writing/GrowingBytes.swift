/// Bytes that grow at their end. An array would ask at each of the many small appends that make a
/// text whether it has another owner; this has none, by its type.
@safe struct GrowingBytes: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 32)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit {
    unsafe start.deallocate()
  }

  /// A copy of all of them.
  var array: [UInt8] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }

  /// Lends all of them.
  func withSpan<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    try body(unsafe Span(_unsafeStart: start, count: count))
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    unsafe start[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    if bytes.count > capacity - count { grow(by: bytes.count) }
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return }
      unsafe (start + count).update(from: first, count: bytes.count)
    }
    count += bytes.count
  }

  /// The bytes of a literal.
  @inline(__always)
  mutating func append(_ literal: StaticString) {
    append(unsafe Span(_unsafeStart: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// A name that needs no escape, in quotes, with a colon, and after a comma where one is due.
  mutating func append(name: StaticString, afterComma: Bool) {
    let length = name.utf8CodeUnitCount
    if length + 4 > capacity - count { grow(by: length + 4) }
    if afterComma { append(UInt8(ascii: ",")) }
    append(UInt8(ascii: "\""))
    append(name)
    append(UInt8(ascii: "\""))
    append(UInt8(ascii: ":"))
  }

  mutating func append(_ byte: UInt8, count repetitions: Int) {
    if repetitions > capacity - count { grow(by: repetitions) }
    unsafe (start + count).update(repeating: byte, count: repetitions)
    count += repetitions
  }

  /// To twice the size at least, so that every byte is moved twice at most on the average.
  private mutating func grow(by more: Int) {
    let larger = max(2 * capacity, count + more)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe moved.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = moved
    capacity = larger
  }
}

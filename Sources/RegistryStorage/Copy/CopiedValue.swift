import OpenSSLKit

/// A value of a row that is copied.
package enum CopiedValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  /// Appends the value's kind, length and bytes, so that different rows never have the same bytes.
  fileprivate func append(to buffer: inout [UInt8]) {
    switch self {
    case .null: buffer.append(0)
    case .integer(let value): Self.append(1, value, [], to: &buffer)
    case .text(let text): Self.append(2, Int64(text.utf8.count), text.utf8, to: &buffer)
    case .bytes(let bytes): Self.append(3, Int64(bytes.count), bytes, to: &buffer)
    }
  }

  private static func append(
    _ kind: UInt8, _ number: Int64, _ bytes: some Collection<UInt8>, to buffer: inout [UInt8]
  ) {
    buffer.append(kind)
    for shift in stride(from: 56, through: 0, by: -8) { buffer.append(UInt8(truncatingIfNeeded: number >> shift)) }
    buffer.append(contentsOf: bytes)
  }
}

/// The number of a table's rows and the SHA-256 of all their values in the order of the key.
struct TableDigest: ~Copyable {
  private(set) var count = 0
  private var stream = SHA256Stream()
  private var buffer: [UInt8] = []

  /// Adds the next row.
  mutating func add(_ row: [CopiedValue]) {
    buffer.removeAll(keepingCapacity: true)
    for value in row { value.append(to: &buffer) }
    stream.update(buffer)
    count += 1
  }

  /// Returns the SHA-256: 32 bytes.
  consuming func digest() -> [UInt8] { stream.digest() }
}

import Glibc

/// Reads a text file line by line, with one line in memory.
package struct LineReader: ~Copyable {
  /// The longest line that is read, in bytes.
  package static let maximumLength = 64 * 1024

  private let descriptor: Descriptor
  private let path: String
  private var rest: [UInt8] = []
  /// The number of the line that was read last, from 1; 0 before the first.
  package private(set) var number = 0

  /// Opens the file at this path.
  package init(_ path: String) throws(SystemError) {
    descriptor = try Descriptor(opening: path, O_RDONLY)
    self.path = path
  }

  /// Returns the next line without its end, or nil at the end of the file. `EFBIG` if a line is
  /// longer than `maximumLength`.
  package mutating func next() throws(SystemError) -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        number += 1
        defer { rest.removeFirst(end + 1) }
        return Array(rest[..<end])
      }
      if rest.count > Self.maximumLength { throw SystemError("read", path, number: EFBIG) }
      let chunk = try descriptor.read(upTo: Self.maximumLength)
      if chunk.isEmpty { break }
      rest += chunk
    }
    if rest.isEmpty { return nil }
    number += 1
    defer { rest = [] }
    return rest
  }
}

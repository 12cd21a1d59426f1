import Glibc
import OpenSSLKit
import System
import Text

/// A file that is read from its start to its end, with its SHA-256.
struct HashedFile: ~Copyable {
  private static let chunkBytes = 64 * 1024

  private let descriptor: Descriptor
  private var digest: SHA256Stream
  private var chunk: [UInt8] = []
  private var next = 0
  /// The number of bytes read so far, for the progress.
  private(set) var readBytes: Int64 = 0

  /// Opens the file.
  init(_ path: String) throws(SystemError) {
    let opened = try Descriptor(opening: path, O_RDONLY)
    descriptor = opened
    digest = SHA256Stream()
  }

  /// The file's size and the time of its last change.
  func stamp() throws(SystemError) -> Descriptor.Stamp { try descriptor.stamp() }

  /// Returns the next byte, or nil at the end.
  mutating func byte() throws(SystemError) -> UInt8? {
    if next == chunk.count {
      try fill()
      if next == chunk.count { return nil }
    }
    defer { next += 1 }
    return chunk[next]
  }

  /// Makes the last byte the next one again.
  mutating func unread() { next -= 1 }

  /// Returns the SHA-256 of all that was read, in lowercase hexadecimal digits.
  consuming func hash() -> String { Hexadecimal.text(digest.digest()) }

  /// Reads the next bytes. A byte order mark, which spreadsheets write, is skipped.
  private mutating func fill() throws(SystemError) {
    chunk = try descriptor.read(upTo: Self.chunkBytes)
    next = readBytes == 0 && chunk.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    readBytes += Int64(chunk.count)
    digest.update(chunk)
  }
}

import OpenSSLKit
import Registry
import Text

/// Writes and reads the cursors of one scope. A cursor is the sequence number of the last item
/// seen, encrypted and authenticated. Row numbers count the rows of all organisations, and their
/// growth would tell one organisation how much happens in others.
///
/// The form is a synthetic initialisation vector (RFC 5297 section 1.3): the tag is the start of a
/// code over the number, and the number is encrypted by the start of a code over the tag. So a
/// cursor is deterministic, and none can be made without the key.
struct CursorSeal: Sendable {
  /// 16 bytes in base 32.
  private static let digitCount = 26
  private let key: [UInt8]

  /// A seal for the scope, with the database's key.
  init(key: [UInt8], _ scope: Scope) {
    let name =
      switch scope {
      case .all: "all"
      case .organisation(let id): id.text
      // No identifier contains a comma.
      case .organisations(let ids): ids.map(\.text).joined(separator: ",") + ","
      }
    self.key = HMACSHA256.code(of: Array(name.utf8), key: key)
  }

  /// Returns the cursor of the page after the item with this sequence number.
  func text(_ list: Cursor, after sequence: Int64) -> String {
    let number = UInt64(bitPattern: sequence)
    let tag = tag(list, number)
    let sealed = UInt128(tag) << 64 | UInt128(number ^ pad(tag))
    return String(
      decoding: [list.rawValue] + CrockfordBase32.encode(sealed, digits: Self.digitCount), as: UTF8.self)
  }

  /// Returns the sequence number; nil if the text is not a cursor of this list and scope.
  func sequence(_ text: String, of list: Cursor) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.digitCount + 1, bytes[0] == list.rawValue, bytes[1] <= UInt8(ascii: "7") else {
      return nil
    }
    var sealed: UInt128 = 0
    for byte in bytes.dropFirst() {
      guard let digit = CrockfordBase32.value(of: byte) else { return nil }
      sealed = sealed << 5 | UInt128(digit)
    }
    let tag = UInt64(truncatingIfNeeded: sealed >> 64)
    let number = UInt64(truncatingIfNeeded: sealed) ^ pad(tag)
    return self.tag(list, number) == tag ? Int64(bitPattern: number) : nil
  }

  private func tag(_ list: Cursor, _ number: UInt64) -> UInt64 { code(list.rawValue, number) }

  /// 0 is not the character of a list.
  private func pad(_ tag: UInt64) -> UInt64 { code(0, tag) }

  private func code(_ kind: UInt8, _ number: UInt64) -> UInt64 {
    let message = [kind] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    return HMACSHA256.code(of: message, key: key).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

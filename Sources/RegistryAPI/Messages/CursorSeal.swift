import OpenSSLKit
import Registry
import Text

/// Writes and reads the cursors of one scope. A cursor is the sequence number of the last item
/// seen, and its key in lists by name or change, encrypted and authenticated. Row numbers count the
/// rows of all organisations, and their growth would tell one organisation how much happens in
/// others.
///
/// The form is a synthetic initialisation vector (RFC 5297 section 1.3): the tag is the start of a
/// code over the position, and the position is encrypted by codes over the tag. So a cursor is
/// deterministic, and none can be made without the key.
struct CursorSeal: Sendable {
  private static let tagCount = 8
  private static let sequenceCount = 8
  /// More than the longest name has.
  private static let maxKeyCount = 4096
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

  /// Returns the cursor of the page after this one; nil if it is the last.
  func text<Item>(_ list: Cursor, after page: Page<Item>) -> String? {
    page.next.map { text(list, after: $0, key: page.nextKey) }
  }

  /// Returns the cursor of the page after the item with this sequence number and key.
  func text(_ list: Cursor, after sequence: Int64, key itemKey: String = "") -> String {
    let number = (0..<Self.sequenceCount).map { UInt8(truncatingIfNeeded: sequence >> Int64(56 - 8 * $0)) }
    let position = number + Array(itemKey.utf8)
    let tag = tag(list, position)
    return String(Unicode.Scalar(list.rawValue)) + Hexadecimal.text(tag + masked(position, tag))
  }

  /// Returns the sequence number and the key; nil if the text is not a cursor of this list and
  /// scope.
  func position(_ text: String, of list: Cursor) -> (sequence: Int64, key: String)? {
    guard text.utf8.first == list.rawValue, text.utf8.count <= 2 * Self.maxKeyCount,
      let bytes = Hexadecimal.bytes(ofLowercase: text.dropFirst()), bytes.count >= Self.tagCount + Self.sequenceCount
    else { return nil }
    let tag = Array(bytes.prefix(Self.tagCount))
    let position = masked(Array(bytes.dropFirst(Self.tagCount)), tag)
    guard self.tag(list, position) == tag else { return nil }
    let sequence = position.prefix(Self.sequenceCount).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return (sequence, String(decoding: position.dropFirst(Self.sequenceCount), as: UTF8.self))
  }

  private func tag(_ list: Cursor, _ position: [UInt8]) -> [UInt8] {
    Array(HMACSHA256.code(of: [list.rawValue] + position, key: key).prefix(Self.tagCount))
  }

  /// Returns the bytes with a mask on them that depends on the tag; with the same mask again it
  /// returns the bytes. 0 is not the character of a list.
  private func masked(_ bytes: [UInt8], _ tag: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var block: UInt8 = 0
    while result.count < bytes.count {
      let mask = HMACSHA256.code(of: [0] + tag + [block], key: key)
      result += zip(bytes[result.count...], mask).map { $0 ^ $1 }
      block += 1
    }
    return result
  }
}

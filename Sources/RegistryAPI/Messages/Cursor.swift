import Text

/// The start of the next page of a list: the sequence number of the last item seen, which never
/// changes. The text includes the list, so that a cursor of another list is rejected.
enum Cursor: UInt8, Sendable {
  case iccs = 0x69
  case newestICCs = 0x6E
  case organisations = 0x6F
  case tokens = 0x74
  case events = 0x65
  case verifications = 0x76

  /// 13 digits of 5 bits. The first one has 3, so that every text of this form is a number of 63
  /// bits.
  private static let digitCount = 13

  /// A regular expression for the cursors of these lists, for the OpenAPI document.
  static func pattern(_ lists: [Cursor]) -> String {
    let first = lists.map { String(Unicode.Scalar($0.rawValue)) }.joined()
    return "^\(lists.count == 1 ? first : "[\(first)]")[0-7][0-9a-hjkmnp-tv-z]{12}$"
  }

  /// True if the list is sorted from the newest item to the oldest.
  var isNewestFirst: Bool { self == .newestICCs }

  func text(after sequence: Int64) -> String {
    let bits = UInt64(sequence.magnitude)
    return String(decoding: [rawValue] + CrockfordBase32.encode(bits, digits: Self.digitCount), as: UTF8.self)
  }

  /// Returns the sequence number; nil if the text is not a cursor of this list.
  func sequence(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == Self.digitCount + 1, bytes[0] == rawValue, bytes[1] <= UInt8(ascii: "7") else { return nil }
    var bits: UInt64 = 0
    for byte in bytes.dropFirst() {
      guard let digit = CrockfordBase32.value(of: byte) else { return nil }
      bits = bits << 5 | UInt64(digit)
    }
    return Int64(bits)
  }
}

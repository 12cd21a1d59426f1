/// The kinds of lists that have pages. The first character of a cursor names its list, so that a
/// cursor of another list is rejected.
enum Cursor: UInt8, Sendable {
  case iccs = 0x69
  case newestICCs = 0x6E
  case organisations = 0x6F
  case tokens = 0x74
  case events = 0x65
  case verifications = 0x76
  case alarms = 0x61

  /// A regular expression for the cursors of these lists, for the OpenAPI document.
  static func pattern(_ lists: [Cursor]) -> String {
    let first = lists.map { String(Unicode.Scalar($0.rawValue)) }.joined()
    return "^\(lists.count == 1 ? first : "[\(first)]")[0-7][0-9a-hjkmnp-tv-z]{25}$"
  }

  /// True if the list is sorted from the newest item to the oldest.
  var isNewestFirst: Bool { self == .newestICCs }
}

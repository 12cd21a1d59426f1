import Registry

/// The kinds of lists that have pages. The first character of a cursor names its list, so that a
/// cursor of another list is rejected.
enum Cursor: UInt8, Sendable, CaseIterable {
  case iccs = 0x69
  case newestICCs = 0x6E
  case iccsByName = 0x62
  case iccsByUpdate = 0x75
  case organisations = 0x6F
  case tokens = 0x74
  case events = 0x65
  case verifications = 0x76
  case alarms = 0x61

  /// A regular expression for the cursors of these lists, for the OpenAPI document.
  static func pattern(_ lists: [Cursor]) -> String {
    let first = lists.map { String(Unicode.Scalar($0.rawValue)) }.joined()
    let key = lists.contains { $0.order == .name || $0.order == .updated } ? "([0-9a-f]{2})*" : ""
    return "^\(lists.count == 1 ? first : "[\(first)]")[0-9a-f]{32}\(key)$"
  }

  /// The list of ICCs in an order.
  static func iccs(_ order: ICCOrder) -> Cursor {
    switch order {
    case .oldest: .iccs
    case .newest: .newestICCs
    case .name: .iccsByName
    case .updated: .iccsByUpdate
    }
  }

  /// The order of the list.
  var order: ICCOrder {
    ICCOrder.allCases.first { Self.iccs($0) == self } ?? .oldest
  }
}

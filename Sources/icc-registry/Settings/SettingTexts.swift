import JSON

/// The minimum level to log.
enum LogLevel: String, CaseIterable, Comparable, SettingValue {
  case debug, info, warning, error, off

  /// The position from the least severe level, 0 to 4.
  var rank: Int {
    switch self {
    case .debug: 0
    case .info: 1
    case .warning: 2
    case .error: 3
    case .off: 4
    }
  }

  /// Less severe levels come first.
  static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
}

/// The format of a log line.
enum LogFormat: String, CaseIterable, SettingValue {
  /// `text` if standard error is a terminal, else `json`.
  case auto
  case json
  case text
}

extension String: SettingValue {
  static let form = "TEXT"

  init(text: String) throws(SettingError) { self = text }

  var text: String { self }
}

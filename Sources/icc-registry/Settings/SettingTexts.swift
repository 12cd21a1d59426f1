import JSON

/// How much is logged.
enum LogLevel: String, CaseIterable, Comparable, SettingValue {
  case debug, info, warning, error, off

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Less urgent ones come first.
  static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
}

/// What a log line looks like.
enum LogFormat: String, CaseIterable, SettingValue {
  /// `text` where standard error is a terminal, `json` elsewhere.
  case auto
  case json
  case text
}

/// The path of a file.
struct FilePath: SettingValue {
  static let form = "FILE"
  let text: String

  init(_ text: String) { self.text = text }

  init(text: String) throws(SettingFault) {
    guard !text.isEmpty, !text.utf8.contains(0) else { throw SettingFault("must be the path of a file") }
    self.text = text
  }
}

extension String: SettingValue {
  static let form = "TEXT"

  init(text: String) throws(SettingFault) { self = text }

  var text: String { self }
}

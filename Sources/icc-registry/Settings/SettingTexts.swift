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

/// Addresses of hosts: an array in the configuration file, parted by commas elsewhere.
struct AddressList: SettingValue {
  static let form = "ADDRESS,…"
  let addresses: [String]

  init(_ addresses: [String] = []) { self.addresses = addresses }

  init(text: String) throws(SettingFault) {
    try self.init(checking: text.split { $0 == "," || $0 == " " }.map(String.init))
  }

  init(json: JSONValue) throws(SettingFault) {
    guard let elements = json.arrayValue else { throw SettingFault("must be an array of addresses, not \(json.kind)") }
    var addresses: [String] = []
    for element in elements {
      guard let address = element.stringValue else {
        throw SettingFault("must be an array of strings, but has \(element.kind) in it")
      }
      addresses.append(address)
    }
    try self.init(checking: addresses)
  }

  var json: JSONValue { .array(addresses.map(JSONValue.string)) }
  var text: String { addresses.joined(separator: ",") }

  private init(checking addresses: [String]) throws(SettingFault) {
    for address in addresses where !NumericAddress.isValid(address) {
      throw SettingFault("must hold numeric IP addresses, which \(quoted(address)) is not")
    }
    self.addresses = addresses
  }
}

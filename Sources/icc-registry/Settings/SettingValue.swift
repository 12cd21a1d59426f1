import JSON

/// The type of a setting's value.
protocol SettingValue: Sendable, Equatable {
  /// The placeholder for a value in the help, such as `HOST:PORT`.
  static var form: String { get }
  /// A value from the environment or the command line.
  init(text: String) throws(SettingError)
  /// A value from the configuration file.
  init(json: JSONValue) throws(SettingError)
  /// The value as in the configuration file.
  var json: JSONValue { get }
  /// The value as in the environment and on the command line.
  var text: String { get }
}

/// The reason why a text is not a value of a setting: the requirement, to be read after the
/// setting's name.
struct SettingError: Error, Equatable {
  let requirement: String

  init(_ requirement: String) { self.requirement = requirement }
}

extension SettingValue {
  init(json: JSONValue) throws(SettingError) {
    guard let text = json.stringValue else { throw SettingError("must be a string, not \(json.kind)") }
    try self.init(text: text)
  }

  var json: JSONValue { .string(text) }
}

extension SettingValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  static var form: String { allCases.map(\.rawValue).joined(separator: "|") }

  init(text: String) throws(SettingError) {
    guard let value = Self(rawValue: text) else {
      throw SettingError("must be one of " + Self.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self = value
  }

  var text: String { rawValue }
}

extension Bool: SettingValue {
  static let form = "true|false"

  init(text: String) throws(SettingError) {
    guard let value = Bool(text) else { throw SettingError("must be true or false") }
    self = value
  }

  init(json: JSONValue) throws(SettingError) {
    guard let value = json.boolValue else { throw SettingError("must be true or false, not \(json.kind)") }
    self = value
  }

  var json: JSONValue { .bool(self) }
  var text: String { description }
}

extension Int: SettingValue {
  static let form = "NUMBER"

  init(text: String) throws(SettingError) {
    guard text.utf8.first != UInt8(ascii: "+"), let value = Int(text) else {
      throw SettingError("must be a whole number")
    }
    self = value
  }

  init(json: JSONValue) throws(SettingError) {
    guard let number = json.numberValue else { throw SettingError("must be a whole number, not \(json.kind)") }
    guard let value = number.int else { throw SettingError("must be a whole number") }
    self = value
  }

  var json: JSONValue { .number(self) }
  var text: String { description }
}

extension [String] {
  /// The elements of an array of strings. `form` says what the value must be, for an error.
  init(setting json: JSONValue, form: String) throws(SettingError) {
    guard let elements = json.arrayValue else { throw SettingError("must be \(form), not \(json.kind)") }
    self = []
    for element in elements {
      guard let text = element.stringValue else {
        throw SettingError("must be an array of strings, but has \(element.kind) in it")
      }
      append(text)
    }
  }
}

import JSON
import Registry

/// A JSON merge patch (RFC 7396) of an ICC: an absent member stays, `null` clears, anything else replaces.
enum ICCPatch {
  static func read(_ input: inout InputReader, _ connector: ConnectorIdentity) throws(Problem) -> ICCChange {
    var change = ICCChange()
    set(&change.name, "name", &input, ICCName.init(validating:))
    if let type = input.member("connectorType") {
      if type.isNull { input.report(FieldErrors.missing("connectorType")) }
      ICCInput.connectorType(&input, required: false)
    }
    clearable(&change.userARN, "userArn", &input) { text throws(InvalidValue) in
      try UserARN(validating: text, connector: connector)
    }
    set(&change.sessionName, "sessionName", &input, SessionName.init(validating:))
    set(&change.bucketName, "bucketName", &input) { text throws(InvalidValue) in
      try BucketName(validating: text, connector: connector)
    }
    prefix(&change.prefix, &input)
    clearable(&change.kmsKeyARN, "kmsKeyArn", &input) { text throws(InvalidValue) in
      try KMSKeyARN(validating: text, connector: connector)
    }
    try input.finish()
    return change
  }

  /// A member that an ICC cannot be without.
  private static func set<Value>(
    _ change: inout MemberChange<Value>, _ name: String, _ input: inout InputReader,
    _ make: (String) throws(InvalidValue) -> Value
  ) {
    guard let member = input.member(name) else { return }
    if member.isNull {
      input.report(FieldErrors.missing(name))
    } else if let value = input.value(name, make) {
      change = .set(value)
    }
  }

  private static func clearable<Value>(
    _ change: inout MemberChange<Value?>, _ name: String, _ input: inout InputReader,
    _ make: (String) throws(InvalidValue) -> Value
  ) {
    guard let member = input.member(name) else { return }
    if member.isNull {
      change = .set(nil)
    } else if let value = input.value(name, make) {
      change = .set(value)
    }
  }

  /// Cleared, the prefix is the whole bucket again.
  private static func prefix(_ change: inout MemberChange<Prefix>, _ input: inout InputReader) {
    guard let member = input.member("prefix") else { return }
    if member.isNull || member.stringValue?.isEmpty == true {
      change = .set(Prefix(stored: ""))
    } else if let value = input.value("prefix", Prefix.init(validating:)) {
      change = .set(value)
    }
  }
}

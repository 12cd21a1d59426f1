import JSON
import Registry

/// A JSON merge patch (RFC 7396) of an ICC: absent fields are kept, `null` clears a field, other
/// values replace it.
enum ICCPatch {
  static func read(_ input: inout InputReader, _ connector: ConnectorIdentity) throws(Problem) -> ICCChange {
    var change = ICCChange()
    set(&change.name, "name", &input, ICCName.init(validating:))
    description(&change.description, &input)
    if let type = input.field("connectorType") {
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
    clearable(&change.bucketOwner, "bucketOwner", &input, AccountID.init(validatingBucketOwner:))
    prefix(&change.prefix, &input)
    filenames(&change.filenames, &input)
    clearable(&change.kmsKeyARN, "kmsKeyArn", &input) { text throws(InvalidValue) in
      try KMSKeyARN(validating: text, connector: connector)
    }
    try input.finish()
    return change
  }

  /// Reads a required field.
  private static func set<Value>(
    _ change: inout MemberChange<Value>, _ name: String, _ input: inout InputReader,
    _ make: (String) throws(InvalidValue) -> Value
  ) {
    guard let field = input.field(name) else { return }
    if field.isNull {
      input.report(FieldErrors.missing(name))
    } else if let value = input.value(name, make) {
      change = .set(value)
    }
  }

  private static func clearable<Value>(
    _ change: inout MemberChange<Value?>, _ name: String, _ input: inout InputReader,
    _ make: (String) throws(InvalidValue) -> Value
  ) {
    guard let field = input.field(name) else { return }
    if field.isNull {
      change = .set(nil)
    } else if let value = input.value(name, make) {
      change = .set(value)
    }
  }

  /// Reads the description; null means an empty one.
  private static func description(_ change: inout MemberChange<ICCDescription>, _ input: inout InputReader) {
    guard let field = input.field("description") else { return }
    if field.isNull {
      change = .set(.none)
    } else if let value = input.value("description", ICCDescription.init(validating:)) {
      change = .set(value)
    }
  }

  /// Reads the prefix; null or an empty text means the whole bucket.
  private static func prefix(_ change: inout MemberChange<Prefix>, _ input: inout InputReader) {
    guard let field = input.field("prefix") else { return }
    if field.isNull || field.stringValue?.isEmpty == true {
      change = .set(Prefix(stored: ""))
    } else if let value = input.value("prefix", Prefix.init(validating:)) {
      change = .set(value)
    }
  }

  /// Reads the filenames; null or an empty list means all files under the prefix.
  private static func filenames(_ change: inout MemberChange<Filenames>, _ input: inout InputReader) {
    guard let field = input.field("filenames") else { return }
    if field.isNull {
      change = .set(.all)
    } else if let texts = input.texts("filenames"), let value = input.made(texts, Filenames.init(validating:)) {
      change = .set(value)
    }
  }
}

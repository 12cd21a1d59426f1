import JSON
import Registry

/// Translates a config of InfoSum's API to the registry's fields, whose values are then read as in
/// the registry's own API. Null is kept: it clears a field.
struct ConfigTranslation {
  /// The fields by the registry's names.
  private(set) var fields: [(String, JSONValue)] = []
  private(set) var errors: RequestErrors
  /// True if the config is of another connector type: then other errors do not matter.
  private(set) var isUnsupported = false
  private let root: String

  /// A translation of a config at the pointer `root` that starts with the errors already found.
  init(_ config: JSONObject, root: String, errors: RequestErrors) {
    self.root = root
    self.errors = errors
    read(config, "")
  }

  private mutating func read(_ object: JSONObject, _ path: String) {
    for member in object.members { read(member.name, member.value, path) }
  }

  private mutating func read(_ name: String, _ value: JSONValue, _ parent: String) {
    let path = parent + "/" + name
    if path == "/connector_type" {
      checkType(value, path)
    } else if let field = ConfigFields.paths.first(where: { $0.path == path })?.field {
      fields.append((field, field == "userArn" && value.stringValue?.isEmpty == true ? .null : value))
    } else if ConfigFields.objects.contains(path) {
      readObject(value, path, name)
    } else if ConfigFields.otherConnectors.contains(path) {
      if !value.isNull { reportType(path) }
    } else if ConfigFields.gpg.contains(path) {
      checkGPG(value, path)
    } else {
      let isReadOnly = ConfigFields.readOnly.contains(path)
      let error =
        isReadOnly
        ? FieldErrors.notSettable(name) : FieldErrors.unexpected(name, known: ConfigFields.names(in: parent))
      errors.append(error.below(root + parent))
    }
  }

  private mutating func readObject(_ value: JSONValue, _ path: String, _ name: String) {
    if let object = value.objectValue {
      read(object, path)
    } else if !value.isNull {
      let parent = String(path.dropLast(name.count + 1))
      errors.append(FieldErrors.wrongType(name, wanted: "an object", found: value.kind).below(root + parent))
    }
  }

  private mutating func checkType(_ value: JSONValue, _ path: String) {
    let known = ConnectorType.allCases.map { JSONValue.string($0.infoSumName) }
    if !known.contains(value) { reportType(path) }
  }

  private mutating func reportType(_ path: String) {
    isUnsupported = true
    errors.append(
      RequestError(
        .pointer(root + path), "connector-type.unsupported",
        "This registry has S3 cross-account connectors only.",
        hint: "Use s3_connector with cross_account, which is connector_type S3_CROSS_ACCOUNT."))
  }

  /// Accepts the values of a config without a key: false, null and an empty time.
  private mutating func checkGPG(_ value: JSONValue, _ path: String) {
    let isEmptyTime = path == "/gpg_key_expiration" && value.stringValue?.isEmpty == true
    if value.isNull || value == false || isEmptyTime { return }
    errors.append(
      RequestError(
        .pointer(root + path), "gpg.unsupported", "This registry does not keep GPG keys.",
        hint: "Send is_gpg as false, or leave it out."))
  }
}

import Registry

/// The fields of a config in InfoSum's API, and the registry's fields with the same meaning.
enum ConfigFields {
  /// The registry's name of each field that a client can set, and its path in a config.
  static let paths: [(field: String, path: String)] = [
    ("name", "/name"), ("description", "/description"), ("organisation", "/owner_id"),
    ("connectorType", "/connector_type"), ("bucketName", "/s3_connector/bucket"), ("prefix", "/s3_connector/prefix"),
    ("filenames", "/s3_connector/filenames"), ("userArn", "/s3_connector/cross_account/user_arn"),
    ("sessionName", "/s3_connector/cross_account/session_name"),
  ]

  /// The fields that are objects.
  static let objects = ["/s3_connector", "/s3_connector/cross_account"]

  /// The fields of connectors that the registry does not have.
  static let otherConnectors = ["/gcs_connector", "/sftp_connector", "/s3_connector/access_keys"]

  /// The fields about GPG keys.
  static let gpg = ["/is_gpg", "/gpg_key_expiration"]

  /// The fields that the registry sets.
  static let readOnly = [
    "/id", "/user_id", "/created_date_time", "/updated_date_time", "/gpg", "/s3_connector/cross_account/external_id",
    "/s3_connector/cross_account/principal",
  ]

  /// The names of the fields of an object in a config.
  static func names(in object: String) -> [String] {
    (paths.map(\.path) + objects + otherConnectors + gpg).filter { $0.hasPrefix(object + "/") }
      .map { String($0.dropFirst(object.count + 1)) }.filter { !$0.contains("/") }
  }

  /// Returns the problem with the names of InfoSum's API. `root` is the config's pointer in the
  /// request.
  static func renamed(_ problem: Problem, root: String) -> Problem {
    var renamed = problem
    renamed.errors = problem.errors.map { self.renamed($0, root) }
    if problem.code == .iccInUse {
      renamed.detail = "Import jobs use this config; `usages` lists them. Wait until they end."
    }
    return renamed
  }

  private static func renamed(_ error: RequestError, _ root: String) -> RequestError {
    guard case .pointer(let pointer) = error.position else { return error }
    let known = paths.first { pointer == "/" + $0.field || pointer.hasPrefix("/" + $0.field + "/") }
    let renamed = known.map { root + $0.path + pointer.dropFirst($0.field.count + 1) }
    return RequestError(
      .pointer(renamed ?? pointer), error.code, text(error.detail), hint: error.hint.map(text))
  }

  private static func text(_ text: String) -> String {
    text.replacing("userArn", with: "user_arn").replacing("sessionName", with: "session_name")
      .replacing("bucketName", with: "bucket").replacing("field organisation", with: "field owner_id")
  }
}

import JSON
import Registry

/// Reads the fields of an ICC from a request body.
enum ICCInput {
  /// Returns the values of a new ICC.
  static func new(_ input: inout InputReader, by token: Token, _ connector: ConnectorIdentity) throws(Problem) -> NewICC
  {
    let values = values(&input, connector)
    let organisation = organisation(&input, of: token)
    try input.finish()
    guard var values, let organisation else { throw Problem(.validationFailed) }
    values.organisation = organisation
    return values
  }

  /// Returns the values of an ICC in the default organisation; nil if a required one is missing or
  /// invalid. Reports every error.
  static func values(_ input: inout InputReader, _ connector: ConnectorIdentity) -> NewICC? {
    let name = input.value("name", required: true, ICCName.init(validating:))
    let description = input.value("description", ICCDescription.init(validating:)) ?? .none
    connectorType(&input, required: true)
    let userARN = input.value("userArn") { text throws(InvalidValue) in
      try UserARN(validating: text, connector: connector)
    }
    let sessionName = input.value("sessionName", required: true, SessionName.init(validating:))
    let bucketName = input.value("bucketName", required: true) { text throws(InvalidValue) in
      try BucketName(validating: text, connector: connector)
    }
    let bucketOwner = input.value("bucketOwner", AccountID.init(validatingBucketOwner:))
    let prefix = input.text("prefix") ?? ""
    let validPrefix = prefix.isEmpty ? Prefix(stored: "") : input.made(prefix, Prefix.init(validating:))
    let filenames = input.texts("filenames").flatMap { input.made($0, Filenames.init(validating:)) } ?? .all
    let kmsKeyARN = input.value("kmsKeyArn") { text throws(InvalidValue) in
      try KMSKeyARN(validating: text, connector: connector)
    }
    if let bucketName, let validPrefix {
      let errors = FilenameLimits.errors(
        filenames: filenames, bucketName: bucketName, prefix: validPrefix, kmsKeyARN: kmsKeyARN, role: userARN,
        connector)
      for error in errors { input.report(RequestError(error)) }
    }
    guard let name, let sessionName, let bucketName, let validPrefix else { return nil }
    var new = NewICC(
      organisation: .default, name: name, userARN: userARN, sessionName: sessionName, bucketName: bucketName,
      prefix: validPrefix, kmsKeyARN: kmsKeyARN)
    (new.description, new.bucketOwner, new.filenames) = (description, bucketOwner, filenames)
    return new
  }

  /// Checks the connector type. A change can contain it, since there is only one.
  static func connectorType(_ input: inout InputReader, required: Bool) {
    guard let text = input.text("connectorType", required: required), ConnectorType(rawValue: text) == nil else {
      return
    }
    input.report(
      RequestError(
        .pointer("/connectorType"), "connector-type.unsupported", "Unsupported connector type.",
        hint: "Use " + ConnectorType.allCases.map(\.rawValue).joined(separator: ", ") + "."))
  }

  /// Returns the token's organisation; a token with access to all organisations can choose one.
  private static func organisation(_ input: inout InputReader, of token: Token) -> OrganisationID? {
    if let own = token.organisation {
      if input.field("organisation") != nil { input.report(FieldErrors.notSettable("organisation")) }
      return own
    }
    guard let text = input.text("organisation") else { return .default }
    return OrganisationInput.identifier(text, at: .pointer("/organisation"), &input)
  }
}

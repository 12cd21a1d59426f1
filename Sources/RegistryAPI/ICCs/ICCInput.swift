import JSON
import Registry

/// What a caller settles of an ICC, read from a body.
enum ICCInput {
  /// The values of a new ICC.
  static func new(_ input: inout InputReader, by token: Token, _ connector: ConnectorIdentity) throws(Problem) -> NewICC
  {
    let name = input.value("name", required: true, ICCName.init(validating:))
    connectorType(&input, required: true)
    let userARN = input.value("userArn") { text throws(InvalidValue) in
      try UserARN(validating: text, connector: connector)
    }
    let sessionName = input.value("sessionName", required: true, SessionName.init(validating:))
    let bucketName = input.value("bucketName", required: true) { text throws(InvalidValue) in
      try BucketName(validating: text, connector: connector)
    }
    let prefix = input.text("prefix") ?? ""
    let validPrefix = prefix.isEmpty ? Prefix(stored: "") : input.made(prefix, Prefix.init(validating:))
    let kmsKeyARN = input.value("kmsKeyArn") { text throws(InvalidValue) in
      try KMSKeyARN(validating: text, connector: connector)
    }
    let organisation = organisation(&input, of: token)
    try input.finish()
    guard let name, let sessionName, let bucketName, let validPrefix, let organisation else {
      throw Problem(.validationFailed)
    }
    return NewICC(
      organisation: organisation, name: name, userARN: userARN, sessionName: sessionName, bucketName: bucketName,
      prefix: validPrefix, kmsKeyARN: kmsKeyARN)
  }

  /// Only one type is known today; a change may name it, since that changes nothing.
  static func connectorType(_ input: inout InputReader, required: Bool) {
    guard let text = input.text("connectorType", required: required), ConnectorType(rawValue: text) == nil else {
      return
    }
    input.report(
      RequestError(
        .pointer("/connectorType"), "connector-type.unsupported", "This connector type is not known.",
        hint: "The types are: " + ConnectorType.allCases.map(\.rawValue).joined(separator: ", ") + "."))
  }

  /// The token's own organisation; a token that sees all may name one.
  private static func organisation(_ input: inout InputReader, of token: Token) -> OrganisationID? {
    if let own = token.organisation {
      if input.member("organisation") != nil { input.report(FieldErrors.notSettable("organisation")) }
      return own
    }
    guard let text = input.text("organisation") else { return .default }
    return OrganisationInput.identifier(text, at: "/organisation", &input)
  }
}

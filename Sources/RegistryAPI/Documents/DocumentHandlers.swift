import JSON
import Registry

/// Handlers for single values of an ICC: plain text, and policy documents for the AWS CLI.
enum DocumentHandlers {
  static func externalID(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    return text(icc.externalID.hex, of: icc)
  }

  static func principal(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    return text(icc.principal(call.services.settings.connector), of: icc)
  }

  static func trustPolicy(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    let isSingle = input.flag("single")
    try input.finish()
    let icc = try ICCHandlers.live(call, token, reader)
    let connector = call.services.settings.connector
    let text =
      isSingle
      ? icc.trustPolicy(connector).documentText
      : MergedTrustPolicy(try RoleICCs.sharing(icc, reader), connector).document.documentText
    return APIResponse(200, .json, Array(text.utf8), entityTag: EntityTag.text(ofContent: text))
  }

  static func permissionPolicy(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    return document(icc.permissionPolicy(call.services.settings.connector), of: icc)
  }

  static func bucketPolicy(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    guard let policy = icc.bucketPolicy(call.services.settings.connector) else { throw Problem(.iccIsDraft) }
    return document(policy, of: icc)
  }

  static func keyPolicy(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    guard icc.kmsKeyARN != nil else { throw Problem(.iccHasNoKey) }
    guard let policy = icc.keyPolicy(call.services.settings.connector) else { throw Problem(.iccIsDraft) }
    return document(policy, of: icc)
  }

  private static func text(_ value: String, of icc: ICC) -> APIResponse {
    APIResponse(200, .plainText, Array(value.utf8) + [0x0A], entityTag: EntityTag.text(of: icc.version))
  }

  private static func document(_ policy: JSONValue, of icc: ICC) -> APIResponse {
    APIResponse(200, .json, Array(policy.documentText.utf8), entityTag: EntityTag.text(of: icc.version))
  }
}

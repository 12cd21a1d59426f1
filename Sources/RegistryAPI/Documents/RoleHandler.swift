import AWSPolicy
import JSON
import Registry

/// The handler for an ICC's role: the ICCs that use it, and its trust policy.
enum RoleHandler {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let icc = try ICCHandlers.live(call, token, reader)
    guard let role = icc.userARN else { throw Problem(.iccIsDraft) }
    let iccs = try RoleICCs.sharing(icc, reader)
    let merged = MergedTrustPolicy(iccs, call.services.settings.connector)
    let text = JSONValue.object([
      ("userArn", .string(role.text)),
      (
        "iccs",
        .array(
          iccs.map { icc in
            [
              "id": .string(icc.id.text), "name": .string(icc.name.text),
              "sessionName": .string(icc.sessionName.text),
            ]
          })
      ),
      ("trustPolicy", merged.document), ("trustPolicyCharacters", .number(merged.characters)),
      ("maximumCharacters", .number(merged.limit)),
    ]).text()
    return APIResponse(200, .json, Array(text.utf8), entityTag: EntityTag.text(ofContent: text))
  }
}

import JSON
import Registry

/// The handler for the trust policy of a role that an organisation's ICCs share.
enum MergedTrustPolicyHandler {
  static func read(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    var input = try call.input()
    var filter = ICCFilter()
    filter.userARN = role(&input, call.services.settings.connector)
    filter.organisation = organisation(&input, of: token)
    try input.finish()
    let iccs = try RoleICCs.some(filter, token.scope, reader)
    let merged = MergedTrustPolicy(iccs, call.services.settings.connector)
    return APIResponse(200, .json, bytes(merged, iccs, role: filter.userARN ?? ""))
  }

  private static func role(_ input: inout InputReader, _ connector: ConnectorIdentity) -> String? {
    guard let text = input.parameter("userArn") else {
      input.report(
        RequestError(
          .parameter("userArn"), "query.missing", "The parameter userArn is required.",
          hint: "Add userArn with the ARN of the role."))
      return nil
    }
    do {
      return try UserARN(validating: text, connector: connector).text
    } catch {
      for diagnostic in error.diagnostics {
        input.report(RequestError(.parameter("userArn"), diagnostic.code, diagnostic.detail, hint: diagnostic.hint))
      }
      return nil
    }
  }

  /// A trust policy never includes ICCs of two organisations: each would see the other's external
  /// IDs.
  private static func organisation(_ input: inout InputReader, of token: Token) -> OrganisationID? {
    guard let text = input.parameter("organisation") else {
      if token.organisations.count < 2 { return token.organisation ?? .default }
      input.report(
        RequestError(
          .parameter("organisation"), "query.missing",
          "The parameter organisation is required, because your token has access to several.",
          hint: "Name one of the organisations that GET /v1/session lists."))
      return nil
    }
    if let id = OrganisationID(text) { return id }
    input.report(RequestError(.parameter("organisation"), "organisation.malformed", "This is not an organisation ID."))
    return nil
  }

  private static func bytes(_ merged: MergedTrustPolicy, _ iccs: [ICC], role: String) -> [UInt8] {
    var writer = JSONWriter(capacity: 2048)
    writer.beginObject()
    writer.member("userArn", role)
    writer.memberName("iccs")
    writer.beginArray()
    for icc in iccs { writer.string(icc.id.text) }
    writer.endArray()
    if iccs.isEmpty { writer.member("trustPolicy", .null) } else { writer.member("trustPolicy", merged.document) }
    writer.member("characters", iccs.isEmpty ? 0 : merged.characters)
    writer.member("limit", merged.limit)
    writer.member("maximumLimit", merged.maximumLimit)
    writer.member("fits", iccs.isEmpty || merged.fits)
    ICCRepresentation.write(iccs.isEmpty ? [] : merged.warnings, into: &writer)
    writer.endObject()
    return writer.bytes
  }
}

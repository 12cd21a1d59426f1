import HTTPWire
import JSON
import Registry
import SetupKit

/// The documents of an ICC, and the merged trust policy of a role.
enum DocumentRoutes {
  private typealias Handler = @Sendable (Call, Token, any RegistryReader) throws -> APIResponse

  static let routes = [
    text("external-id", "getExternalID", "Read the external ID alone", DocumentHandlers.externalID),
    text("principal", "getPrincipal", "Read the principal alone", DocumentHandlers.principal),
    document("trust-policy", "getTrustPolicy", "Read the trust policy", DocumentHandlers.trustPolicy),
    document(
      "permission-policy", "getPermissionPolicy", "Read the permission policy", DocumentHandlers.permissionPolicy),
    document(
      "bucket-policy", "getBucketPolicy", "Read the bucket policy", DocumentHandlers.bucketPolicy, [.iccIsDraft]),
    document(
      "key-policy", "getKeyPolicy", "Read the key policy", DocumentHandlers.keyPolicy, [.iccIsDraft, .iccHasNoKey]),
    Route(
      .get, "/v1/iccs/{id}/setup", .action(.readICC), offers: [.markdown, .html, .plainText, .json],
      Operation(
        id: "getSetup", tag: "Documents", summary: "Read the whole set-up in AWS with this ICC's values filled in",
        query: [
          Operation.QueryParameter(
            name: "format", schema: Schema.anyOf(ICCSetupKit.Format.allCases.map(\.rawValue)),
            description: "guide unless asked otherwise; a browser gets it as HTML.")
        ],
        success: .init(status: 200, description: "The set-up.", schema: ["type": "object"])),
      .read(SetupHandler.read)),
    Route(
      .post, "/v1/iccs/{id}/check", .action(.checkICC),
      Operation(
        id: "checkPolicies", tag: "Documents", summary: "Check pasted policies against an ICC",
        description: "Offline: nothing is asked of AWS. 200 whatever the verdict.",
        body: .init(
          mediaType: .json, schema: "PolicyCheckRequest",
          example: ["trustPolicy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"]),
        success: .init(status: 200, description: "The findings.", schema: Schema.reference("PolicyCheckResult"))),
      .read(CheckHandler.check)),
    Route(
      .get, "/v1/trust-policy", .action(.readICC),
      Operation(
        id: "getMergedTrustPolicy", tag: "Documents", summary: "Read one trust policy for all ICCs on a role",
        query: [
          Operation.QueryParameter(
            name: "userArn", schema: Schema.reference("UserArn"), description: "The role.", isRequired: true),
          Operation.QueryParameter(
            name: "organisation", schema: Schema.reference("OrganisationId"),
            description: "For tokens that see all organisations; default unless named."),
        ],
        success: .init(
          status: 200, description: "The policy, with its length against what AWS stores.",
          schema: Schema.reference("MergedTrustPolicy"))),
      .read(MergedTrustPolicyHandler.read)),
  ]

  private static func text(_ part: String, _ id: String, _ summary: String, _ handler: @escaping Handler) -> Route {
    Route(
      .get, "/v1/iccs/{id}/" + part, .action(.readICC), offers: [.plainText],
      Operation(
        id: id, tag: "Documents", summary: summary, description: "The bare value and a line feed, for shell scripts.",
        conditions: .read,
        success: .init(status: 200, description: "The value.", schema: Schema.string(), headers: ["ETag"])),
      .read(handler))
  }

  private static func document(
    _ part: String, _ id: String, _ summary: String, _ handler: @escaping Handler, _ problems: [ProblemCode] = []
  ) -> Route {
    Route(
      .get, "/v1/iccs/{id}/" + part, .action(.readICC),
      Operation(
        id: id, tag: "Documents", summary: summary, description: "Pretty-printed, ready for the AWS command line.",
        conditions: .read,
        success: .init(
          status: 200, description: "The document.", schema: Schema.reference("PolicyDocument"), headers: ["ETag"]),
        problems: problems),
      .read(handler))
  }
}

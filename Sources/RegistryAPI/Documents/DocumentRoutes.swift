import HTTPWire
import JSON
import Registry
import SetupKit

/// The routes for an ICC's documents and for a role's trust policy.
enum DocumentRoutes {
  private typealias Handler = @Sendable (Call, Token, any RegistryReader) throws -> APIResponse

  static let routes = [
    text("external-id", "getExternalId", "Read the external ID", DocumentHandlers.externalID),
    text("principal", "getPrincipal", "Read the principal", DocumentHandlers.principal),
    trustPolicy,
    role,
    document(
      "permission-policy", "getPermissionPolicy", "Read the permission policy", DocumentHandlers.permissionPolicy),
    document(
      "bucket-policy", "getBucketPolicy", "Read the bucket policy", DocumentHandlers.bucketPolicy, [.iccIsDraft]),
    document(
      "key-policy", "getKeyPolicy", "Read the key policy", DocumentHandlers.keyPolicy, [.iccIsDraft, .iccHasNoKey]),
    Route(
      .get, "/v1/iccs/{id}/setup", .action(.readICC), offers: [.markdown, .html, .plainText, .json],
      Operation(
        id: "getSetup", tag: .policies, summary: "Read the set-up kit with this ICC's values",
        description: guideDescription,
        query: [format],
        success: .init(status: 200, description: "The set-up kit.", schema: ["type": "object"]),
        problems: [.iccHasDynamicReference]),
      .list(SetupHandler.read)),
    Route(
      .post, "/v1/iccs/{id}/check", .action(.checkICC),
      Operation(
        id: "checkPolicies", tag: .policies, summary: "Check pasted policies against an ICC",
        description: "The check is offline and does not contact AWS. The status is 200 for every verdict.",
        body: .init(
          mediaType: .json, schema: "PolicyCheckRequest",
          example: ["trustPolicy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"]),
        success: .init(status: 200, description: "The findings.", schema: Schema.reference("PolicyCheckResult"))),
      .work(.checkQueueFull, CheckHandler.check)),
    Route(
      .get, "/v1/trust-policy", .action(.readICC),
      Operation(
        id: "getMergedTrustPolicy", tag: .policies, summary: "Read the trust policy for all ICCs on a role",
        query: [
          Operation.QueryParameter(
            name: "userArn", schema: Schema.reference("UserArn"), description: "The role.", isRequired: true),
          Operation.QueryParameter(
            name: "organisation", schema: Schema.reference("OrganisationId"),
            description: "For tokens that can see all organisations. The default is the organisation default."),
        ],
        success: .init(
          status: 200, description: "The policy, with its length and AWS's limits.",
          schema: Schema.reference("MergedTrustPolicy"))),
      .list(MergedTrustPolicyHandler.read)),
  ]

  static let format = Operation.QueryParameter(
    name: "format", schema: Schema.anyOf(ICCSetupKit.Format.allCases.map(\.rawValue)),
    description: "The default is guide, which a browser receives as HTML.")

  static let guideDescription =
    "As JSON, the guide has blocks, the text in order, and checklist, the steps with the party that performs each, "
    + "its state, and the pages of the AWS console for it. A heading names the step that its section explains."

  private static let trustPolicy = Route(
    .get, "/v1/iccs/{id}/trust-policy", .action(.readICC),
    Operation(
      id: "getTrustPolicy", tag: .policies, summary: "Read the trust policy of the ICC's role",
      description:
        "One statement for each live ICC of the organisation on the role, so that storing the document breaks "
        + "none of them. Pretty-printed, ready for the AWS CLI.",
      query: [
        Operation.QueryParameter(
          name: "single", schema: Schema.boolean, description: "true returns this ICC's statement only.")
      ],
      conditions: .read,
      success: .init(
        status: 200, description: "The document.", schema: Schema.reference("PolicyDocument"), headers: ["ETag"])),
    .list(DocumentHandlers.trustPolicy))

  private static let role = Route(
    .get, "/v1/iccs/{id}/role", .action(.readICC),
    Operation(
      id: "getRole", tag: .policies, summary: "Read the ICC's role",
      description: "The organisation's live ICCs on the role, and the role's trust policy.", conditions: .read,
      success: .init(
        status: 200, description: "The role.", schema: Schema.reference("Role"), headers: ["ETag"]),
      problems: [.iccIsDraft]),
    .list(RoleHandler.read))

  private static func text(_ part: String, _ id: String, _ summary: String, _ handler: @escaping Handler) -> Route {
    Route(
      .get, "/v1/iccs/{id}/" + part, .action(.readICC), offers: [.plainText],
      Operation(
        id: id, tag: .policies, summary: summary, description: "The value and a line feed, for shell scripts.",
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
        id: id, tag: .policies, summary: summary, description: "Pretty-printed, ready for the AWS CLI.",
        conditions: .read,
        success: .init(
          status: 200, description: "The document.", schema: Schema.reference("PolicyDocument"), headers: ["ETag"]),
        problems: problems),
      .read(handler))
  }
}

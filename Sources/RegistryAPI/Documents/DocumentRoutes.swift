import HTTPWire
import JSON
import Registry

/// The documents of an ICC, and the merged trust policy of a role.
enum DocumentRoutes {
  private typealias Handler = @Sendable (Call, Token, any RegistryReader) throws -> Reply

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
    _ part: String, _ id: String, _ summary: String, _ handler: @escaping Handler, _ refusals: [ProblemCode] = []
  ) -> Route {
    Route(
      .get, "/v1/iccs/{id}/" + part, .action(.readICC),
      Operation(
        id: id, tag: "Documents", summary: summary, description: "Pretty-printed, ready for the AWS command line.",
        conditions: .read,
        success: .init(
          status: 200, description: "The document.", schema: Schema.reference("PolicyDocument"), headers: ["ETag"]),
        refusals: refusals),
      .read(handler))
  }
}

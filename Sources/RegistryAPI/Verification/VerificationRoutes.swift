import HTTPWire
import JSON
import Registry

/// The endpoints of the live verification against AWS.
enum VerificationRoutes {
  static let routes = [
    Route(
      .post, "/v1/iccs/{id}/verify", .action(.verifyICC),
      Operation(
        id: "verifyIcc", tag: .verifications, summary: "Verify an ICC against AWS",
        description: """
          Assumes the customer's role as an import would, lists the bucket, reads one byte of one object, and tests that \
          AWS rejects other callers. It takes a few seconds and returns 200 with any verdict. The verdict becomes the \
          ICC's status, unless the ICC was changed in the meantime.
          """,
        conditions: .change,
        success: .init(
          status: 200, description: "The verification.", schema: Schema.reference("Verification"), headers: ["ETag"]),
        problems: [
          .iccIsDraft, .verificationInProgress, .verificationNotConfigured, .verificationQueueFull,
          .verificationTooSoon,
        ]),
      .write(VerificationHandlers.verify)),
    Route(
      .get, "/v1/iccs/{id}/verifications", .action(.readVerifications),
      Operation(
        id: "listVerifications", tag: .verifications, summary: "List the verifications of an ICC, newest first",
        description: "The last 100 are stored. inProgress shows the completed checks of a running one.",
        query: QueryParameters.page(.verifications),
        success: .init(
          status: 200, description: "A page of verifications.", schema: Schema.reference("VerificationPage"))),
      .list(VerificationHandlers.history)),
  ]
}

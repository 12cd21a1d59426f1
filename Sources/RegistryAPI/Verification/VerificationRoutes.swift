import HTTPWire
import JSON
import Registry

/// The live check of an ICC against AWS, and its history.
enum VerificationRoutes {
  static let routes = [
    Route(
      .post, "/v1/iccs/{id}/verify", .action(.verifyICC),
      Operation(
        id: "verifyICC", tag: "Verification", summary: "Verify an ICC against AWS",
        description: """
          Assumes the customer's role as an import would, lists the bucket, reads one byte of one object, and tries what \
          must be refused. It takes some seconds and answers 200 whatever the verdict; the ICC's status follows, \
          unless it was changed meanwhile.
          """,
        conditions: .change,
        success: .init(
          status: 200, description: "What was found.", schema: Schema.reference("Verification"), headers: ["ETag"]),
        problems: [.iccIsDraft, .verificationUnderWay, .verificationNotConfigured, .verificationQueueFull]),
      .write(VerificationHandlers.verify)),
    Route(
      .get, "/v1/iccs/{id}/verifications", .action(.readVerifications),
      Operation(
        id: "listVerifications", tag: "Verification", summary: "Read the verifications of an ICC, the newest first",
        description: "The last 100 are kept. inProgress shows the checks done so far of one that runs now.",
        query: QueryParameters.page(.verifications),
        success: .init(
          status: 200, description: "A page of verifications.", schema: Schema.reference("VerificationPage"))),
      .read(VerificationHandlers.history)),
  ]
}

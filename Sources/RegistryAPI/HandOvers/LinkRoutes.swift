import HTTPWire
import JSON
import Registry
import SetupKit

/// The endpoints for the bearer of a link to the set-up of one ICC. Each request is a use.
enum LinkRoutes {
  static let routes = [
    Route(
      .get, "/v1/hand-over", .link(nil),
      Operation(
        id: "getHandOver", tag: .handOvers, summary: "Read the ICC of your link",
        description: "The values that AWS needs, and what the link allows.",
        success: .init(status: 200, description: "The ICC.", schema: Schema.reference("HandOverView"))),
      .link(LinkHandlers.read)),
    Route(
      .get, "/v1/hand-over/setup", .link(nil), offers: [.markdown, .html, .plainText, .json],
      Operation(
        id: "getHandOverSetup", tag: .handOvers, summary: "Read the set-up kit of your link's ICC",
        description: "If other ICCs of the organisation use the same role, the documents have their statements too: "
          + "without them, storing a document would break their imports. \(DocumentRoutes.guideDescription)",
        query: [DocumentRoutes.format],
        success: .init(status: 200, description: "The set-up kit.", schema: ["type": "object"]),
        problems: [.readQueueFull, .iccHasDynamicReference]),
      .link(LinkHandlers.setup)),
    Route(
      .post, "/v1/hand-over/check", .link(.check),
      Operation(
        id: "checkHandOverPolicies", tag: .handOvers, summary: "Check pasted policies against your link's ICC",
        description: "As for a token, but other ICCs of the organisation are not named.",
        body: .init(
          mediaType: .json, schema: "PolicyCheckRequest",
          example: ["trustPolicy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"]),
        success: .init(status: 200, description: "The findings.", schema: Schema.reference("PolicyCheckResult")),
        problems: [.checkQueueFull]),
      .link(LinkHandlers.check)),
    Route(
      .patch, "/v1/hand-over", .link(.setUserARN),
      Operation(
        id: "setHandOverUserArn", tag: .handOvers, summary: "Set the User ARN of your link's ICC",
        description: "No other field can be set.",
        body: .init(
          mediaType: .mergePatch, schema: "HandOverPatch",
          example: ["userArn": "arn:aws:iam::111122223333:role/infosum-import"]),
        success: .init(status: 200, description: "The ICC.", schema: Schema.reference("HandOverView")),
        problems: [.iccInUse]),
      .link(LinkHandlers.change)),
    Route(
      .post, "/v1/hand-over/verify", .link(.verify),
      Operation(
        id: "verifyHandOver", tag: .handOvers, summary: "Verify your link's ICC against AWS",
        success: .init(status: 200, description: "The result.", schema: Schema.reference("Verification")),
        problems: [
          .iccIsDraft, .verificationInProgress, .verificationNotConfigured, .verificationQueueFull,
          .verificationTooSoon,
        ]),
      .link(LinkHandlers.verify)),
  ]
}

import HTTPWire
import JSON
import Registry

/// The endpoints to change an ICC.
enum LifecycleRoutes {
  static let routes =
    [
      Route(
        .patch, "/v1/iccs/{id}", .action(.changeICC),
        Operation(
          id: "changeIcc", tag: .iccs, summary: "Change an ICC",
          description:
            "A JSON merge patch (RFC 7396): absent fields are kept, null clears a field, other values replace it.",
          query: [QueryParameters.dryRun, QueryParameters.force],
          body: .init(mediaType: .mergePatch, schema: "ICCPatch", example: ["prefix": "exports/2026/"]),
          conditions: .change,
          success: .init(
            status: 200, description: "The ICC, and whether the customer must update the trust policy.",
            schema: Schema.reference("ChangedICC"), headers: ["ETag"]),
          problems: [.nameTaken, .iccInUse]),
        .write(LifecycleHandlers.patch)),
      Route(
        .delete, "/v1/iccs/{id}", .action(.deleteICC), offers: [],
        Operation(
          id: "deleteIcc", tag: .iccs, summary: "Delete an ICC",
          description: "A deleted ICC keeps all its values and can be restored with the same external ID.",
          query: [QueryParameters.dryRun, QueryParameters.force], conditions: .change,
          success: .init(status: 204, description: "The ICC is deleted."), problems: [.iccInUse]),
        .write(LifecycleHandlers.delete)),
      step(
        "restore", .restoreICC, "restoreIcc", "Restore a deleted ICC with the same external ID",
        [.nameTaken, .organisationUnknown, .tooManyICCs], LifecycleHandlers.restore),
      step("enable", .switchICC, "enableIcc", "Enable an ICC for import workers", [], LifecycleHandlers.enable),
      step(
        "disable", .switchICC, "disableIcc", "Disable an ICC for import workers", [.iccInUse],
        LifecycleHandlers.disable),
      step(
        "release", .releaseICC, "releaseIcc", "End the alarm of an ICC whose role another organisation uses",
        [], LifecycleHandlers.release,
        description: "Ends the hold too: the next verification sends the ICC's external ID. An ICC without an alarm is "
          + "returned unchanged."),
    ] + [
      step(
        "external-id/rotate", .rotateExternalID, "rotateExternalId",
        "Generate a pending external ID in addition to the current one", [.rotationPending], LifecycleHandlers.rotate,
        schema: "ChangedICC"),
      step(
        "external-id/promote", .rotateExternalID, "promoteExternalId",
        "Make the pending external ID current and retire the old one", [.rotationNotPending, .iccInUse],
        LifecycleHandlers.promote, schema: "ChangedICC"),
      step(
        "external-id/cancel", .rotateExternalID, "cancelExternalIdRotation", "Retire the pending external ID",
        [.rotationNotPending], LifecycleHandlers.cancel, schema: "ChangedICC"),
    ]

  private static func step(
    _ part: String, _ action: Action, _ id: String, _ summary: String, _ problems: [ProblemCode],
    _ handler: @escaping @Sendable (Call, Token) async throws -> APIResponse, schema: String = "ICC",
    description: String = ""
  ) -> Route {
    Route(
      .post, "/v1/iccs/{id}/" + part, .action(action),
      Operation(
        id: id, tag: .iccs, summary: summary, description: description,
        query: [QueryParameters.dryRun] + (problems.contains(.iccInUse) ? [QueryParameters.force] : []),
        conditions: .change,
        success: .init(
          status: 200, description: "The ICC.", schema: Schema.reference(schema), headers: ["ETag"]),
        problems: problems),
      .write(handler))
  }
}

import HTTPWire
import JSON
import Registry

/// The endpoints by which import jobs announce that they use an ICC.
enum UsageRoutes {
  static let routes = [
    Route(
      .get, "/v1/iccs/{id}/usages", .action(.readUsages),
      Operation(
        id: "listUsages", tag: .usages, summary: "List the usages of an ICC",
        description: "Expired usages are not listed.",
        success: .init(status: 200, description: "All usages.", schema: Schema.reference("UsageList"))),
      .list(UsageHandlers.list)),
    Route(
      .put, "/v1/iccs/{id}/usages/{key}", .action(.useICC),
      Operation(
        id: "announceUsage", tag: .usages, summary: "Announce or renew a usage of an ICC",
        description:
          "Until expiresAt, the ICC is not deleted, disabled or changed in a way that breaks the connection, "
          + "unless that request has force=true. The ICC must be enabled.",
        body: .init(
          mediaType: .json, schema: "NewUsage",
          example: ["description": "Weekly import", "expiresAt": "2027-01-31T12:00:00Z"]),
        success: .init(
          status: 200, description: "The usage.", schema: Schema.reference("Usage"), isCreatedOnce: true),
        problems: [.iccIsDisabled, .usageTooMany]),
      .write(UsageHandlers.announce)),
    Route(
      .delete, "/v1/iccs/{id}/usages/{key}", .action(.useICC), offers: [],
      Operation(
        id: "endUsage", tag: .usages, summary: "End a usage of an ICC",
        description: "Does nothing if the usage has already ended.",
        success: .init(status: 204, description: "The usage is ended.")),
      .write(UsageHandlers.end)),
  ]
}

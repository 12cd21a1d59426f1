import HTTPWire
import JSON
import Registry

/// The endpoints for organisations.
enum OrganisationRoutes {
  static let routes = [
    Route(
      .post, "/v1/organisations", .action(.createOrganisation),
      Operation(
        id: "createOrganisation", tag: .organisations, summary: "Create an organisation",
        description:
          "If id is missing, it is derived from the name. The ID of a deleted organisation cannot be used again.",
        query: [QueryParameters.dryRun],
        body: .init(mediaType: .json, schema: "NewOrganisation", example: ["id": "acme", "name": "Acme Ltd"]),
        takesIdempotencyKey: true,
        success: .init(
          status: 201, description: "The organisation.", schema: Schema.reference("Organisation"),
          headers: ["ETag", "Location"], links: ["getOrganisation", "changeOrganisation", "deleteOrganisation"]),
        problems: [.organisationTaken]),
      .write(OrganisationHandlers.create)),
    Route(
      .get, "/v1/organisations", .action(.readOrganisations),
      Operation(
        id: "listOrganisations", tag: .organisations, summary: "List organisations",
        query: QueryParameters.page(.organisations),
        success: .init(
          status: 200, description: "A page of organisations.", schema: Schema.reference("OrganisationPage"))),
      .list(OrganisationHandlers.list)),
    Route(
      .get, "/v1/organisations/{id}", .action(.readOrganisations),
      Operation(
        id: "getOrganisation", tag: .organisations, summary: "Read an organisation", conditions: .read,
        success: .init(
          status: 200, description: "The organisation.", schema: Schema.reference("Organisation"), headers: ["ETag"])),
      .read(OrganisationHandlers.read)),
    Route(
      .patch, "/v1/organisations/{id}", .action(.changeOrganisation),
      Operation(
        id: "changeOrganisation", tag: .organisations, summary: "Rename an organisation",
        description: "A JSON merge patch (RFC 7396). The ID stays.", query: [QueryParameters.dryRun],
        body: .init(mediaType: .mergePatch, schema: "OrganisationPatch", example: ["name": "Acme Group"]),
        conditions: .change,
        success: .init(
          status: 200, description: "The organisation.", schema: Schema.reference("Organisation"), headers: ["ETag"])),
      .write(OrganisationHandlers.patch)),
    Route(
      .delete, "/v1/organisations/{id}", .action(.deleteOrganisation), offers: [],
      Operation(
        id: "deleteOrganisation", tag: .organisations, summary: "Delete an organisation",
        description: "Revokes its tokens. An organisation that still has ICCs is not deleted; the response lists them.",
        query: [QueryParameters.dryRun], conditions: .change,
        success: .init(status: 204, description: "The organisation is deleted."),
        problems: [.organisationNotEmpty, .organisationIsDefault]),
      .write(OrganisationHandlers.delete)),
  ]
}

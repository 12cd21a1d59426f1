import HTTPWire
import JSON
import Registry

/// The endpoints to create, read and list ICCs.
enum ICCRoutes {
  static let routes = [
    Route(
      .post, "/v1/iccs", .action(.createICC),
      Operation(
        id: "createIcc", tag: .iccs, summary: "Create an ICC",
        query: [QueryParameters.dryRun],
        body: .init(mediaType: .json, schema: "NewICC", example: exampleBody),
        takesIdempotencyKey: true,
        success: .init(
          status: 201, description: "The ICC, with its external ID, principal and policies.",
          schema: Schema.reference("ICC"), headers: ["ETag", "Location"], links: Links.ofICC),
        problems: [.nameTaken, .organisationUnknown, .tooManyICCs]),
      .write(ICCHandlers.create)),
    Route(
      .get, "/v1/iccs", .action(.listICCs), offers: ICCListResponse.offers,
      Operation(
        id: "listIccs", tag: .iccs, summary: "List ICCs",
        description: "With `Accept: text/csv` the list is a table for spreadsheets, and with `application/x-ndjson` it "
          + "has one item a line. Without limit both have the whole list. With limit they have a page, and the "
          + "address of the next one in the Link header. A cell that a spreadsheet would run as a formula starts with an apostrophe.",
        query: QueryParameters.page(ICCOrder.allCases.map(Cursor.iccs)) + QueryParameters.iccFilters,
        success: .init(
          status: 200, description: "A page of ICCs.", schema: Schema.reference("ICCPage"), headers: ["Link"]),
        problems: [.filterTooBroad]),
      .list(ICCHandlers.list)),
    Route(
      .get, "/v1/iccs/{id}", .action(.readICC),
      Operation(
        id: "getIcc", tag: .iccs, summary: "Read an ICC", conditions: .read,
        success: .init(
          status: 200, description: "The ICC.", schema: Schema.reference("ICC"), headers: ["ETag"])),
      .read(ICCHandlers.read)),
  ]

  private static let exampleBody: JSONValue = [
    "name": "Acme CRM, weekly", "connectorType": "s3-cross-account",
    "userArn": "arn:aws:iam::111122223333:role/infosum-import", "sessionName": "acme-import",
    "bucketName": "acme-data", "prefix": "exports/",
  ]
}

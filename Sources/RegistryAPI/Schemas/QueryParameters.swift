import JSON
import Registry

/// The parameters that more than one route takes.
enum QueryParameters {
  static let dryRun = Operation.QueryParameter(
    name: "dryRun", schema: Schema.boolean, description: "Do everything but write, and answer what the write would.")

  static func page(_ lists: Cursor...) -> [Operation.QueryParameter] {
    [
      Operation.QueryParameter(
        name: "limit", schema: Schema.integer(1...200),
        description: "How many items at most; 50 unless asked otherwise."),
      Operation.QueryParameter(
        name: "cursor", schema: Schema.string(("pattern", .string(Cursor.pattern(lists)))),
        description: "The nextCursor of the page before."),
    ]
  }

  static let iccFilters = [
    Operation.QueryParameter(
      name: "order", schema: Schema.anyOf(["oldest", "newest"]),
      description: "Which ICCs come first, by creation: the oldest unless asked otherwise. A cursor keeps its order."),
    Operation.QueryParameter(name: "name", schema: Schema.string(), description: "Part of the name, ignoring case."),
    Operation.QueryParameter(name: "bucketName", schema: Schema.string(), description: "The whole bucket name."),
    Operation.QueryParameter(name: "userArn", schema: Schema.string(), description: "The whole User ARN, with case."),
    Operation.QueryParameter(
      name: "status", schema: Schema.anyOf(ICCStatus.allCases.map(\.rawValue)), description: "The status."),
    Operation.QueryParameter(
      name: "organisation", schema: Schema.reference("OrganisationId"),
      description: "One organisation out of those that the token sees."),
    Operation.QueryParameter(
      name: "deleted", schema: Schema.boolean, description: "Deleted ICCs instead of live ones."),
  ]
}

import JSON
import Registry

/// The query parameters of more than one route.
enum QueryParameters {
  static let dryRun = Operation.QueryParameter(
    name: "dryRun", schema: Schema.boolean,
    description: "Validate the request and return the response without writing anything.")

  static let force = Operation.QueryParameter(
    name: "force", schema: Schema.boolean,
    description: "Do it even if import jobs use the ICC: they will fail.")

  static func page(_ list: Cursor) -> [Operation.QueryParameter] { page([list]) }

  static func page(_ lists: [Cursor]) -> [Operation.QueryParameter] {
    [
      Operation.QueryParameter(
        name: "limit", schema: Schema.integer(1...200),
        description: "The maximum number of items; the default is 50."),
      Operation.QueryParameter(
        name: "cursor", schema: Schema.string(("pattern", .string(Cursor.pattern(lists)))),
        description: "The nextCursor of the previous page."),
    ]
  }

  /// Any text without U+0000: an encoded NUL makes a request-target malformed.
  private static let text = Schema.string(("pattern", #"^[^\u0000]*$"#))

  private static let words = #"^ *([^ \u0000]+( +[^ \u0000]+){0,\#(ICCFilter.maxWords - 1)})? *$"#

  private static let statuses: String = {
    let names = ICCStatus.allCases.map(\.rawValue).joined(separator: "|")
    return "^(\(names))(,(\(names)))*$"
  }()

  static let iccFilters = [
    Operation.QueryParameter(
      name: "order", schema: Schema.anyOf(ICCOrder.allCases.map(\.rawValue)),
      description: "`oldest` (the default) or `newest` first by creation, by organisation and `name`, or the last "
        + "`updated` first. A cursor keeps its order. By name or change, an ICC that is changed meanwhile can appear "
        + "twice or not at all."),
    Operation.QueryParameter(
      name: "q", schema: Schema.string(("pattern", .string(words))),
      description: "At most \(ICCFilter.maxWords) words that all occur in the name, description, bucket name, "
        + "prefix, User ARN, ID or external IDs, ignoring case."),
    Operation.QueryParameter(name: "name", schema: text, description: "A part of the name, ignoring case."),
    Operation.QueryParameter(name: "bucketName", schema: text, description: "The exact bucket name."),
    Operation.QueryParameter(
      name: "userArn", schema: text, description: "The exact User ARN, case-sensitive."),
    Operation.QueryParameter(
      name: "sessionName", schema: text, description: "The exact session name, case-sensitive."),
    Operation.QueryParameter(
      name: "connectorType", schema: Schema.anyOf(ConnectorType.allCases.map(\.rawValue)),
      description: "The connector type."),
    Operation.QueryParameter(
      name: "status", schema: Schema.string(("pattern", .string(statuses))),
      description: "One or more statuses, separated by commas or each in a parameter of its own.",
      isRepeatable: true),
    Operation.QueryParameter(
      name: "enabled", schema: Schema.boolean, description: "Enabled ICCs, or disabled ones."),
    Operation.QueryParameter(
      name: "rotationPending", schema: Schema.boolean,
      description: "ICCs with a pending external ID, or the others."),
    Operation.QueryParameter(
      name: "updatedSince", schema: Schema.reference("Instant"),
      description: "ICCs that were changed at this time or later."),
    Operation.QueryParameter(
      name: "organisation", schema: Schema.reference("OrganisationId"),
      description: "One of the organisations that the token has access to."),
    Operation.QueryParameter(
      name: "usable", schema: Schema.boolean, description: "ICCs that import workers may use, or the others."),
    Operation.QueryParameter(
      name: "deleted", schema: Schema.boolean, description: "Deleted ICCs instead of live ones."),
    Operation.QueryParameter(
      name: "counts", schema: Schema.boolean,
      description: "Adds `counts` to a page of JSON: the number of live ICCs with each status, of `organisation` if "
        + "that is sent, whatever the other filters are."),
  ]
}

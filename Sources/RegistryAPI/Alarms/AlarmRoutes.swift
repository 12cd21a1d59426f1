import HTTPWire
import Registry

/// The endpoint of the alarms.
enum AlarmRoutes {
  static let routes = [
    Route(
      .get, "/v1/alarms", .action(.listAlarms),
      Operation(
        id: "listAlarms", tag: .iccs, summary: "List the ICCs whose role another organisation used before",
        description: "A held ICC cannot become verified. POST /v1/iccs/{id}/release ends its alarm if both "
          + "organisations are meant to use the role.",
        query: QueryParameters.page(.alarms),
        success: .init(status: 200, description: "A page of alarms.", schema: Schema.reference("AlarmPage"))),
      .list(AlarmHandlers.list))
  ]
}

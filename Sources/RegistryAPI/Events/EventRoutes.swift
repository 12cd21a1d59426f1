import HTTPWire
import Registry

/// Who did what, and what changed.
enum EventRoutes {
  static let routes = [
    Route(
      .get, "/v1/iccs/{id}/events", .action(.readICCEvents),
      Operation(
        id: "listICCEvents", tag: "Events", summary: "Read the audit trail of an ICC",
        query: QueryParameters.page(.events),
        success: .init(status: 200, description: "A page of events.", schema: Schema.reference("EventPage"))),
      .read(EventHandlers.ofICC)),
    Route(
      .get, "/v1/events", .action(.readEvents),
      Operation(
        id: "listEvents", tag: "Events", summary: "Read the change feed",
        description: "Events in commit order. Poll with after: the seq of the last event seen.",
        query: [
          Operation.QueryParameter(
            name: "after", schema: Schema.integer(0...Int64.max), description: "Events behind this number alone.")
        ] + QueryParameters.page(.events),
        success: .init(status: 200, description: "A page of events.", schema: Schema.reference("EventPage"))),
      .read(EventHandlers.feed)),
  ]
}

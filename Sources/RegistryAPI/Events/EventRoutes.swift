import HTTPWire
import Registry

/// The endpoints of the audit trail and the change feed.
enum EventRoutes {
  static let routes = [
    Route(
      .get, "/v1/iccs/{id}/events", .action(.readICCEvents),
      Operation(
        id: "listIccEvents", tag: .events, summary: "Read the audit trail of an ICC",
        description: "A token that is limited to organisations sees the ICC's events numbered from 1 in `seq`. A token "
          + "of all organisations sees their numbers in the change feed.",
        query: QueryParameters.page(.events),
        success: .init(status: 200, description: "A page of events.", schema: Schema.reference("EventPage"))),
      .list(EventHandlers.ofICC)),
    Route(
      .get, "/v1/events", .action(.readEvents),
      Operation(
        id: "listEvents", tag: .events, summary: "Read the change feed",
        description: "Events in commit order. Poll with `cursor` set to `pollCursor` of the last response. A token of "
          + "all organisations can also set `after` to the `seq` of the last event that it received; for a token that "
          + "is limited to organisations, `seq` counts within each subject."
          + " Administrators get the end of the audit trail in `head`: keep it elsewhere, to compare it with "
          + "`icc-registry verify-database --anchor SEQ:HASH`. For others it is null.",
        query: [
          Operation.QueryParameter(
            name: "after", schema: Schema.integer(0...Int64.max),
            description: "Return only events after this number; not for a token that is limited to organisations.")
        ] + QueryParameters.page(.events),
        success: .init(status: 200, description: "A page of events.", schema: Schema.reference("EventFeed"))),
      .list(EventHandlers.feed)),
  ]
}

import JSON
import Registry

/// How much of an event a role sees: connectors learn what changed, not who did it; addresses are for administrators.
struct EventView {
  private let showsActor: Bool
  private let showsAddress: Bool

  init(_ role: Role) {
    showsActor = role != .connector
    showsAddress = role == .admin
  }

  /// One event, its members in the documented order. What the caller may not see is null.
  func write(_ event: AuditEvent, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("seq", Int(event.sequence))
    writer.member("at", event.at.description)
    writer.member("type", event.kind.rawValue)
    writer.member("organisation", event.organisation?.text)
    writer.member("subject", event.subject)
    writer.member("version", event.version.map(Int.init))
    writer.member("actor", showsActor ? event.actor.text : nil)
    writer.member("address", showsAddress ? event.address : nil)
    writer.member("requestId", showsActor ? event.requestID : nil)
    writer.memberName("changes")
    if showsActor { writer.raw(event.changes.utf8.span) } else { writer.null() }
    writer.endObject()
  }
}

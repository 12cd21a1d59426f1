import JSON
import Registry

/// The parts of an event that a role can see: connectors do not see actors, and only administrators
/// see addresses.
struct EventView {
  private let showsActor: Bool
  private let showsAddress: Bool

  init(_ role: Role) {
    showsActor = role != .connector
    showsAddress = role == .admin
  }

  /// Writes an event, its fields in the documented order. Fields that the caller must not see are
  /// null.
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

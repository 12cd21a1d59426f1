import JSON
import Registry

/// The parts of an event that a token can see, as the access table says. A token that is limited to
/// organisations sees the number within the subject, because the number in commit order would show
/// the activity of other organisations.
struct EventView {
  /// True if the token sees the events of all organisations.
  let seesAllOrganisations: Bool
  /// The events that the token may see.
  let audience: EventAudience
  private let showsActor: Bool
  private let showsAddress: Bool

  init(_ token: Token) {
    seesAllOrganisations = token.scope == .all
    audience = EventAudience(token)
    showsActor = AccessTable.allows(token, .readEventActors)
    showsAddress = AccessTable.allows(token, .readEventAddresses)
  }

  /// Writes an event, its fields in the documented order. Fields that the caller must not see are
  /// null.
  func write(_ event: AuditEvent, into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("seq", number(of: event).map(Int.init))
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

  private func number(of event: AuditEvent) -> Int64? {
    seesAllOrganisations ? event.sequence : event.number ?? event.version ?? event.kind.fixedNumber
  }

  /// Writes the end of the audit trail as the field `head` of the change feed; nil as null.
  static func write(_ head: AuditHead?, into writer: inout JSONWriter) {
    writer.memberName("head")
    guard let head else { return writer.null() }
    writer.beginObject()
    writer.member("seq", Int(head.sequence))
    writer.member("hash", head.hashText)
    writer.endObject()
  }
}

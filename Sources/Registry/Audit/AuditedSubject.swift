import JSON
import Text

/// The state of one ICC, token or organisation as its events tell it.
///
/// The events are applied in order. Each says what its fields were before, so a change of the past
/// contradicts the events after it even if the hashes were computed again.
package struct AuditedSubject: Sendable {
  /// A field as the last event that named it left it.
  struct Field: Sendable {
    let value: JSONValue
    /// The number of that event.
    let event: Int64
  }

  /// The life of an external ID.
  package struct IssuedID: Sendable {
    /// The time at which it was issued.
    package let issuedAt: Timestamp
    /// The time at which it was retired; nil while it is live or pending.
    package fileprivate(set) var retiredAt: Timestamp?
  }

  /// The field of an event that has the summary of a verification.
  static let verificationField = "lastVerification"
  /// The field of an event that has the identifier of a hand-over.
  static let handOverField = "handOver"
  /// True if an ICC is held until an administrator releases it.
  static let heldField = "held"
  /// The fields whose value before is not that of the event before: a verification has none, and an
  /// alarm is raised without its time in an event.
  private static let fieldsWithoutBefore: Set = [verificationField, "alarmAt"]

  /// The identifier.
  package let id: String
  /// The external IDs that an ICC ever had, as hexadecimal digits.
  package private(set) var externalIDs: [String: IssuedID] = [:]
  /// The hand-overs of an ICC, by their identifiers.
  var handOvers: [String: AuditedHandOver] = [:]
  /// The contradictions between events.
  var contradictions: [String] = []
  private(set) var fields: [String: Field] = [:]
  private var version: Int64 = 0
  private var isCreated = false

  /// A subject before its first event. The default organisation exists from the first migration on,
  /// without an event.
  package init(id: String) {
    self.id = id
    guard id == OrganisationID.default.text else { return }
    isCreated = true
    set("organisation", .string(id), 0)
    set("name", .string(Organisation.defaultName), 0)
    set("createdBy", .string(Actor.commandLine.text), 0)
    setVersion(1, 0)
  }

  /// Applies the next event of the subject.
  package mutating func apply(_ event: AuditEvent) {
    guard let changes = (try? JSONValue(parsing: event.changes))?.objectValue else {
      return contradictions.append("event \(event.sequence) cannot be read")
    }
    if event.kind == .userARNShared { return noteAlarm(changes, event) }
    if event.kind.isAboutHandOver { return noteHandOver(changes, event) }
    check(event)
    for member in changes.members { apply(member, event) }
    note(event)
    updateExternalIDs(event)
  }

  private mutating func check(_ event: AuditEvent) {
    let number = event.sequence
    if event.kind.isCreation == isCreated {
      contradictions.append(
        isCreated ? "event \(number) creates it a second time" : "event \(number) changes it before it was created")
    }
    // The events of organisations had no version before organisations could be renamed.
    if event.kind.isAboutICC || event.version != nil, event.version != version + 1 {
      contradictions.append("event \(number) does not have version \(version + 1)")
    }
    let organisation = event.organisation.map { JSONValue.string($0.text) } ?? .null
    if let known = fields["organisation"], known.value != organisation {
      contradictions.append("event \(number) has another organisation than event \(known.event)")
    }
  }

  private mutating func apply(_ member: JSONObject.Member, _ event: AuditEvent) {
    let before = member.value["before"] ?? .null
    if !Self.fieldsWithoutBefore.contains(member.name), !isValue(before, of: member.name) {
      contradictions.append(
        "event \(event.sequence) says that \(member.name) was \(before.text()) before, but \(source(of: member.name))")
    }
    // The row of a deleted organisation keeps its name.
    if event.kind == .organisationDeleted { return }
    set(member.name, member.value["after"] ?? .null, event.sequence)
    // A hold is about the role that was named when it began.
    if member.name == "userArn" { set(Self.heldField, .bool(false), event.sequence) }
  }

  /// Applies the alarm about a shared role, which follows the event that names the role.
  private mutating func noteAlarm(_ changes: JSONObject, _ event: AuditEvent) {
    guard let held = changes[Self.heldField]?["after"] else { return }
    set(Self.heldField, held, event.sequence)
  }

  /// Records the parts of an event that are columns of the row.
  private mutating func note(_ event: AuditEvent) {
    let (at, actor) = (JSONValue.string(event.at.description), JSONValue.string(event.actor.text))
    if event.kind.isCreation {
      isCreated = true
      // An imported ICC was created before: its event says when.
      if event.kind != .iccImported { set("createdAt", at, event.sequence) }
      set("createdBy", actor, event.sequence)
      set("organisation", event.organisation.map { .string($0.text) } ?? .null, event.sequence)
    }
    if event.kind == .organisationCreated { setVersion(1, event.sequence) }
    if event.kind == .organisationDeleted { set("deletedAt", at, event.sequence) }
    guard let next = event.version else { return }
    setVersion(next, event.sequence)
    // A verification and a release change no values that an actor has set.
    if event.kind == .iccVerified || event.kind == .iccReleased { return }
    set("updatedAt", at, event.sequence)
    set("updatedBy", actor, event.sequence)
  }

  private mutating func updateExternalIDs(_ event: AuditEvent) {
    let inUse = Set(["externalId", "pendingExternalId"].compactMap { fields[$0]?.value.stringValue })
    for (id, issued) in externalIDs where issued.retiredAt == nil && !inUse.contains(id) {
      externalIDs[id]?.retiredAt = event.at
    }
    for id in inUse {
      if externalIDs[id] == nil { externalIDs[id] = IssuedID(issuedAt: issueTime(of: event)) }
      if externalIDs[id]?.retiredAt != nil {
        contradictions.append("event \(event.sequence) issues an external ID a second time")
      }
    }
  }

  private mutating func setVersion(_ version: Int64, _ event: Int64) {
    self.version = version
    set("version", .number(version), event)
  }

  /// The external IDs of an imported ICC are as old as the ICC.
  private func issueTime(of event: AuditEvent) -> Timestamp {
    guard event.kind == .iccImported, let created = fields["createdAt"]?.value.stringValue,
      let time = RFC3339.milliseconds(created)
    else { return event.at }
    return Timestamp(milliseconds: time)
  }

  private mutating func set(_ name: String, _ value: JSONValue, _ event: Int64) {
    fields[name] = Field(value: value, event: event)
  }
}

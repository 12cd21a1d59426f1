/// One entry of the audit trail, as the store keeps it: appended in the transaction of the change,
/// and never altered.
package struct AuditEvent: Sendable {
  /// The number that the store gives the event when it appends it: its place in commit order,
  /// without gaps, from 1.
  package internal(set) var sequence: Int64
  /// The number of the event among those of its subject that its organisation sees, from 1: unlike
  /// `sequence`, it says nothing about other organisations. Nil for an administrators' event.
  package internal(set) var number: Int64?
  /// The time at which it happened.
  package let at: Timestamp
  /// The kind of event.
  package let kind: EventKind
  /// The actor.
  package let actor: Actor
  /// The address it came from; nil for the command.
  package let address: String?
  /// The request that it belongs to; nil for the command.
  package let requestID: String?
  /// The organisation that it concerns; nil for what concerns the registry itself.
  package let organisation: OrganisationID?
  /// The identifier of the ICC, token or organisation that it happened to.
  package let subject: String
  /// The subject's version after the change, for an ICC.
  package let version: Int64?
  /// The changed members with their values before and after, as the JSON text of one object:
  /// `{"name":{"before":"old","after":"new"}}`. The store keeps it as it is.
  package let changes: String

  /// An event of the given parts; `sequence` is 0 and `number` nil until the store has appended it.
  package init(
    sequence: Int64 = 0, number: Int64? = nil, at: Timestamp, kind: EventKind, actor: Actor, address: String?,
    requestID: String?,
    organisation: OrganisationID?, subject: String, version: Int64?, changes: String
  ) {
    self.sequence = sequence
    self.number = number
    self.at = at
    self.kind = kind
    self.actor = actor
    self.address = address
    self.requestID = requestID
    self.organisation = organisation
    self.subject = subject
    self.version = version
    self.changes = changes
  }
}

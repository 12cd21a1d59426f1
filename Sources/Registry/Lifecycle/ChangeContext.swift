/// The actor of a change, its time and address, and the scope of data that it may touch. The clock
/// and the identifiers come in as values, so that the rules of the lifecycle have neither.
package struct ChangeContext: Sendable {
  /// The actor that asks.
  package let actor: Actor
  /// Whose data the actor may touch.
  package let scope: Scope
  /// The address of the client; nil for the command.
  package let address: String?
  /// The request that the change belongs to; nil for the command.
  package let requestID: String?
  /// The moment of the change.
  package let now: Timestamp
  /// True if the change is only tried: whatever it writes is undone.
  package let isDryRun: Bool
  /// True if the change may break the connection of import jobs that use the ICC.
  package let isForced: Bool

  /// A context of the given parts.
  package init(
    actor: Actor, scope: Scope, address: String? = nil, requestID: String? = nil, now: Timestamp,
    isDryRun: Bool = false, isForced: Bool = false
  ) {
    self.actor = actor
    self.scope = scope
    self.address = address
    self.requestID = requestID
    self.now = now
    self.isDryRun = isDryRun
    self.isForced = isForced
  }

  /// The same at a later moment: what took its time is noted when it is done.
  package func at(_ moment: Timestamp) -> ChangeContext {
    ChangeContext(
      actor: actor, scope: scope, address: address, requestID: requestID, now: moment, isDryRun: isDryRun,
      isForced: isForced)
  }

  /// The context of the command, which acts for the machine's administrator.
  package static func commandLine(now: Timestamp) -> ChangeContext {
    ChangeContext(actor: .commandLine, scope: .all, now: now)
  }
}

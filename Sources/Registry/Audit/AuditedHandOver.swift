import JSON

/// A hand-over as the events of its ICC tell it.
package struct AuditedHandOver: Sendable {
  /// The time, the actor and the values of its creation.
  let createdAt: Timestamp
  let createdBy: Actor
  let values: JSONObject
  /// The time of its revocation; nil while it was not revoked.
  fileprivate(set) var revokedAt: Timestamp?
}

extension AuditedSubject {
  /// Applies an event about a hand-over of the ICC.
  mutating func noteHandOver(_ changes: JSONObject, _ event: AuditEvent) {
    let field = changes[Self.handOverField]
    let isNew = event.kind == .handOverCreated
    guard let id = field?[isNew ? "after" : "before"]?.stringValue else {
      return contradictions.append("event \(event.sequence) names no hand-over")
    }
    guard (handOvers[id] == nil) == isNew, handOvers[id]?.revokedAt == nil else {
      return contradictions.append("event \(event.sequence) contradicts earlier events of the hand-over \(id)")
    }
    if isNew {
      handOvers[id] = AuditedHandOver(createdAt: event.at, createdBy: event.actor, values: changes)
    } else {
      handOvers[id]?.revokedAt = event.at
    }
  }

  /// Returns the differences between the events and the rows of the ICC's hand-overs, each as the
  /// end of a sentence that begins with the identifier of the ICC.
  package func differences(from rows: [(handOver: HandOver, hash: TokenHash)]) -> [String] {
    let known = Set(rows.map(\.handOver.id.text))
    let missing = handOvers.keys.sorted().filter { !known.contains($0) }
    return missing.map { "the hand-over \($0) has events, but its row is missing" }
      + rows.filter { !isTold($0.handOver, $0.hash) }.map {
        "the hand-over \($0.handOver.id) is not as its events say"
      }
  }

  private func isTold(_ row: HandOver, _ hash: TokenHash) -> Bool {
    guard let told = handOvers[row.id.text] else { return false }
    let values: [(String, JSONValue)] = [
      ("allow", .array(row.permissions.map(\.rawValue).sorted().map(JSONValue.string))),
      ("expiresAt", .string(row.expiresAt.description)), ("maxUses", .number(row.maxUses)),
      (Self.fingerprintField, .string(hash.fingerprint)),
    ]
    return told.createdAt == row.createdAt && told.createdBy == row.createdBy && told.revokedAt == row.revokedAt
      && values.allSatisfy { told.values[$0.0]?["after"] == $0.1 }
  }
}

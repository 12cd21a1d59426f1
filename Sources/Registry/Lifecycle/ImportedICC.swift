/// An ICC that exists elsewhere, with the values that the registry otherwise makes itself.
package struct ImportedICC: Sendable {
  /// The values that a caller sets.
  package let new: NewICC
  /// Its identifier in another registry; nil for a fresh one.
  package let id: ICCID?
  /// The external ID that the customer's trust policy requires.
  package let externalID: ExternalID
  /// The one that a rotation in progress makes current.
  package let pendingExternalID: ExternalID?
  /// True if import workers may use it.
  package let isEnabled: Bool
  /// The time at which it was created; nil for the time of the import.
  package let createdAt: Timestamp?

  /// The given values.
  package init(
    _ new: NewICC, id: ICCID?, externalID: ExternalID, pendingExternalID: ExternalID?, isEnabled: Bool,
    createdAt: Timestamp?
  ) {
    self.new = new
    self.id = id
    self.externalID = externalID
    self.pendingExternalID = pendingExternalID
    self.isEnabled = isEnabled
    self.createdAt = createdAt
  }

  /// The ICC at version 1 that these values make.
  func icc(_ fresh: ICCID, _ context: ChangeContext) -> ICC {
    new.icc(
      id ?? fresh, externalID, pending: pendingExternalID, isEnabled: isEnabled, createdAt: createdAt ?? context.now,
      context)
  }

  /// Returns the names of the fields in which an ICC with this external ID differs. The status, and
  /// fields that the entry leaves out, are not compared.
  func differences(from icc: ICC) -> [String] {
    var own: [String] = []
    if let id, id != icc.id { own.append("id") }
    if new.organisation != icc.organisation { own.append("organisation") }
    var same = self.icc(icc.id, .commandLine(now: icc.createdAt))
    same.status = icc.status
    if let createdAt, createdAt != icc.createdAt { own.append("createdAt") }
    return own + ICCDifference(from: icc, to: same).names
  }
}

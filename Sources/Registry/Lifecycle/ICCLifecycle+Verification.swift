import JSON

/// A verification's place in the life of an ICC.
extension ICCLifecycle {
  /// The number of verifications of one ICC that are kept: enough to see what changed and when,
  /// bounded because anybody who may verify can add one every few seconds. Each one's verdict stays
  /// in the audit trail for ever.
  package static let verificationsKept = 100

  /// Returns the live ICC whose values are verified; a draft has no role to verify.
  package static func verifiable(
    _ id: ICCID, if condition: VersionCondition = .any, in scope: Scope, _ reader: any RegistryReader
  ) throws -> ICC? {
    guard let icc = try reader.icc(id, in: scope), icc.deletedAt == nil else { throw LifecycleError.notFound }
    guard condition.holds(for: icc.version) else { throw LifecycleError.versionMismatch(current: icc.version) }
    return icc.userARN == nil ? nil : icc
  }

  /// Keeps the result of verifying `tried`. The ICC's status follows only if its connection is
  /// still what was tried: a change made meanwhile is not verified. The version counts on, because
  /// the representation differs; `updatedAt` and `updatedBy` stay, because no actor changed what
  /// the ICC says.
  package static func record(
    _ verification: Verification, of tried: ICC, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(tried.id, if: .any, context, in: writer)
    var next = icc
    if let status = verification.verdict.status, icc.connection == tried.connection { next.status = status }
    next.lastVerification = verification.text
    next.version = icc.version + 1
    try writer.update(next)
    try writer.insert(verification, of: next, keeping: verificationsKept)
    let changes = ICCDifference(from: icc, to: next).text(
      adding: [(AuditedSubject.verificationField, verification.summary)])
    try writer.append(
      context.event(
        .iccVerified, organisation: icc.organisation, subject: icc.id.text, version: next.version, at: context.now,
        changes))
    return next
  }
}

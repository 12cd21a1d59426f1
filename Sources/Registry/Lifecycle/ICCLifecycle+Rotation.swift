/// The staged rotation of the external ID: the only way in which it ever changes. At no moment is
/// an ICC without a valid one, so the customer's import has no downtime.
extension ICCLifecycle {
  /// The ICC with a pending external ID in addition to the current one; the trust policy allows
  /// both from now on.
  package static func rotate(
    _ id: ICCID, to fresh: ExternalID, if condition: VersionCondition = .any, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    guard icc.pendingExternalID == nil else { throw LifecycleError.rotationPending(icc) }
    var rotated = icc
    rotated.pendingExternalID = fresh
    return try store(rotated, over: icc, .externalIDRotated, context, in: writer)
  }

  /// The ICC with the pending external ID as its current one; the old one is retired for ever.
  package static func promote(
    _ id: ICCID, if condition: VersionCondition = .any, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    guard let pending = icc.pendingExternalID else { throw LifecycleError.noRotationPending(icc) }
    try UsageLifecycle.checkIsUnused(icc, context, in: writer)
    var promoted = icc
    promoted.externalID = pending
    promoted.pendingExternalID = nil
    promoted.status = promoted.unverifiedStatus
    return try store(promoted, over: icc, .externalIDPromoted, context, in: writer)
  }

  /// The ICC as before the rotation; the pending external ID is retired for ever.
  package static func cancel(
    _ id: ICCID, if condition: VersionCondition = .any, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    guard icc.pendingExternalID != nil else { throw LifecycleError.noRotationPending(icc) }
    var cancelled = icc
    cancelled.pendingExternalID = nil
    return try store(cancelled, over: icc, .externalIDCancelled, context, in: writer)
  }
}

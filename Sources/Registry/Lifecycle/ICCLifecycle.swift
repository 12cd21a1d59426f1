/// The life of an ICC: each step reads, decides, stores the ICC and appends its events, all in the
/// writer's transaction.
///
/// Every step that finds nothing to change answers the ICC as it is and writes nothing, so that a
/// retry does no harm.
package enum ICCLifecycle {
  /// A new ICC at version 1, with a fresh external ID.
  package static func create(
    _ new: NewICC, id: ICCID, externalID: ExternalID, within quotas: Quotas = Quotas(), _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> ICC {
    guard context.scope.contains(new.organisation), try writer.organisation(new.organisation) != nil else {
      throw LifecycleError.organisationUnknown(new.organisation)
    }
    var icc = new.icc(id, externalID, createdAt: context.now, context)
    try checkNameIsFree(of: icc, in: writer)
    try quotas.checkICCs(of: icc.organisation, writer)
    let sharesRole = try noteRole(of: &icc, since: nil, context, in: writer)
    try writer.insert(icc)
    try ICCEvents.append(.iccCreated, from: nil, to: icc, sharesRole: sharesRole, context, in: writer)
    return icc
  }

  /// The ICC with the change applied; whatever bears on its connection sets the status back.
  package static func change(
    _ id: ICCID, _ change: ICCChange, if condition: VersionCondition = .any, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    var changed = change.applied(to: icc)
    guard changed != icc else { return icc }
    if changed.connection != icc.connection {
      try UsageLifecycle.checkIsUnused(icc, context, in: writer)
      changed.status = changed.unverifiedStatus
    }
    if changed.name != icc.name { try checkNameIsFree(of: changed, in: writer) }
    return try store(changed, over: icc, .iccUpdated, context, in: writer)
  }

  /// The ICC, deleted: it keeps all its values, and can be restored.
  package static func delete(
    _ id: ICCID, if condition: VersionCondition = .any, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    try UsageLifecycle.checkIsUnused(icc, context, in: writer)
    var deleted = icc
    deleted.deletedAt = context.now
    return try store(deleted, over: icc, .iccDeleted, context, in: writer)
  }

  /// The deleted ICC, alive again with the same external ID. A live one stays as it is.
  package static func restore(
    _ id: ICCID, if condition: VersionCondition = .any, within quotas: Quotas = Quotas(), _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try existing(id, if: condition, context, in: writer)
    guard icc.deletedAt != nil else { return icc }
    guard try writer.organisation(icc.organisation) != nil else {
      throw LifecycleError.organisationUnknown(icc.organisation)
    }
    try checkNameIsFree(of: icc, in: writer)
    try quotas.checkICCs(of: icc.organisation, writer)
    var restored = icc
    restored.deletedAt = nil
    return try store(restored, over: icc, .iccRestored, context, in: writer)
  }

  /// The ICC, which import workers may use from now on, or not.
  package static func setEnabled(
    _ isEnabled: Bool, _ id: ICCID, if condition: VersionCondition = .any, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    guard icc.isEnabled != isEnabled else { return icc }
    if !isEnabled { try UsageLifecycle.checkIsUnused(icc, context, in: writer) }
    var switched = icc
    switched.isEnabled = isEnabled
    return try store(switched, over: icc, isEnabled ? .iccEnabled : .iccDisabled, context, in: writer)
  }
}

extension ICCLifecycle {
  static func live(
    _ id: ICCID, if condition: VersionCondition, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try existing(id, if: .any, context, in: writer)
    guard icc.deletedAt == nil else { throw LifecycleError.notFound }
    guard condition.holds(for: icc.version) else { throw LifecycleError.versionMismatch(current: icc.version) }
    return icc
  }

  static func existing(
    _ id: ICCID, if condition: VersionCondition, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    guard let icc = try writer.icc(id, in: context.scope) else { throw LifecycleError.notFound }
    guard condition.holds(for: icc.version) else { throw LifecycleError.versionMismatch(current: icc.version) }
    return icc
  }

  /// Stores the new state at the next version. The clock may have been set back since the last
  /// change: time does not.
  static func store(
    _ changed: ICC, over icc: ICC, _ kind: EventKind, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    var next = changed
    next.version = icc.version + 1
    next.updatedAt = max(context.now, icc.updatedAt)
    next.updatedBy = context.actor
    if next.deletedAt != nil, icc.deletedAt == nil { next.deletedAt = next.updatedAt }
    let sharesRole = try noteRole(of: &next, since: icc, context, in: writer)
    try writer.update(next)
    try ICCEvents.append(kind, from: icc, to: next, sharesRole: sharesRole, context, in: writer)
    return next
  }

  private static func checkNameIsFree(of icc: ICC, in writer: any RegistryWriter) throws {
    if let other = try writer.liveICC(named: icc.name, in: icc.organisation), other.id != icc.id {
      throw LifecycleError.nameTaken(by: other)
    }
  }
}

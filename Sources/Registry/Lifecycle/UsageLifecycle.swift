/// Usages are announced, renewed and ended by import jobs. All that could break them asks
/// `checkIsUnused` in the same transaction: of a usage and a delete at the same time, one fails.
package enum UsageLifecycle {
  /// The maximum length of a lease in days. A job that runs longer renews it.
  package static let maxDays: Int64 = 90
  /// The maximum number of usages of one ICC at a time, so that a response can list them all.
  package static let maxUsages = 100

  /// Announces or renews a usage until `expiresAt`, and returns it and whether it is new. The ICC
  /// must be live and enabled.
  package static func announce(
    _ key: UsageKey, of id: ICCID, description: ICCDescription, until expiresAt: Timestamp,
    _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> (usage: Usage, isNew: Bool) {
    let icc = try ICCLifecycle.live(id, if: .any, context, in: writer)
    guard icc.isEnabled else { throw LifecycleError.disabled }
    let current = try writer.usages(of: id, at: context.now, in: context.scope)
    let known = current.first { $0.key == key }
    guard known != nil || current.count < maxUsages else { throw LifecycleError.tooManyUsages }
    let usage = Usage(
      key: key, description: description, expiresAt: expiresAt, createdAt: known?.createdAt ?? context.now,
      createdBy: known?.createdBy ?? context.actor)
    try writer.save(usage, of: icc)
    return (usage, known == nil)
  }

  /// Ends a usage. One that has ended already stays so: a retry does no harm.
  package static func end(
    _ key: UsageKey, of id: ICCID, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    let icc = try ICCLifecycle.existing(id, if: .any, context, in: writer)
    try writer.deleteUsage(key, of: icc)
  }

  /// Throws `inUse` if import jobs use the ICC, unless the caller accepts that.
  static func checkIsUnused(_ icc: ICC, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    guard !context.isForced else { return }
    let usages = try writer.usages(of: icc.id, at: context.now, in: context.scope)
    if !usages.isEmpty { throw LifecycleError.inUse(usages) }
  }
}

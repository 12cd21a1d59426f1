import JSON

/// Roles that ICCs of several organisations name: the sign of a confused deputy.
extension ICCLifecycle {
  /// Raises or ends the alarm of an ICC that is about to be stored, and returns true if it has
  /// newly named a role that another organisation uses.
  ///
  /// The newcomer is held: an organisation without another unheld ICC on the role, if another
  /// organisation has one. A newcomer therefore cannot hold the ICCs of the organisation that came
  /// first. A restore raises an alarm but does not hold, because a hold without a change of the ICC
  /// would show its organisation that another one uses the role.
  ///
  /// A dry run does not look for other organisations. It leaves no event, and its duration would
  /// show a customer, in any number of tries, whether another organisation uses a role.
  static func noteRole(
    of icc: inout ICC, since before: ICC?, _ context: ChangeContext, in reader: any RegistryReader
  ) throws -> Bool {
    let isRestored = before?.deletedAt != nil
    if icc.userARN != before?.userARN { icc.sharedRole = nil }
    guard !context.isDryRun, icc.deletedAt == nil, let role = icc.userARN, isRestored || role != before?.userARN else {
      return false
    }
    let use = try reader.use(of: role, for: icc.organisation)
    guard use.isElsewhere else { return false }
    if icc.sharedRole == nil, !use.isEstablishedHere {
      icc.sharedRole = SharedRoleAlarm(
        raisedAt: context.now, isHeld: use.isEstablishedElsewhere && !isRestored)
    }
    return true
  }

  /// Ends the alarm and the hold of an ICC: the organisations share the role on purpose. An ICC
  /// without an alarm is returned unchanged. The version increases, because tokens of all
  /// organisations see the hold; `updatedAt` and `updatedBy` stay.
  package static func release(
    _ id: ICCID, if condition: VersionCondition = .any, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC {
    let icc = try live(id, if: condition, context, in: writer)
    guard let alarm = icc.sharedRole else { return icc }
    var released = icc
    released.sharedRole = nil
    released.version += 1
    try writer.update(released)
    let changes = JSONValue.object([
      ("alarmAt", .object([("before", .string(alarm.raisedAt.description)), ("after", .null)])),
      ("held", .object([("before", .bool(alarm.isHeld)), ("after", .bool(false))])),
    ])
    try writer.append(
      context.event(
        .iccReleased, organisation: icc.organisation, subject: icc.id.text, version: released.version,
        at: context.now, changes))
    return released
  }
}

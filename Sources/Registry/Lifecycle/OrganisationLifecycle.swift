import JSON

/// The rules for creating, renaming and deleting organisations. The default one is never deleted.
package enum OrganisationLifecycle {
  /// A new organisation. An identifier is never used twice: deleted ICCs and events of the earlier
  /// bearer are on record.
  package static func create(
    _ id: OrganisationID, name: String, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Organisation {
    guard try writer.organisation(id) == nil else { throw LifecycleError.organisationTaken(id) }
    let organisation = Organisation(id: id, name: name, createdAt: context.now, createdBy: context.actor)
    do throws(StoreError) {
      try writer.insert(organisation)
    } catch .constraint {
      throw LifecycleError.organisationTaken(id)
    }
    try append(.organisationCreated, organisation, name: (nil, name), context, in: writer)
    return organisation
  }

  /// Renames an organisation; its identifier stays. Without a name, or with its present one, it is
  /// returned unchanged.
  package static func rename(
    _ id: OrganisationID, to name: ICCName?, if condition: VersionCondition = .any, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> Organisation {
    let before = try existing(id, if: condition, in: writer)
    guard let name = name?.text, name != before.name else { return before }
    var organisation = before
    organisation.name = name
    organisation.version += 1
    try writer.update(organisation)
    try append(.organisationUpdated, organisation, name: (before.name, name), context, in: writer)
    return organisation
  }

  /// The maximum number of ICCs that the rejection of a delete names.
  private static let maxNamedICCs = 100

  /// Deletes an organisation that has no live ICC. Its tokens are revoked in the same transaction;
  /// one of several organisations stays valid for the others.
  package static func delete(
    _ id: OrganisationID, if condition: VersionCondition = .any, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws {
    var organisation = try existing(id, if: condition, in: writer)
    guard id != .default else { throw LifecycleError.organisationIsDefault }
    let live = try writer.iccs(ICCFilter(), PageRequest(limit: maxNamedICCs), in: .organisation(id)).items
    guard live.isEmpty else {
      throw LifecycleError.organisationNotEmpty(first: live, count: try writer.iccCount(of: id))
    }
    let selection = TokenLifecycle.Selection(organisation: id, maker: nil, sparing: nil, excludesShared: true)
    try TokenLifecycle.revokeAll(selection, context, in: writer)
    organisation.version += 1
    try writer.delete(organisation, at: context.now)
    try append(.organisationDeleted, organisation, name: (organisation.name, nil), context, in: writer)
  }

  private static func existing(
    _ id: OrganisationID, if condition: VersionCondition, in writer: any RegistryWriter
  ) throws -> Organisation {
    guard let organisation = try writer.organisation(id) else { throw LifecycleError.notFound }
    guard condition.holds(for: organisation.version) else {
      throw LifecycleError.versionMismatch(current: organisation.version)
    }
    return organisation
  }

  private static func append(
    _ kind: EventKind, _ organisation: Organisation, name: (before: String?, after: String?),
    _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    let changes = JSONValue.object([
      (
        "name",
        .object([
          ("before", name.before.map(JSONValue.string) ?? .null), ("after", name.after.map(JSONValue.string) ?? .null),
        ])
      )
    ])
    try writer.append(
      context.event(
        kind, organisation: organisation.id, subject: organisation.id.text,
        version: kind == .organisationCreated ? nil : organisation.version, at: context.now, changes))
  }
}

import JSON

/// Organisations come and go; the default one stays.
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
    try append(.organisationCreated, id, name: (nil, name), context, in: writer)
    return organisation
  }

  /// The maximum number of ICCs that the rejection of a delete names.
  private static let maxNamedICCs = 100

  /// Deletes an organisation that has no live ICC. Its tokens are revoked in the same transaction;
  /// one of several organisations stays valid for the others.
  package static func delete(
    _ id: OrganisationID, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    guard let organisation = try writer.organisation(id) else { throw LifecycleError.notFound }
    guard id != .default else { throw LifecycleError.organisationIsDefault }
    let live = try writer.iccs(ICCFilter(), PageRequest(limit: maxNamedICCs), in: .organisation(id)).items
    guard live.isEmpty else {
      throw LifecycleError.organisationNotEmpty(first: live, count: try writer.iccCount(of: id))
    }
    let selection = TokenLifecycle.Selection(organisation: id, maker: nil, sparing: nil, excludesShared: true)
    try TokenLifecycle.revokeAll(selection, context, in: writer)
    try writer.delete(id, at: context.now)
    try append(.organisationDeleted, id, name: (organisation.name, nil), context, in: writer)
  }

  private static func append(
    _ kind: EventKind, _ id: OrganisationID, name: (before: String?, after: String?), _ context: ChangeContext,
    in writer: any RegistryWriter
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
      context.event(kind, organisation: id, subject: id.text, version: nil, at: context.now, changes))
  }
}

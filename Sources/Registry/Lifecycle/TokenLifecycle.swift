import JSON

/// Tokens are created and revoked, and never changed. Their text does not come here: only its hash.
package enum TokenLifecycle {
  /// A new token, stored under the hash of its text.
  package static func create(
    _ new: NewToken, id: TokenID, hash: TokenHash, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Token {
    let errors = errors(of: new, at: context.now)
    guard errors.isEmpty else { throw LifecycleError.invalid(errors) }
    if let organisation = new.organisation, try writer.organisation(organisation) == nil {
      throw LifecycleError.organisationUnknown(organisation)
    }
    let token = Token(
      id: id, name: new.name, role: new.role, organisation: new.organisation, createdAt: context.now,
      createdBy: context.actor, expiresAt: new.expiresAt)
    try writer.insert(token, hash: hash)
    try writer.append(
      context.event(
        .tokenCreated, organisation: new.organisation, subject: id.text, version: nil, at: context.now,
        .object([
          ("name", fresh(.string(new.name))), ("role", fresh(.string(new.role.rawValue))),
          ("expiresAt", fresh(new.expiresAt.map { .string($0.description) } ?? .null)),
        ])))
    return token
  }

  /// Revokes a token; one that is revoked already stays so, since when it was.
  package static func revoke(_ id: TokenID, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    guard let token = try writer.token(id) else { throw LifecycleError.notFound }
    guard token.revokedAt == nil else { return }
    try writer.revoke(id, at: context.now)
    try writer.append(
      context.event(
        .tokenRevoked, organisation: token.organisation, subject: id.text, version: nil, at: context.now,
        .object([("revokedAt", fresh(.string(context.now.description)))])))
  }

  static func revokeAll(of organisation: OrganisationID, _ context: ChangeContext, in writer: any RegistryWriter) throws
  {
    var after: Int64? = 0
    while let start = after {
      let page = try writer.tokens(PageRequest(after: start, limit: 200))
      for token in page.items where token.organisation == organisation { try revoke(token.id, context, in: writer) }
      after = page.next
    }
  }

  /// Returns what is wrong with a new token: a role that sees all organisations belongs to none,
  /// every other role to one, and its end is within `TokenLifetime`.
  package static func errors(of new: NewToken, at now: Timestamp) -> [Diagnostic] {
    organisationErrors(of: new) + [new.expiresAt.flatMap { TokenLifetime.error(of: $0, now) }].compactMap(\.self)
  }

  private static func organisationErrors(of new: NewToken) -> [Diagnostic] {
    switch (new.role.needsOrganisation, new.organisation) {
    case (true, nil):
      [
        Diagnostic(
          pointer: "/organisation", code: "organisation.missing",
          detail: "A token of the role \(new.role.rawValue) belongs to one organisation.",
          hint: "Name the organisation; GET /v1/organisations lists them.")
      ]
    case (false, _?):
      [
        Diagnostic(
          pointer: "/organisation", code: "organisation.not-settable",
          detail: "A token of the role \(new.role.rawValue) sees all organisations and belongs to none.",
          hint: "Leave the organisation out.")
      ]
    default: []
    }
  }

  private static func fresh(_ value: JSONValue) -> JSONValue {
    .object([("before", .null), ("after", value)])
  }
}

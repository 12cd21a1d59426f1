import JSON

/// Tokens are created, replaced and revoked, and never changed. Their text does not come here: only
/// its hash and its last four characters.
package enum TokenLifecycle {
  /// The parts of a new token's text that are stored.
  package struct Mark: Sendable {
    /// The hash that the token is found by.
    let hash: TokenHash
    /// The last four characters.
    let lastFour: String

    /// The mark of this text.
    package init(of text: TokenText) {
      hash = text.hash
      lastFour = text.lastFour
    }
  }

  /// Creates a token; `maker` is the token that made it, or nil.
  package static func create(
    _ new: NewToken, id: TokenID, mark: Mark, maker: Token?, _ lifetime: TokenLifetime,
    within quotas: Quotas = Quotas(), _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Token {
    let errors = errors(of: new, maker: maker, lifetime, at: context.now)
    guard errors.isEmpty else { throw LifecycleError.invalid(errors) }
    if let organisation = new.organisation {
      guard try writer.organisation(organisation) != nil else {
        throw LifecycleError.organisationUnknown(organisation)
      }
      try quotas.checkTokens(of: organisation, at: context.now, writer)
    }
    return try insert(new, id, mark, context, in: writer)
  }

  /// Replaces a token by a new one with the same name, role, organisation and end, and revokes it.
  /// A new end would let its bearer undo what its maker has decided; but the token of the first
  /// start, which no actor has chosen, gets the default end, and so does one without an end.
  package static func rotate(
    _ token: Token, id: TokenID, mark: Mark, _ lifetime: TokenLifetime, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> Token {
    let fixedEnd = token.createdBy == .firstStart ? nil : token.expiresAt
    let new = NewToken(
      name: token.name, role: token.role, organisation: token.organisation,
      expiresAt: fixedEnd ?? lifetime.defaultEnd(maker: nil, from: context.now))
    let successor = try insert(new, id, mark, context, in: writer)
    try revoke(token.id, context, in: writer)
    return successor
  }

  private static func insert(
    _ new: NewToken, _ id: TokenID, _ mark: Mark, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Token {
    let token = Token(
      id: id, name: new.name, role: new.role, organisation: new.organisation, lastFour: mark.lastFour,
      createdAt: context.now, createdBy: context.actor, expiresAt: new.expiresAt)
    try writer.insert(token, hash: mark.hash)
    try writer.append(
      context.event(
        .tokenCreated, organisation: new.organisation, subject: id.text, version: nil, at: context.now,
        .object([
          ("name", fresh(.string(new.name))), ("role", fresh(.string(new.role.rawValue))),
          ("expiresAt", fresh(.string(new.expiresAt.description))),
          ("lastFour", fresh(.string(mark.lastFour))),
          (AuditedSubject.fingerprintField, fresh(.string(mark.hash.fingerprint))),
        ])))
    return token
  }

  /// Returns what is wrong with a new token: a role that sees all organisations belongs to none,
  /// every other role to one, and its end is within the limits.
  package static func errors(
    of new: NewToken, maker: Token?, _ lifetime: TokenLifetime, at now: Timestamp
  ) -> [Diagnostic] {
    organisationErrors(of: new) + [lifetime.error(of: new.expiresAt, maker: maker, now)].compactMap(\.self)
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

  static func fresh(_ value: JSONValue) -> JSONValue {
    .object([("before", .null), ("after", value)])
  }
}

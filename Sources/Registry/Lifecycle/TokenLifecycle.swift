import JSON
import System

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
    for organisation in new.organisations where try writer.organisation(organisation) == nil {
      throw LifecycleError.organisationUnknown(organisation)
    }
    // A token of several organisations counts for none of them.
    if new.organisations.count == 1, let organisation = new.organisations.first {
      try quotas.checkTokens(of: organisation, at: context.now, writer)
    }
    return try insert(new, id, mark, context, in: writer)
  }

  /// Replaces a token by a new one with the same name, role, limits and end, and revokes it.
  /// A new end would let its bearer undo what its maker has decided; but the token of the first
  /// start, which no actor has chosen, gets the default end, and so does one without an end.
  package static func rotate(
    _ token: Token, id: TokenID, mark: Mark, _ lifetime: TokenLifetime, _ context: ChangeContext,
    in writer: any RegistryWriter
  ) throws -> Token {
    let fixedEnd = token.createdBy == .firstStart ? nil : token.expiresAt
    let new = NewToken(
      name: token.name, role: token.role, organisations: token.organisations, addressBlocks: token.addressBlocks,
      expiresAt: fixedEnd ?? lifetime.defaultEnd(maker: nil, from: context.now))
    let successor = try insert(new, id, mark, context, in: writer)
    try end(token, context, in: writer)
    return successor
  }

  private static func insert(
    _ new: NewToken, _ id: TokenID, _ mark: Mark, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Token {
    let token = new.token(id, mark, context)
    try writer.insert(token, hash: mark.hash)
    try writer.append(
      context.event(
        .tokenCreated, organisation: token.organisation, subject: id.text, version: nil, at: context.now,
        .object([
          ("name", fresh(.string(token.name))), ("role", fresh(.string(token.role.rawValue))),
          ("organisations", fresh(.array(token.organisations.map { .string($0.text) }))),
          ("addressBlocks", fresh(.array(token.addressBlocks.map { .string($0.description) }))),
          ("expiresAt", fresh(.string(new.expiresAt.description))),
          ("lastFour", fresh(.string(mark.lastFour))),
          (AuditedSubject.fingerprintField, fresh(.string(mark.hash.fingerprint))),
        ])))
    return token
  }

  /// Returns what is wrong with a new token: its organisations must suit its role, it must not have
  /// more rights than its maker, and its end must be within the limits.
  package static func errors(
    of new: NewToken, maker: Token?, _ lifetime: TokenLifetime, at now: Timestamp
  ) -> [Diagnostic] {
    let own = new.organisationErrors + new.addressErrors
    let rights = own.isEmpty ? maker.map { new.rightsErrors(maker: $0) } ?? [] : []
    return own + rights + [lifetime.error(of: new.expiresAt, maker: maker, now)].compactMap(\.self)
  }

  static func fresh(_ value: JSONValue) -> JSONValue {
    .object([("before", .null), ("after", value)])
  }
}

extension NewToken {
  /// Returns the token that these values make.
  package func token(_ id: TokenID, _ mark: TokenLifecycle.Mark, _ context: ChangeContext) -> Token {
    Token(
      id: id, name: name, role: role, organisations: organisations, addressBlocks: addressBlocks,
      lastFour: mark.lastFour, createdAt: context.now, createdBy: context.actor, expiresAt: expiresAt)
  }
}

import JSON

extension TokenLifecycle {
  /// The tokens that one request revokes.
  package struct Selection: Sendable {
    fileprivate let organisation: OrganisationID?
    fileprivate let maker: Actor?
    fileprivate let spared: TokenID?

    /// The tokens of an organisation, those that `maker` has made, or those of both, except for
    /// `spared`.
    package init(organisation: OrganisationID?, maker: Actor?, sparing spared: TokenID?) {
      self.organisation = organisation
      self.maker = maker
      self.spared = spared
    }
  }

  /// Revokes a token; one that is revoked already stays so, since when it was.
  package static func revoke(_ id: TokenID, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    guard let token = try writer.token(id) else { throw LifecycleError.notFound }
    try revoke(token, context, in: writer)
  }

  /// Revokes a token and all that it has made, and that those have made, except for `spared`. The
  /// token itself can be revoked already: what it has made can still be valid.
  package static func revokeCascade(
    _ id: TokenID, sparing spared: TokenID, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    guard try writer.token(id) != nil else { throw LifecycleError.notFound }
    for token in try writer.unrevokedTokens(fromMaker: id) where token.id != spared {
      try revoke(token, context, in: writer)
    }
  }

  /// Revokes all selected tokens, and returns the number of those that were not revoked before.
  @discardableResult
  package static func revokeAll(
    _ selection: Selection, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Int {
    let tokens = try writer.unrevokedTokens(of: selection.organisation, madeBy: selection.maker)
    for token in tokens where token.id != selection.spared { try revoke(token, context, in: writer) }
    return tokens.count { $0.id != selection.spared }
  }

  private static func revoke(_ token: Token, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    guard token.revokedAt == nil else { return }
    try writer.revoke(token.id, at: context.now)
    try writer.append(
      context.event(
        .tokenRevoked, organisation: token.organisation, subject: token.id.text, version: nil, at: context.now,
        .object([("revokedAt", fresh(.string(context.now.description)))])))
  }
}

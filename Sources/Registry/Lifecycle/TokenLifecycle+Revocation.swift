import JSON

extension TokenLifecycle {
  /// The tokens that one request revokes.
  package struct Selection: Sendable {
    fileprivate let organisation: OrganisationID?
    fileprivate let maker: Actor?
    fileprivate let spared: Token?
    fileprivate let excludesShared: Bool

    /// The tokens of an organisation, those that `maker` has made, or those of both, except for
    /// `spared`, a token that keeps `spared` signed in and, if `excludesShared`, those of several
    /// organisations.
    package init(
      organisation: OrganisationID?, maker: Actor?, sparing spared: Token?, excludesShared: Bool = false
    ) {
      self.organisation = organisation
      self.maker = maker
      self.spared = spared
      self.excludesShared = excludesShared
    }

    /// Returns true if the selection is to contain this token of those that the store found.
    fileprivate func contains(_ token: Token) -> Bool {
      let isSpared = spared.map { $0.id == token.id || $0.isDevice(of: token) } ?? false
      return !isSpared && !(excludesShared && token.organisations.count > 1)
    }
  }

  /// Revokes a token in scope; one that is revoked already stays so, since when it was.
  package static func revoke(_ id: TokenID, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    guard let token = try writer.token(id), context.scope.contains(token) else { throw LifecycleError.notFound }
    try revoke(token, context, in: writer)
  }

  /// Revokes the caller's own token.
  package static func end(_ token: Token, _ context: ChangeContext, in writer: any RegistryWriter) throws {
    try revoke(token, context, in: writer)
  }

  /// Revokes a token and all that it has made, and that those have made, except for `spared` and a
  /// token that keeps `spared` signed in. The token itself can be revoked already: what it has made
  /// can still be valid.
  package static func revokeCascade(
    _ id: TokenID, sparing spared: Token, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws {
    guard let maker = try writer.token(id), context.scope.contains(maker) else { throw LifecycleError.notFound }
    for token in try writer.unrevokedTokens(fromMaker: id)
    where context.scope.contains(token) {
      let isSpared = token.id == spared.id || token.id != id && spared.isDevice(of: token)
      if !isSpared { try revoke(token, context, in: writer) }
    }
  }

  /// Revokes all selected tokens in scope, and returns the number of those that were not revoked
  /// before.
  @discardableResult
  package static func revokeAll(
    _ selection: Selection, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Int {
    let tokens = try writer.unrevokedTokens(of: selection.organisation, madeBy: selection.maker)
      .filter { selection.contains($0) && context.scope.contains($0) }
    return try tokens.reduce(0) { try $0 + revoke($1, context, in: writer) }
  }

  /// Revokes a token and those of the browsers that it keeps signed in, and returns the number of
  /// those that were not revoked before. Reads it again: it can be one of these browsers, and have
  /// been revoked in the same transaction.
  @discardableResult
  static func revoke(_ token: Token, _ context: ChangeContext, in writer: any RegistryWriter) throws -> Int {
    guard try writer.token(token.id)?.revokedAt == nil else { return 0 }
    try writer.revoke(token.id, at: context.now)
    try writer.append(
      context.event(
        .tokenRevoked, organisation: token.organisation, subject: token.id.text, version: nil, at: context.now,
        .object([("revokedAt", fresh(.string(context.now.description)))])))
    return try devices(of: token, writer).reduce(1) { try $0 + revoke($1, context, in: writer) }
  }
}

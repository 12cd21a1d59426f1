import JSON

extension TokenLifecycle {
  /// The tokens that one request revokes.
  package struct Selection: Sendable {
    private let organisation: OrganisationID?
    private let maker: Actor?
    private let spared: TokenID?

    /// The tokens of an organisation, those that `maker` has made, or those of both, except for
    /// `spared`.
    package init(organisation: OrganisationID?, maker: Actor?, sparing spared: TokenID?) {
      self.organisation = organisation
      self.maker = maker
      self.spared = spared
    }

    func contains(_ token: Token) -> Bool {
      token.id != spared && (organisation == nil || token.organisation == organisation)
        && (maker == nil || token.createdBy == maker)
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
    var revoked: Set<TokenID> = [id]
    // In the order of creation, a token comes after its maker: one pass finds all.
    try forEach(in: writer) { token in
      let isMade = token.createdBy.token.map(revoked.contains) ?? false
      guard token.id == id || isMade else { return }
      revoked.insert(token.id)
      if token.id != spared { try revoke(token, context, in: writer) }
    }
  }

  /// Revokes all selected tokens, and returns the number of those that were not revoked before.
  @discardableResult
  package static func revokeAll(
    _ selection: Selection, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> Int {
    var count = 0
    try forEach(in: writer) { token in
      guard selection.contains(token), token.revokedAt == nil else { return }
      try revoke(token, context, in: writer)
      count += 1
    }
    return count
  }

  private static func forEach(in writer: any RegistryWriter, _ body: (Token) throws -> Void) throws {
    var after: Int64? = 0
    while let start = after {
      let page = try writer.tokens(PageRequest(after: start, limit: 200))
      for token in page.items { try body(token) }
      after = page.next
    }
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

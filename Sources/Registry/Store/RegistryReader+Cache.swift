/// Reads through the reader's cache, if it has one.
extension RegistryReader {
  /// Nil: a store does not need a cache.
  package var cache: ReadCache? { nil }

  /// Returns the token with this hash if the cache has it; nil does not mean that it does not
  /// exist.
  package func cachedToken(_ hash: TokenHash) -> Token? { cache?.token(hash) }

  /// Returns the token with this hash from the cache, or else from the store.
  package func tokenThroughCache(_ hash: TokenHash) throws(StoreError) -> Token? {
    if let cached = cachedToken(hash) { return cached }
    guard let token = try token(hash) else { return nil }
    cache?.insert(token, hash)
    return token
  }

  /// Returns the ICC with this identifier as `render` writes it, live or deleted, if it is in
  /// scope. The cache may return the bytes of an earlier call: `render` must depend on the ICC
  /// alone, and always be the same function.
  package func renderedICC(
    _ id: ICCID, in scope: Scope, _ render: (ICC) -> [UInt8]
  ) throws(StoreError) -> RenderedICC? {
    guard let cache else { return try rendered(id, scope, render) }
    return try cache.icc(id, in: scope) { () throws(StoreError) in
      try version(of: id, in: scope)
    } _: { () throws(StoreError) in
      try rendered(id, scope, render)
    }
  }

  private func rendered(
    _ id: ICCID, _ scope: Scope, _ render: (ICC) -> [UInt8]
  ) throws(StoreError) -> RenderedICC? {
    try icc(id, in: scope).map { RenderedICC($0, render($0)) }
  }
}

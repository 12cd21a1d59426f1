import Registry

/// What one reader has read of the database's present state and may give again without asking: tokens, and ICCs as they
/// are sent out. It is all forgotten as soon as a snapshot shows another state, whoever committed it.
final class KeptReads {
  /// An ICC as one caller may see it: what is kept for one organisation is never found for another.
  private struct ICCKey: Hashable {
    let id: ICCID
    let scope: Scope
  }

  /// The most bytes of ICCs that a reader keeps: some 2,500 of the usual size.
  static let iccCapacity = 4 << 20
  /// What an entry takes beside its bytes, roughly: two texts, and its share of the table.
  static let iccOverhead = 256
  /// The most tokens that a reader keeps, each some 500 bytes.
  static let tokenCapacity = 1024

  private var state: Int64?
  private var tokens = RecentValues<TokenHash, Token>(capacity: tokenCapacity)
  private var iccs = RecentValues<ICCKey, RenderedICC>(capacity: iccCapacity)

  /// Forgets everything unless this is the state that was shown last.
  func show(_ shown: Int64) {
    guard state != shown else { return }
    state = shown
    tokens.removeAll()
    iccs.removeAll()
  }

  /// The token of this hash; a hash without a token is not kept, since anybody can send any number of them.
  func token<Failure: Error>(_ hash: TokenHash, _ read: () throws(Failure) -> Token?) throws(Failure) -> Token? {
    if let token = tokens[hash] { return token }
    guard let token = try read() else { return nil }
    tokens.insert(token, for: hash, cost: 1)
    return token
  }

  /// The ICC of this identifier in this scope.
  func icc<Failure: Error>(
    _ id: ICCID, in scope: Scope, _ read: () throws(Failure) -> RenderedICC?
  ) throws(Failure) -> RenderedICC? {
    let key = ICCKey(id: id, scope: scope)
    if let icc = iccs[key] { return icc }
    guard let icc = try read() else { return nil }
    iccs.insert(icc, for: key, cost: icc.bytes.count + Self.iccOverhead)
    return icc
  }
}

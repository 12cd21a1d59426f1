import Registry

/// What one reader has read of the database's present state and may give again without asking: tokens, and ICCs as they
/// are sent out. As soon as a snapshot shows another state, whoever committed it, the tokens are forgotten, and an ICC is
/// given again only once its row has been found to have the same version still: the database itself refuses a change that
/// does not count the version on, and a change of identifier or organisation (the triggers on `iccs`).
final class KeptReads {
  /// An ICC as one caller may see it: what is kept for one organisation is never found for another.
  private struct ICCKey: Hashable {
    let id: ICCID
    let scope: Scope
  }

  /// An ICC, and the state in which its version was last seen.
  private struct SeenICC {
    let icc: RenderedICC
    let state: Int64?
  }

  /// The most bytes of ICCs that a reader keeps: some 2,500 of the usual size.
  static let iccCapacity = 4 << 20
  /// What an entry takes beside its bytes, roughly: two texts, and its share of the table.
  static let iccOverhead = 256
  /// The most tokens that a reader keeps, each some 500 bytes.
  static let tokenCapacity = 1024

  private var state: Int64?
  private var tokens = RecentValues<TokenHash, Token>(capacity: tokenCapacity)
  private var iccs = RecentValues<ICCKey, SeenICC>(capacity: iccCapacity)

  /// Forgets what may have changed unless this is the state that was shown last.
  func show(_ shown: Int64) {
    guard state != shown else { return }
    state = shown
    tokens.removeAll()
  }

  /// The token of this hash, if it was read in the present state.
  func token(_ hash: TokenHash) -> Token? { tokens[hash] }

  /// Keeps a token that was read in the present state; a hash without a token is not kept, since anybody can send any number of them.
  func keep(_ token: Token, _ hash: TokenHash) { tokens.set(token, for: hash, cost: 1) }

  /// The ICC of this identifier in this scope. `version` asks for its present version in that scope, `read` for all of it.
  func icc<Failure: Error>(
    _ id: ICCID, in scope: Scope, version: () throws(Failure) -> Int64?, _ read: () throws(Failure) -> RenderedICC?
  ) throws(Failure) -> RenderedICC? {
    let key = ICCKey(id: id, scope: scope)
    let seen = iccs[key]
    if let seen, seen.state == state { return seen.icc }
    let found: RenderedICC?
    if let seen, try version() == seen.icc.version { found = seen.icc } else { found = try read() }
    guard let icc = found else { return nil }
    iccs.set(SeenICC(icc: icc, state: state), for: key, cost: icc.bytes.count + Self.iccOverhead)
    return icc
  }
}

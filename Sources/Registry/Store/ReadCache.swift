/// The tokens and rendered ICCs that one reader of a store remembers between snapshots.
///
/// A store that can tell whether its data has changed gives each of its readers a cache and calls
/// `show` when a snapshot begins. Once a snapshot shows another state, by any committer, the tokens
/// are dropped. An ICC is served again only after its version was compared: every change of an ICC
/// increases its version, and its identifier and organisation never change. A cache belongs to one
/// reader, so it needs no lock.
package final class ReadCache {
  /// An ICC as one caller may see it: an entry made for one organisation is never found for
  /// another.
  private struct ICCKey: Hashable {
    let id: ICCID
    let scope: Scope
  }

  /// An ICC, and the state in which its version was last compared.
  private struct CachedICC {
    let icc: RenderedICC
    let state: Int64?
  }

  /// The maximum number of bytes of ICCs: about 2,500 of the usual size.
  static let iccCapacity = 4 << 20
  /// The approximate size of an entry in addition to its bytes: two texts, and its share of the
  /// table.
  static let iccOverhead = 256
  /// The maximum number of tokens, each about 500 bytes.
  static let tokenCapacity = 1024

  private var state: Int64?
  private var tokens = RecentValues<TokenHash, Token>(capacity: tokenCapacity)
  private var iccs = RecentValues<ICCKey, CachedICC>(capacity: iccCapacity)

  /// Creates an empty cache.
  package init() {}

  /// Notes the state of the data that the snapshot shows, and drops the tokens if it is not the
  /// last one shown.
  package func show(_ shown: Int64) {
    guard state != shown else { return }
    state = shown
    tokens.removeAll()
  }

  /// Returns the token with this hash, if it was read in the present state.
  func token(_ hash: TokenHash) -> Token? { tokens[hash] }

  /// Remembers a token that was read in the present state. A hash without a token is not
  /// remembered: anyone can send any number of them.
  func insert(_ token: Token, _ hash: TokenHash) { tokens.set(token, for: hash, cost: 1) }

  /// Returns the ICC with this identifier in this scope. `version` reads its present version in
  /// that scope, `read` reads and renders the ICC.
  func icc<Failure: Error>(
    _ id: ICCID, in scope: Scope, version: () throws(Failure) -> Int64?, _ read: () throws(Failure) -> RenderedICC?
  ) throws(Failure) -> RenderedICC? {
    let key = ICCKey(id: id, scope: scope)
    let cached = iccs[key]
    if let cached, cached.state == state { return cached.icc }
    let found: RenderedICC?
    if let cached, try version() == cached.icc.version { found = cached.icc } else { found = try read() }
    guard let icc = found else { return nil }
    iccs.set(CachedICC(icc: icc, state: state), for: key, cost: icc.bytes.count + Self.iccOverhead)
    return icc
  }
}

import Registry
import System

/// The last uses of tokens that the store does not know yet. They are written together at most once a minute, so that a
/// request costs no write.
final class TokenUses: Sendable {
  private struct State {
    var uses: [TokenID: Timestamp] = [:]
    var lastFlush: Timestamp
  }

  private static let minute: Int64 = 60_000
  private let state: Locked<State>

  init(now: Timestamp) {
    state = Locked(State(lastFlush: now))
  }

  /// Notes a use, to the minute; answers whether it is time to write the uses down.
  func note(_ token: Token, at now: Timestamp) -> Bool {
    let minute = Timestamp(milliseconds: now.milliseconds - now.milliseconds % Self.minute)
    if let known = token.lastUsedAt, known >= minute { return false }
    return state.withLock { state in
      state.uses[token.id] = minute
      guard abs(now.milliseconds - state.lastFlush.milliseconds) >= Self.minute else { return false }
      state.lastFlush = now
      return true
    }
  }

  /// The uses to write down, which are this caller's from now on.
  func take() -> [TokenID: Timestamp] {
    state.withLock { state in
      defer { state.uses = [:] }
      return state.uses
    }
  }

  /// Puts uses back that could not be written.
  func putBack(_ uses: [TokenID: Timestamp]) {
    state.withLock { $0.uses.merge(uses) { max($0, $1) } }
  }

  /// The last use of a token, whether it is written down yet or not.
  func lastUse(of token: Token) -> Timestamp? {
    let noted = state.withLock { $0.uses[token.id] }
    guard let noted, let stored = token.lastUsedAt else { return noted ?? token.lastUsedAt }
    return max(noted, stored)
  }
}

import Registry
import System

/// The last uses of tokens that are not stored yet. They are written together at most once a
/// minute, so that requests cause no writes.
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

  /// Records a use, to the minute. Returns whether the uses should be stored now.
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

  /// Removes and returns the uses, which the caller must store.
  func take() -> [TokenID: Timestamp] {
    state.withLock { state in
      defer { state.uses = [:] }
      return state.uses
    }
  }

  /// Restores uses that could not be stored.
  func putBack(_ uses: [TokenID: Timestamp]) {
    state.withLock { $0.uses.merge(uses) { max($0, $1) } }
  }

  /// Returns the last use of a token, stored or not.
  func lastUse(of token: Token) -> Timestamp? {
    let noted = state.withLock { $0.uses[token.id] }
    guard let noted, let stored = token.lastUsedAt else { return noted ?? token.lastUsedAt }
    return max(noted, stored)
  }
}

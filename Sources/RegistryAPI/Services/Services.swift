import Registry
import Synchronization

/// The state that all requests share: the settings, the store, and what is counted or remembered in
/// memory.
final class Services: Sendable {
  let settings: APISettings
  let store: any RegistryStore
  let identifiers: IdentifierSource
  let uses: TokenUses
  let failures = RateLimiter<String>()
  let requests = RateLimiter<Scope>()
  let keysInProgress = IdempotencyGate()
  let metrics = RequestMetrics()
  let pool = WorkPool()
  /// True while `flushInBackground` runs.
  let isFlushing = Atomic(false)
  /// The OpenAPI document, rendered once.
  let openAPI: [UInt8]
  /// The key of `CursorSeal`.
  let cursorKey: [UInt8]

  init(
    store: any RegistryStore, identifiers: IdentifierSource, settings: APISettings, openAPI: [UInt8]
  ) throws {
    cursorKey = try store.read { try $0.cursorKey() }
    self.settings = settings
    self.store = store
    self.identifiers = identifiers
    self.openAPI = openAPI
    uses = TokenUses(now: settings.clock())
  }
}

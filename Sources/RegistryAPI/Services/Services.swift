import Registry
import Synchronization
import System

/// The state that all requests share: the settings, the store, and what is counted or remembered in
/// memory.
final class Services: Sendable {
  let settings: APISettings
  let store: any RegistryStore
  let identifiers: IdentifierSource
  let uses: TokenUses
  let failures = RateLimiter<String>()
  let requests = RateLimiter<Scope>()
  let links = RateLimiter<HandOverID>()
  let keysInProgress = IdempotencyGate()
  let metrics = RequestMetrics()
  let pool: WorkPool
  /// The short reads of all requests.
  let reads: StoreReads
  /// True while `flushInBackground` runs.
  let isFlushing = Atomic(false)
  /// The OpenAPI document.
  let openAPI: RenderedOnce
  /// The key of `CursorSeal`.
  let cursorKey: [UInt8]

  init(
    store: any RegistryStore, identifiers: IdentifierSource, settings: APISettings, openAPI: RenderedOnce
  ) throws {
    cursorKey = try store.read { try $0.cursorKey() }
    self.settings = settings
    self.store = store
    reads = StoreReads(store)
    // Work on a store that waits for a server leaves the processor to other work meanwhile.
    pool = store.readsInPlace ? WorkPool() : WorkPool(threads: max(4, Processors.available))
    self.identifiers = identifiers
    self.openAPI = openAPI
    uses = TokenUses(now: settings.clock())
  }
}

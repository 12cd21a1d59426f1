import Registry

/// Short reads: in place, or on threads if the store's reads wait for a server.
struct StoreReads: Sendable {
  /// The number of threads, fewer than a store's connections: lists and checks need others.
  private static let threads = 10

  private let store: any RegistryStore
  private let pool: WorkPool?

  /// True if `run` does not leave the caller's thread.
  var areInPlace: Bool { pool == nil }

  init(_ store: any RegistryStore) {
    self.store = store
    // A caller is not known before it is authenticated, so all wait in one queue.
    pool =
      store.readsInPlace
      ? nil : WorkPool(threads: Self.threads, yields: false, maxWaitingPerOwner: WorkPool.maxWaiting)
  }

  /// Returns the result of `body` on one snapshot. Throws `503` if too many reads wait.
  func run<Value: Sendable>(_ body: @escaping @Sendable (any RegistryReader) throws -> Value) async throws -> Value {
    guard let pool else { return try store.read(body) }
    return try await onThread(pool) { [store] in try store.read(body) }
  }

  /// Returns the result of `body`, which reads the store itself.
  func run<Value: Sendable>(whole body: @escaping @Sendable () throws -> Value) async throws -> Value {
    guard let pool else { return try body() }
    return try await onThread(pool, body)
  }

  private func onThread<Value: Sendable>(
    _ pool: WorkPool, _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await pool.run(WorkPool.Work(owner: .all, queueFull: .unavailable, body: body))
  }
}

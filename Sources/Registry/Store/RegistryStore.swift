/// The storage of a registry's data. Reads run on the caller's thread; writes are queued to one
/// writer.
package protocol RegistryStore: Sendable {
  /// True if a short read takes so little time that it may run on an event loop; false if reads
  /// wait for a server.
  var readsInPlace: Bool { get }

  /// Runs `body` on one snapshot of the data, on the caller's thread.
  func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value

  /// Runs `body` in a transaction of its own and returns once its commit is on the disk. If `body`
  /// throws, nothing is written. With `dryRun` the body runs in full and its value is returned, but
  /// nothing is written.
  ///
  /// Owners take turns. A write that waits too long, or whose task is cancelled while it waits, is
  /// not started: it throws `overloaded`.
  func write<Value: Sendable>(
    for owner: Scope, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value

  /// True while the store checks a large database in the background.
  var isCheckingPages: Bool { get }

  /// Throws the reason why reads or writes fail now, if there is one, within a second. For
  /// `/readyz`.
  func checkReady() async throws(StoreError)

  /// The state of the standby that answers reads; nil without one.
  var replica: ReplicaStatus? { get }
}

extension RegistryStore {
  /// True, for stores in this process.
  package var readsInPlace: Bool { true }

  /// False, for stores that check nothing in the background.
  package var isCheckingPages: Bool { false }

  /// Nil, for stores without a standby.
  package var replica: ReplicaStatus? { nil }

  /// Writes for the caller that has access to all organisations.
  package func write<Value: Sendable>(
    dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    try await write(for: .all, dryRun: dryRun, body)
  }
}

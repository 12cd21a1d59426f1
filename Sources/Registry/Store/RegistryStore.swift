/// The storage of a registry's data. Reads run on the caller's thread; writes are queued to one
/// writer.
package protocol RegistryStore: Sendable {
  /// Runs `body` on one snapshot of the data, on the caller's thread.
  func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value

  /// Runs `body` in a transaction of its own and returns once its commit is on the disk. If `body`
  /// throws, nothing is written. With `dryRun` the body runs in full and its value is returned, but
  /// nothing is written.
  func write<Value: Sendable>(
    dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value

  /// Throws the reason why reads or writes fail now, if there is one, within a second. For
  /// `/readyz`.
  func checkReady() async throws(StoreError)
}

/// Where a registry keeps its data. Reads run in place; writes are queued to one writer.
package protocol RegistryStore: Sendable {
  /// Runs `body` on one snapshot of the data, in place, on the caller's thread.
  func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value

  /// Runs `body` in a transaction of its own and returns once its commit is on the disk. Where `body` throws, nothing
  /// is written. With `dryRun` it runs in full, its value is returned, and nothing is written.
  func write<Value: Sendable>(
    dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value

  /// Whether a write could be committed now; throws what stands in the way. For `/readyz`.
  func checkWritable() async throws(StoreError)
}

import Registry
import System

/// A store that fails on request, counts its writes, and can run other work before a read or a
/// write.
final class FaultyStore: RegistryStore {
  private let store: any RegistryStore
  private let faults = Locked<(reads: StoreError?, writes: StoreError?)>((nil, nil))
  private let reading = Locked<(left: Int, before: (@Sendable () -> Void)?)>((0, nil))
  private let writing = Locked<(count: Int, before: (@Sendable () async -> Void)?)>((0, nil))

  /// The number of requested writes.
  var writes: Int { writing.withLock { $0.count } }

  /// Runs `body` before the read with this number from now on, on its thread.
  func beforeRead(_ number: Int, _ body: @escaping @Sendable () -> Void) {
    reading.withLock { $0 = (number, body) }
  }

  /// Runs `body` before the next write.
  func beforeNextWrite(_ body: @escaping @Sendable () async -> Void) {
    writing.withLock { $0.before = body }
  }

  init(_ store: any RegistryStore) {
    self.store = store
  }

  func fail(reads: StoreError? = nil, writes: StoreError? = nil) {
    faults.withLock { $0 = (reads, writes) }
  }

  func read<Value>(_ body: (any RegistryReader) throws -> Value) throws -> Value {
    let before = reading.withLock { reading -> (@Sendable () -> Void)? in
      reading.left -= 1
      return reading.left == 0 ? reading.before : nil
    }
    before?()
    if let error = faults.withLock({ $0.reads }) { throw error }
    return try store.read(body)
  }

  func write<Value: Sendable>(
    for owner: Scope, dryRun: Bool, _ body: @escaping @Sendable (any RegistryWriter) throws -> Value
  ) async throws -> Value {
    let before = writing.withLock { writing in
      defer { writing.before = nil }
      writing.count += 1
      return writing.before
    }
    await before?()
    if let error = faults.withLock({ $0.writes }) { throw error }
    return try await store.write(for: owner, dryRun: dryRun, body)
  }

  func checkReady() async throws(StoreError) {
    if let error = faults.withLock({ $0.writes }) { throw error }
    try await store.checkReady()
  }
}

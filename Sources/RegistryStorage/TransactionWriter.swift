package import Registry

/// The writer of a store, with the transaction that many writes share.
package protocol TransactionWriter: RegistryWriter {
  /// Begins the transaction. From then on no other writer writes until its end.
  func begin() throws(StoreError)
  /// Begins one write within the transaction.
  func beginSavepoint() throws(StoreError)
  /// Ends one write, whose changes are kept or undone. Throws if the whole transaction was lost.
  func endSavepoint(keeping: Bool) throws(StoreError)
  /// Makes the transaction durable. If this throws, nothing was written, except for
  /// `outcomeUnknown`.
  func commit() throws(StoreError)
  /// Ends the transaction without a change; does nothing if there is none.
  func rollBack()
  /// Throws the error of a write that changes nothing.
  func probe() throws(StoreError)
}

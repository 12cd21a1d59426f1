/// A value that is there already, or that comes once something has been waited for. What needs no
/// wait costs no task.
package enum Eventual<Value: Sendable>: Sendable {
  /// The value.
  case now(Value)
  /// What waits and then gives the value; it has not begun.
  case later(@Sendable () async -> Value)

  /// The value, waited for where that has to be.
  package var value: Value {
    get async {
      switch self {
      case .now(let value): value
      case .later(let wait): await wait()
      }
    }
  }
}

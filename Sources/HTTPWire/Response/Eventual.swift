/// A value that is there already, or that comes once something has been waited for. What needs no
/// wait costs no task.
package enum Eventual<Value: Sendable>: Sendable {
  /// The value.
  case now(Value)
  /// A function that waits and then returns the value; it has not begun.
  case later(@Sendable () async -> Value)

  /// The value, waited for if necessary.
  package var value: Value {
    get async {
      switch self {
      case .now(let value): value
      case .later(let wait): await wait()
      }
    }
  }
}

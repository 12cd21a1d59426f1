/// A queue: first in, first out. Adding and removing take the same time however long it is.
///
/// Inlinable, so that a module that uses it compiles a form for its own type.
package struct Fifo<Element> {
  @usableFromInline var elements: [Element] = []
  @usableFromInline var removed = 0

  /// An empty queue.
  @inlinable package init() {}

  /// The number of elements.
  @inlinable package var count: Int { elements.count - removed }

  /// True if the queue has no elements.
  @inlinable package var isEmpty: Bool { removed == elements.count }

  /// The next element; nil if there is none.
  @inlinable package var first: Element? { isEmpty ? nil : elements[removed] }

  /// Adds an element at the end.
  @inlinable package mutating func append(_ element: Element) {
    elements.append(element)
  }

  /// Removes the next element; nil if there is none.
  @inlinable package mutating func next() -> Element? {
    guard removed < elements.count else { return nil }
    defer { compact() }
    removed += 1
    return elements[removed - 1]
  }

  /// Removes and returns the elements that meet the condition.
  @inlinable package mutating func removeAll(where condition: (Element) -> Bool) -> [Element] {
    let left = elements[removed...]
    (elements, removed) = (left.filter { !condition($0) }, 0)
    return left.filter(condition)
  }

  /// Moves what is left to the front once half is removed: each element is moved once at most on
  /// average.
  @inlinable mutating func compact() {
    guard removed * 2 >= elements.count else { return }
    elements.removeSubrange(..<removed)
    removed = 0
  }
}

extension Fifo: Sendable where Element: Sendable {}

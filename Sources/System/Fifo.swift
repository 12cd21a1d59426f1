/// A queue: first in, first out. Adding and removing take the same time however long it is.
package struct Fifo<Element> {
  private var elements: [Element] = []
  private var removed = 0

  /// An empty queue.
  package init() {}

  /// The number of elements.
  package var count: Int { elements.count - removed }

  /// True if the queue has no elements.
  package var isEmpty: Bool { removed == elements.count }

  /// The next element; nil if there is none.
  package var first: Element? { isEmpty ? nil : elements[removed] }

  /// Adds an element at the end.
  package mutating func append(_ element: Element) {
    elements.append(element)
  }

  /// Removes the next element; nil if there is none.
  package mutating func next() -> Element? {
    guard removed < elements.count else { return nil }
    defer { compact() }
    removed += 1
    return elements[removed - 1]
  }

  /// Removes and returns the elements that meet the condition.
  package mutating func removeAll(where condition: (Element) -> Bool) -> [Element] {
    let left = elements[removed...]
    (elements, removed) = (left.filter { !condition($0) }, 0)
    return left.filter(condition)
  }

  /// Moves what is left to the front once half is removed: each element is moved once at most on
  /// average.
  private mutating func compact() {
    guard removed * 2 >= elements.count else { return }
    elements.removeSubrange(..<removed)
    removed = 0
  }
}

extension Fifo: Sendable where Element: Sendable {}

/// A page of a list, in the order of creation.
package struct Page<Item: Sendable>: Sendable {
  /// The items.
  package let items: [Item]
  /// The sequence number after which the next page begins; nil if this page is the last.
  package let next: Int64?

  /// Creates a page.
  package init(items: [Item], next: Int64?) {
    self.items = items
    self.next = next
  }
}

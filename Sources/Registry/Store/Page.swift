/// A part of a list, in the order of creation.
package struct Page<Item: Sendable>: Sendable {
  /// The items.
  package let items: [Item]
  /// The sequence number after which the next page begins; nil where this page holds the last item.
  package let next: Int64?

  /// A page of the given parts.
  package init(items: [Item], next: Int64?) {
    self.items = items
    self.next = next
  }
}

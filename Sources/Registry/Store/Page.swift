/// A page of a list.
package struct Page<Item: Sendable>: Sendable {
  /// The items.
  package let items: [Item]
  /// The sequence number after which the next page begins; nil if this page is the last.
  package let next: Int64?
  /// The value that the list is sorted by, of the last item, in the store's form; empty for a list
  /// in the order of creation.
  package let nextKey: String

  /// Creates a page.
  package init(items: [Item], next: Int64?, nextKey: String = "") {
    self.items = items
    self.next = next
    self.nextKey = nextKey
  }
}

/// The part of a list to read. Sequence numbers are assigned at creation and never change, so
/// paging by creation neither skips nor repeats an item, whatever is renamed, added or removed
/// meanwhile.
package struct PageRequest: Hashable, Sendable {
  /// The sequence number of the last item seen; 0 for the first page, in any order.
  package let after: Int64
  /// The key of the last item seen, as `Page.nextKey`; empty for the first page and for orders by
  /// creation.
  package let afterKey: String
  /// The maximum number of items: 1 to 1,000.
  package let limit: Int
  /// The order; only the list of ICCs has another one than `oldest`.
  package let order: ICCOrder

  /// Creates a request.
  package init(after: Int64 = 0, key: String = "", limit: Int = 50, order: ICCOrder = .oldest) {
    self.after = after
    afterKey = key
    self.limit = limit
    self.order = order
  }
}

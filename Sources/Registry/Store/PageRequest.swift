/// The part of a list to read. Sequence numbers are assigned at creation and never change, so
/// paging neither skips nor repeats an item, whatever is renamed, added or removed meanwhile.
package struct PageRequest: Hashable, Sendable {
  /// The sequence number of the last item seen; 0 for the first page, in either direction.
  package let after: Int64
  /// The maximum number of items: 1 to 1,000.
  package let limit: Int
  /// True for a list from the newest to the oldest; only the list of ICCs supports it.
  package let isNewestFirst: Bool

  /// Creates a request.
  package init(after: Int64 = 0, limit: Int = 50, isNewestFirst: Bool = false) {
    self.after = after
    self.limit = limit
    self.isNewestFirst = isNewestFirst
  }
}

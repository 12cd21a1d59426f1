/// Which part of a list is asked for. Sequence numbers are given at creation and never change,
/// so a list read page by page neither skips nor repeats, whatever is renamed, added or removed between.
package struct PageRequest: Hashable, Sendable {
  /// The sequence number of the last item seen; 0 for the first page, in either direction.
  package let after: Int64
  /// How many items at most: 1 to 200.
  package let limit: Int
  /// Whether the list goes from the newest to the oldest; only the list of ICCs has both directions.
  package let isNewestFirst: Bool

  /// A request of the given parts.
  package init(after: Int64 = 0, limit: Int = 50, isNewestFirst: Bool = false) {
    self.after = after
    self.limit = limit
    self.isNewestFirst = isNewestFirst
  }
}

/// A list of live ICCs by page number, for InfoSum's API. Unlike `PageRequest`, it can skip or
/// repeat an ICC if others are created or deleted between two pages.
package struct ICCSearch: Hashable, Sendable {
  /// A field to sort by.
  package enum Key: String, CaseIterable, Sendable {
    /// The name, ignoring case.
    case name
    case connectorType
    /// The order in which the store got the ICCs, which needs no sorting. It is that of the times
    /// of creation, except for imported ICCs and after the clock was set back.
    case createdAt
    case updatedAt
  }

  /// A sort key and its direction.
  package struct Order: Hashable, Sendable {
    /// The field.
    package let key: Key
    /// True for the greatest value first.
    package let isDescending: Bool

    /// Creates a sort key.
    package init(_ key: Key, isDescending: Bool) {
      self.key = key
      self.isDescending = isDescending
    }
  }

  /// The condition; nil for all.
  package var condition: ICCCondition?
  /// The sort keys, the most important one first. ICCs that are equal in all are listed newest
  /// first.
  package var order: [Order] = [Order(.createdAt, isDescending: true)]
  /// The number of ICCs before the page.
  package var offset = 0
  /// The maximum number of ICCs of the page.
  package var limit = 100
  /// The processor time in milliseconds after which the store gives up.
  package var timeLimit = 1000

  /// Creates a search for every live ICC.
  package init() {}
}

/// A page of a list by page number.
package struct NumberedPage<Item: Sendable>: Sendable {
  /// The items of the page.
  package let items: [Item]
  /// The number of items of all pages.
  package let total: Int

  /// Creates a page.
  package init(items: [Item], total: Int) {
    self.items = items
    self.total = total
  }
}

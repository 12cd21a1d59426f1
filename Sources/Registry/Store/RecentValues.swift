/// The most recently used values, up to a capacity, in two tables. Once the young table holds half
/// of the capacity it becomes the old one, and the former old table is dropped. A value found in
/// the old table moves to the young one, so values in use stay.
struct RecentValues<Key: Hashable, Value> {
  private struct Entry {
    let value: Value
    let cost: Int
  }

  private let capacity: Int
  private var young: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var youngCost = 0

  /// Creates a table for values whose costs add up to at most `capacity`.
  init(capacity: Int) {
    self.capacity = capacity
  }

  /// The number of values.
  var count: Int { young.count + old.count }

  /// The value for this key, if it has not been dropped.
  subscript(key: Key) -> Value? {
    mutating get {
      if let entry = young[key] { return entry.value }
      guard !old.isEmpty, let entry = old.removeValue(forKey: key) else { return nil }
      set(entry.value, for: key, cost: entry.cost)
      return entry.value
    }
  }

  /// Stores a value, replacing the key's former one. A value that would fill half of the capacity
  /// is not stored.
  mutating func set(_ value: Value, for key: Key, cost: Int) {
    youngCost -= young.removeValue(forKey: key)?.cost ?? 0
    guard cost <= capacity / 2 else { return }
    if youngCost + cost > capacity / 2 {
      old = young
      young = [:]
      youngCost = 0
    }
    young[key] = Entry(value: value, cost: cost)
    youngCost += cost
  }

  /// Removes all values.
  mutating func removeAll() {
    guard count > 0 else { return }
    self = RecentValues(capacity: capacity)
  }
}

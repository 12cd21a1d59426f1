/// The values that were put in last, up to a capacity, in two tables: once the young one holds half of the capacity it becomes the
/// old one, and what was the old one is forgotten. A value that is found in the old table moves back to the young one, so what is
/// used often stays.
struct RecentValues<Key: Hashable, Value> {
  private struct Entry {
    let value: Value
    let cost: Int
  }

  private let capacity: Int
  private var young: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var youngCost = 0

  /// Room for values whose costs add up to `capacity`.
  init(capacity: Int) {
    self.capacity = capacity
  }

  /// How many values there are.
  var count: Int { young.count + old.count }

  /// The value of this key, if it is still there.
  subscript(key: Key) -> Value? {
    mutating get {
      if let entry = young[key] { return entry.value }
      guard !old.isEmpty, let entry = old.removeValue(forKey: key) else { return nil }
      set(entry.value, for: key, cost: entry.cost)
      return entry.value
    }
  }

  /// Puts a value in, in the place of the key's former one. One that would fill half of the capacity by itself is not taken.
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

  /// Forgets everything.
  mutating func removeAll() {
    guard count > 0 else { return }
    self = RecentValues(capacity: capacity)
  }
}

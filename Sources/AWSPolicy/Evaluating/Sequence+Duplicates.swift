extension Sequence where Element: Hashable {
  /// The elements in order, each once. A document may hold thousands, so they are hashed.
  package func removingDuplicates() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

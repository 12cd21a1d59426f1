/// Returns the known name that was most likely meant by a mistyped one, or nil if none is similar.
/// Case and the separators `-` and `_` do not count.
package func nearestName(to name: String, among known: [String]) -> String? {
  let typed = Array(nearestNameKey(of: name).utf8)
  let distances = known.map { (name: $0, distance: editDistance(typed, Array(nearestNameKey(of: $0).utf8))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, min(typed.count, best.name.utf8.count) / 3) ? best.name : nil
}

/// Returns what names are compared by: the first 64 characters in lower case, without separators.
package func nearestNameKey(of name: String) -> String {
  String(name.prefix(64)).lowercased().filter { $0 != "-" && $0 != "_" }
}

/// Returns Levenshtein's distance, where swapping two neighbours counts as one edit (optimal string
/// alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let same = left[row] == right[column]
      var best = min(previous[column] + (same ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, before[column - 1] + 1)
      }
      current.append(best)
    }
    (before, previous) = (previous, current)
  }
  return previous[right.count]
}

/// Returns the known name that a mistyped one most likely means, or nil. Case is ignored.
func nearestName(to name: String, among known: [String]) -> String? {
  let typed = Array(name.lowercased().utf8.prefix(64))
  let distances = known.map { (name: $0, distance: editDistance(typed, Array($0.lowercased().utf8))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, min(typed.count, best.name.utf8.count) / 3) ? best.name : nil
}

/// Returns `; did you mean …?` for the end of a message, or an empty text.
func suggestion(for name: String, among known: [String], prefix: String = "") -> String {
  nearestName(to: name, among: known).map { "; did you mean \(quoted(prefix + $0))?" } ?? ""
}

/// Returns the text in quotes for a one-line message; control characters become `?`.
func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(120).map { scalar in
    scalar.properties.generalCategory == .control ? "?" : String(Character(scalar))
  }
  return "\"" + shown.joined() + (text.unicodeScalars.count > 120 ? "…" : "") + "\""
}

/// Returns the edit distance (optimal string alignment): Levenshtein's, with a swap of two
/// neighbours counted as one edit.
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

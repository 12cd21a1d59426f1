/// The known name that a mistyped one most likely means; nil where none is near. Case does not count.
func nearestName(to name: String, among known: [String]) -> String? {
  let typed = Array(name.lowercased().utf8.prefix(64))
  let distances = known.map { (name: $0, distance: editDistance(typed, Array($0.lowercased().utf8))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, min(typed.count, best.name.utf8.count) / 3) ? best.name : nil
}

/// `; did you mean …?` for a message, or nothing.
func suggestion(for name: String, among known: [String], prefix: String = "") -> String {
  nearestName(to: name, among: known).map { "; did you mean \(quoted(prefix + $0))?" } ?? ""
}

/// The text in quotes for a message on one line: no control character of it reaches the terminal.
func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(120).map { scalar in
    scalar.properties.generalCategory == .control ? "?" : String(Character(scalar))
  }
  return "\"" + shown.joined() + (text.unicodeScalars.count > 120 ? "…" : "") + "\""
}

/// Levenshtein's distance, where swapping two neighbours counts as one slip (optimal string alignment).
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

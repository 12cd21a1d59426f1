import Text

/// Returns `; did you mean …?` for a message, or an empty text if no known name is similar.
func suggestion(for name: String, among known: [String], prefix: String = "") -> String {
  nearestName(to: name, among: known).map { "; did you mean \(quoted(prefix + $0))?" } ?? ""
}

/// Returns the text in quotes for a message on one line; control characters become `?`, so that
/// none reaches the terminal.
func quoted(_ text: String) -> String {
  let shown = text.unicodeScalars.prefix(120).map { scalar in
    scalar.properties.generalCategory == .control ? "?" : String(Character(scalar))
  }
  return "\"" + shown.joined() + (text.unicodeScalars.count > 120 ? "…" : "") + "\""
}

import Text

/// Returns `; did you mean …?` for a message, or an empty text if no known name is similar.
func suggestion(for name: String, among known: [String], prefix: String = "") -> String {
  nearestName(to: name, among: known).map { "; did you mean \(quoted(prefix + $0))?" } ?? ""
}

/// Returns the text in quotes for a message on one line; control characters become `?`, so that
/// none reaches the terminal.
func quoted(_ text: String) -> String {
  let shown = printable(String(String.UnicodeScalarView(text.unicodeScalars.prefix(120))))
  return "\"" + shown + (text.unicodeScalars.count > 120 ? "…" : "") + "\""
}

/// Returns the text with `?` for each control character, so that none reaches the terminal.
func printable(_ text: String) -> String {
  text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String(Character($0)) }.joined()
}

/// A block of the Markdown subset that the manual uses. Texts still hold their inline markup.
package enum MarkdownBlock: Equatable, Sendable {
  case heading(Int, String)
  case paragraph(String)
  case code(String)
  case list(isOrdered: Bool, [String])
  case table(header: [String], rows: [[String]])
  /// A picture of the folder `Pictures`, with the text that says the same.
  case picture(text: String, name: String)
}

/// A page of the manual: `icc-registry help NAME` prints it, `/manual/NAME` serves it as HTML.
package struct ManualPage: Sendable {
  /// The name in the command line, in the address, and of the file in `Pages`.
  package let name: String
  /// One line for lists of pages.
  package let summary: String
  /// The page's text.
  package let markdown: String
  /// The first heading.
  package let title: String

  private init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
    markdown = String(decoding: ManualFiles.content(of: "Pages/\(name).md"), as: UTF8.self)
    title = MarkdownReader.title(of: markdown) ?? name
  }

  /// Every page, in reading order. A test compares the list with the folder.
  package static let all: [ManualPage] = [
    ManualPage("getting-started", "Install, create an ICC, set up AWS, check it."),
    ManualPage("api", "The REST API, by task."),
    ManualPage("reference", "Every operation and schema of the REST API."),
    ManualPage("infosum", "InfoSum's own API: calls, lists, filters."),
    ManualPage("configuration", "Every setting."),
    ManualPage("operations", "Service, TLS, tokens, backup, logs, metrics, exit codes."),
    ManualPage("postgresql", "Several registries on one PostgreSQL database."),
    ManualPage("moving", "Import existing ICCs, export them."),
    ManualPage("upgrading", "Upgrade, migrate, go back."),
    ManualPage("durability", "What survives which failure."),
    ManualPage("security", "Threats, limits, how to report a vulnerability."),
    ManualPage("architecture", "Modules, a request's path, glossary, decisions."),
    ManualPage("developing", "Build, test, and add routes or settings."),
    ManualPage("changelog", "What changed in each version."),
  ]

  /// The page for a terminal: each picture is its text.
  package var terminalText: String {
    markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      MarkdownReader.picture(line).map { "(Picture: \($0.text))" } ?? String(line)
    }.joined(separator: "\n")
  }
}

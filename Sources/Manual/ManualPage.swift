/// A page of the manual: `icc-registry help NAME` prints it, `/manual/NAME` serves it as HTML.
package struct ManualPage: Sendable {
  /// The name in the command line, in the address, and of the file in `Pages`.
  package let name: String
  /// One line for lists of pages.
  package let summary: String
  /// The page's text.
  package let markdown: String

  private init(_ name: String, _ summary: String, _ bytes: [UInt8]) {
    self.name = name
    self.summary = summary
    markdown = String(decoding: bytes, as: UTF8.self)
  }

  /// Every page, in reading order. A test compares the list with the folder.
  package static let all: [ManualPage] = [
    ManualPage(
      "getting-started", "Install, create an ICC, set up AWS, check it.", PackageResources.getting_started_md),
    ManualPage("api", "The REST API, by task.", PackageResources.api_md),
    ManualPage("reference", "Every operation and schema of the REST API.", PackageResources.reference_md),
    ManualPage("infosum", "InfoSum's own API: calls, lists, filters.", PackageResources.infosum_md),
    ManualPage("configuration", "Every setting.", PackageResources.configuration_md),
    ManualPage(
      "operations", "Service, TLS, tokens, backup, logs, metrics, exit codes.", PackageResources.operations_md),
    ManualPage(
      "postgresql", "Several registries on one PostgreSQL database.", PackageResources.postgresql_md),
    ManualPage("moving", "Import existing ICCs, export them.", PackageResources.moving_md),
    ManualPage("upgrading", "Upgrade, migrate, go back.", PackageResources.upgrading_md),
    ManualPage("durability", "What survives which failure.", PackageResources.durability_md),
    ManualPage("security", "Threats, limits, how to report a vulnerability.", PackageResources.security_md),
    ManualPage("architecture", "Modules, a request's path, glossary, decisions.", PackageResources.architecture_md),
    ManualPage("developing", "Build, test, and add routes or settings.", PackageResources.developing_md),
    ManualPage("changelog", "What changed in each version.", PackageResources.changelog_md),
  ]

  /// The page for a terminal: each picture is its text.
  package var terminalText: String {
    markdown.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      MarkdownReader.picture(line).map { "(Picture: \($0.text))" } ?? String(line)
    }.joined(separator: "\n")
  }

  /// The first heading.
  package var title: String {
    guard case .heading(1, let title)? = MarkdownReader.blocks(markdown).first else { return name }
    return title
  }
}

import Glibc
import JSON
import System
import Testing

@testable import icc_registry

/// The configuration file in the repository is generated from the table of settings.
struct ConfigurationFileTests {
  @Test func `config/icc-registry.json is the template`() throws {
    try Self.expect("config/icc-registry.json", toBe: ConfigurationFile.template)
  }

  @Test func `the manual's table of settings is generated from the table in the code`() throws {
    let path = "Sources/Manual/Pages/configuration.md"
    let page = String(decoding: try File.read(Repository.path(path)), as: UTF8.self)
    let introduction = page.prefix(upTo: try #require(page.firstRange(of: "| setting |")).lowerBound)
    let rows = Setting.all.map { setting in
      "| `\(setting.name)` | `\(setting.environmentName)` | `\(setting.json(Settings()).text())` | \(setting.meaning) |\n"
    }
    let table =
      "| setting | environment variable | default | meaning |\n|---|---|---|---|\n" + rows.joined()
    try Self.expect(path, toBe: introduction + table)
  }

  /// Compares a file in the repository with what it is generated from, or writes it with `UPDATE_MANUAL=1`.
  private static func expect(_ path: String, toBe text: String) throws {
    let path = Repository.path(path)
    if unsafe getenv("UPDATE_MANUAL") != nil, let file = unsafe fopen(path, "w") {
      unsafe fputs(text, file)
      unsafe fclose(file)
    }
    let isEqual = String(decoding: try File.read(path), as: UTF8.self) == text
    #expect(isEqual, "run: UPDATE_MANUAL=1 swift test --filter CommandTests")
  }

  @Test func `the template sets every default`() throws {
    var settings = Settings()
    try ConfigurationFile.apply(Array(ConfigurationFile.template.utf8), from: "template", to: &settings)
    #expect(settings == Settings())
  }

  @Test func `a named file must exist`() throws {
    var settings = Settings()
    try ConfigurationFile.apply("/nowhere/at-all.json", isNamed: false, to: &settings)
    #expect(
      throws: CommandFailure.usage("cannot read the configuration file /nowhere/at-all.json: No such file or directory")
    ) {
      try ConfigurationFile.apply("/nowhere/at-all.json", isNamed: true, to: &settings)
    }
  }
}

/// The tree that these tests were built from.
enum Repository {
  static func path(_ relative: String, file: String = #filePath) -> String {
    file.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/" + relative
  }
}

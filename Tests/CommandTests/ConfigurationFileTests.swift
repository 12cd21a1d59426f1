import System
import Testing

@testable import icc_registry

/// The files that people read are what the table of settings says.
struct ConfigurationFileTests {
  @Test func theFileInConfigIsTheTemplate() throws {
    let file = try File.read(Repository.path("config/icc-registry.json"))
    #expect(
      String(decoding: file, as: UTF8.self) == ConfigurationFile.template,
      "run: icc-registry help config-file > config/icc-registry.json")
  }

  @Test func theTemplateChangesNothing() throws {
    var settings = Settings()
    try ConfigurationFile.apply(Array(ConfigurationFile.template.utf8), from: "template", to: &settings)
    #expect(settings == Settings())
  }

  @Test func aFileThatIsNamedMustBeThere() throws {
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

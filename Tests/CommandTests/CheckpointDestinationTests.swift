import Testing

@testable import icc_registry

@Suite struct CheckpointDestinationTests {
  @Test(arguments: [
    "", "checkpoints", "/var/lib/icc-registry/checkpoints", "https://example.com/", "https://example.com:8443/a/b-c._~",
    "http://127.0.0.1:8080/x",
  ])
  func `a destination is written as it is read`(_ text: String) throws {
    #expect(try CheckpointDestination(text: text).text == text)
  }

  @Test func `an endpoint without a path has the root`() throws {
    #expect(try CheckpointDestination(text: "https://example.com").text == "https://example.com/")
  }

  @Test(arguments: [
    "ftp://example.com/x", "https://", "https:///x", "https://user@example.com/", "https://example.com:x/",
    "https://example.com/?a=b", "https://example.com/#a", "https://example.com/%41", "https://example.com/a b", "a\0b",
  ])
  func `another text is not a destination`(_ text: String) {
    #expect(throws: SettingError.self) { try CheckpointDestination(text: text) }
  }
}

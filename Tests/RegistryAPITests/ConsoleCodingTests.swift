import Console
import Testing

@testable import RegistryAPI

/// The content codings of the console's files.
@Suite struct ConsoleCodingTests {
  private static let file = PackedConsole.immutableFiles[0]
  private static let path = "/console/" + file.path[0]

  @Test(arguments: [
    (nil, nil), ("", nil), ("identity", nil), ("gzip", "gzip"), ("x-gzip", "gzip"), ("br", "br"), ("GZIP", "gzip"),
    ("gzip, deflate, br, zstd", "br"), ("gzip;q=1.0, br;q=0.5", "gzip"), ("br;q=0, gzip;q=0.001", "gzip"),
    ("*", "br"), ("*;q=0.5, br;q=0", "gzip"), ("identity;q=0", "406"), ("*;q=0", "406"), ("identity;q=0, gzip", "gzip"),
    ("identity;q=0, *", "br"), ("identity, *;q=0", nil), ("deflate", nil), ("deflate, identity;q=0", "406"),
    ("gzip;q=0.5, identity;q=0.8", nil), ("gzip;q=2", nil), ("gzip;q=0", nil),
  ])
  func `the coding follows Accept-Encoding`(accepted: String?, expected: String?) async throws {
    let world = try await World()
    let answer = await world.send("GET", Self.path, headers: accepted.map { ["Accept-Encoding": $0] } ?? [:])
    #expect(answer.header("Vary") == "Accept-Encoding")
    guard expected != "406" else {
      #expect(answer.status == 406)
      return
    }
    let coding = expected.flatMap(ContentCoding.init)
    #expect(answer.status == 200)
    #expect(answer.header("Content-Encoding") == expected)
    #expect(answer.body == coding.map { Self.file.compressed[$0] } ?? Self.file.body)
    #expect(answer.header("ETag") == Self.file.entityTag(coding))
    #expect(answer.header("Cache-Control") == "public, max-age=31536000, immutable")
  }

  @Test func `each coding has its own entity tag`() async throws {
    let world = try await World()
    var tags: Set<String> = []
    for coding in ["identity", "gzip", "br"] {
      let tag = try #require(await world.send("GET", Self.path, headers: ["Accept-Encoding": coding]).header("ETag"))
      tags.insert(tag)
      let again = await world.send("GET", Self.path, headers: ["Accept-Encoding": coding, "If-None-Match": tag])
      #expect(again.status == 304)
      #expect(again.header("Content-Encoding") == nil)
      #expect(again.header("Vary") == "Accept-Encoding")
      let other = await world.send(
        "GET", Self.path, headers: ["Accept-Encoding": coding == "br" ? "gzip" : "br", "If-None-Match": tag])
      #expect(other.status == 200)
    }
    #expect(tags.count == 3)
  }

  @Test func `a file without compressed forms is sent as it is, unless that is refused`() async throws {
    let world = try await World()
    #expect(await world.send("GET", "/console/", headers: ["Accept-Encoding": "gzip, br"]).status == 200)
    #expect(await world.send("GET", "/console/", headers: ["Accept-Encoding": "gzip, identity;q=0"]).status == 406)
    #expect(await world.send("GET", "/console/start.0.js").status == 404)
  }
}

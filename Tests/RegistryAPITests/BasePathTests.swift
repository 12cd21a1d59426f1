import HTTPWire
import JSON
import Testing

@testable import RegistryAPI

struct BasePathTests {
  private static func target(_ segments: [String]) -> HTTPTarget {
    HTTPTarget(text: "/" + segments.joined(separator: "/"), segments: segments, query: nil)
  }

  @Test(arguments: [
    ("", ""), ("/", ""), ("/icc", "/icc"), ("/icc/", "/icc"), ("/apps/icc", "/apps/icc"), ("/a.b-c_d~1", "/a.b-c_d~1"),
  ])
  func `a path is read`(text: String, path: String) {
    #expect(BasePath(text)?.text == path)
  }

  @Test(arguments: [
    "icc", "//", "/icc//", "//icc", "/a//b", "/.", "/..", "/a/..", "/a%20b", "/a b", "/é", "/a?b", "/a#b",
  ])
  func `another text is not a path`(text: String) {
    #expect(BasePath(text) == nil)
  }

  @Test(
    arguments: [
      (["icc", "v1", "iccs"], ["v1", "iccs"]), (["icc", ""], [""]), (["icc"], [""]), (["icc", "icc"], ["icc"]),
      (["iccs", "v1"], nil), (["v1", "iccs"], nil), ([""], nil), (["ICC", ""], nil), (["", "icc", ""], nil),
    ] as [([String], [String]?)])
  func `it is removed from targets below it`(segments: [String], rest: [String]?) throws {
    let base = try #require(BasePath("/icc"))
    #expect(base.removed(from: Self.target(segments))?.segments == rest)
  }

  @Test(arguments: [
    ("Location", "/v1/iccs/x", "/icc/v1/iccs/x"), ("Location", "https://a/b", "https://a/b"),
    ("Link", "</v1/iccs?cursor=x>; rel=\"next\"", "</icc/v1/iccs?cursor=x>; rel=\"next\""), ("ETag", "/x", "/x"),
  ])
  func `it is added to fields with a path`(name: String, value: String, completed: String) throws {
    let base = try #require(BasePath("/icc"))
    #expect(base.completed(HTTPHeaders.Field(name, value)).value == completed)
    #expect(BasePath.root.completed(HTTPHeaders.Field(name, value)).value == value)
  }

  @Test func `the document names it as its server`() throws {
    let base = try #require(BasePath("/icc"))
    let document = OpenAPIDocument.value(for: RouteTable.all, version: "1", under: base)
    #expect(document["servers"] == [["url": "/icc"]])
  }
}

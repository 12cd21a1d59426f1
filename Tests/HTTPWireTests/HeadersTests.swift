import Testing

@testable import HTTPWire

@Suite struct HeadersTests {
  private var headers: HTTPHeaders {
    HTTPHeaders([
      .init("Accept", "a"), .init("X-One", "1"), .init("ACCEPT", "b"), .init("Accep", "c"), .init("Empty", ""),
    ])
  }

  @Test(arguments: ["accept", "ACCEPT", "Accept", "aCCEPT"])
  func `names are compared without case`(_ name: String) {
    #expect(headers.first(name) == "a")
    #expect(headers.all(name) == ["a", "b"])
    #expect(headers.contains(name))
  }

  @Test(arguments: ["accepts", "", "x-on", "x-one ", "x_one", "X\u{D}One", "x-on\u{45}\u{301}"])
  func `another name is not found`(_ name: String) {
    #expect(headers.first(name) == nil)
    #expect(headers.all(name).isEmpty)
    #expect(!headers.contains(name))
  }

  @Test func `fields keep their order`() {
    #expect(headers.fields.map(\.name) == ["Accept", "X-One", "ACCEPT", "Accep", "Empty"])
    #expect(headers.fields.map(\.value) == ["a", "1", "b", "c", ""])
    #expect(headers.count == 5)
  }

  @Test func `fields are replaced and removed`() {
    var headers = headers
    headers.remove("accept")
    headers.append("New", "é")
    #expect(headers.fields.map(\.name) == ["X-One", "Accep", "Empty", "New"])
    #expect(headers.first("new") == "é")
    #expect(HTTPHeaders().first("a") == nil)
  }
}

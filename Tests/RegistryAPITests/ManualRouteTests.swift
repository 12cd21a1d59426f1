import Console
import Manual
import Registry
import Testing

@testable import RegistryAPI

@Suite struct ManualRouteTests {
  @Test(arguments: ManualFiles.all.indices)
  func `every page is served without a token, with the console's security headers`(index: Int) async throws {
    let world = try await World()
    let file = ManualFiles.all[index]
    let path = file.path == ["index.html"] ? "/manual/" : "/manual/" + file.path[0]
    let answer = await world.send("GET", path)
    #expect(answer.status == 200)
    #expect(answer.body == file.body)
    let types = ["css": "text/css; charset=utf-8", "png": "image/png"]
    #expect(answer.header("Content-Type") == types[String(path.suffix(3))] ?? "text/html; charset=utf-8")
    for header in ConsoleFiles.headers { #expect(answer.header(header.name) == header.value) }
    #expect(answer.header("X-Content-Type-Options") == "nosniff")
    #expect(await world.send("GET", path, headers: ["If-None-Match": file.entityTag]).status == 304)
  }

  @Test func `the address without a slash leads to the list`() async throws {
    let world = try await World()
    let answer = await world.send("GET", "/manual")
    #expect(answer.status == 308)
    #expect(answer.header("Location") == "/manual/")
  }

  @Test(arguments: ["/manual/nothing", "/manual/api/", "/manual/api.md", "/manual/../healthz", "/manual/none.png"])
  func `other paths are not found`(path: String) async throws {
    let world = try await World()
    #expect(await world.send("GET", path, as: .admin).status == 404)
  }
}

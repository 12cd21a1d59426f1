import Console
import JSON
import Registry
import Testing

@testable import RegistryAPI

@Suite struct ConsoleRouteTests {
  @Test(arguments: ConsoleFiles.all.indices)
  func `every file of the console is served without a token`(index: Int) async throws {
    let world = try await World()
    let file = try #require(ConsoleFiles.file(at: ConsoleFiles.all[index].path))
    let path = "/console/" + file.path.joined(separator: "/")
    let answer = await world.send("GET", path)
    #expect(answer.status == 200)
    #expect(answer.body == file.body)
    #expect(answer.header("Content-Type") == file.contentType)
    #expect(answer.header("Content-Security-Policy") == ConsoleFiles.contentSecurityPolicy)
    #expect(answer.header("Cache-Control") == "no-cache")
    let again = await world.send("GET", path, headers: ["If-None-Match": file.entityTag])
    #expect(again.status == 304)
    #expect(again.header("Cache-Control") == "no-cache")
  }

  @Test func `the folder of the console serves its page`() async throws {
    let world = try await World()
    #expect(await world.send("GET", "/console/").body == ConsoleFiles.file(at: [""])?.body)
    let bare = await world.send("GET", "/console")
    #expect(bare.status == 308)
    #expect(bare.header("Location") == "/console/")
  }

  @Test(arguments: [
    "/console/app", "/console/app/", "/console/none.js", "/console/app/none.js", "/console/../healthz", "/v1/iccs/",
  ])
  func `other paths are not found`(path: String) async throws {
    let world = try await World()
    #expect(await world.send("GET", path, as: .admin).status == 404)
  }

  @Test func `the session lists the permissions of its token`() async throws {
    let world = try await World()
    let viewer = await world.send("GET", "/v1/session", as: .viewer)
    #expect(viewer.status == 200)
    #expect(viewer.json["role"]?.stringValue == "viewer")
    #expect(viewer.json["organisation"]?.stringValue == "default")
    let permissions = viewer.json["permissions"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(permissions.contains("icc.check") && !permissions.contains("icc.change"))
    #expect(await world.send("GET", "/v1/session", as: .admin).json["organisation"]?.stringValue == nil)
  }

  @Test(arguments: [false, true])
  func `the session says if verifications are configured`(isConfigured: Bool) async throws {
    let world = try await World { $0.verifier = isConfigured ? ScriptedVerifier() : nil }
    let session = await world.send("GET", "/v1/session", as: .viewer)
    #expect(session.json["verificationConfigured"]?.boolValue == isConfigured)
  }
}

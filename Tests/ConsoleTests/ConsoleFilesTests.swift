import Console
import Foundation
import Testing

/// The folder that the console's files are embedded from.
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../Sources/Console/Files").standardizedFileURL

private func pathsInFolder() -> Set<String> {
  let names = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
  return Set(names.filter { $0.contains(".") })
}

struct ConsoleFilesTests {
  @Test func `the embedded files are those of the folder`() {
    #expect(Set(ConsoleFiles.all.map { $0.path.joined(separator: "/") }) == pathsInFolder())
  }

  @Test(arguments: ConsoleFiles.all.indices)
  func `the embedded bytes equal the files`(index: Int) throws {
    let file = ConsoleFiles.all[index]
    let onDisk = try Data(contentsOf: folder.appending(path: file.path.joined(separator: "/")))
    #expect(file.body == Array(onDisk))
    guard file.path != ["link.html"] else { return }  // Its packed page has this path.
    #expect(ConsoleFiles.file(at: file.path)?.entityTag == file.entityTag)
  }

  @Test func `each file has its own entity tag`() {
    #expect(Set(ConsoleFiles.all.map(\.entityTag)).count == ConsoleFiles.all.count)
  }

  @Test(arguments: [
    ([""], "text/html; charset=utf-8"), (["index.html"], "text/html; charset=utf-8"),
    (["main.js"], "text/javascript; charset=utf-8"), (["style", "base.css"], "text/css; charset=utf-8"),
    (["icon.svg"], "image/svg+xml"),
  ])
  func `the media type follows from the file name`(path: [String], type: String) {
    #expect(ConsoleFiles.file(at: path)?.contentType == type)
  }

  @Test(arguments: [
    ["app/api.js"], ["app"], ["app", ""], ["..", "Console", "index.html"], [], ["app", "missing.js"],
  ])
  func `another path has no file`(path: [String]) {
    #expect(ConsoleFiles.file(at: path) == nil)
  }

  @Test(arguments: ConsoleFiles.all.indices)
  func `no script builds markup or loads from another host`(index: Int) {
    let text = String(decoding: ConsoleFiles.all[index].body, as: UTF8.self)
      .replacing("http://www.w3.org/2000/svg", with: "")
    let refusals = [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "://www", "https://", "style=\"",
    ]
    for refused in refusals {
      #expect(!text.contains(refused), "\(ConsoleFiles.all[index].path) holds \(refused)")
    }
  }

  @Test(arguments: ConsoleFiles.all.indices)
  func `every imported module is served`(index: Int) {
    let file = ConsoleFiles.all[index]
    let text = String(decoding: file.body, as: UTF8.self)
    for match in text.matches(of: /from "(\.[^"]+)"/) {
      let target = URL(filePath: "/" + file.path.joined(separator: "/")).deletingLastPathComponent()
        .appending(path: String(match.1)).standardizedFileURL.path()
      #expect(ConsoleFiles.file(at: target.split(separator: "/").map(String.init)) != nil, "\(file.path): \(match.1)")
    }
  }

  @Test func `the content security policy starts with default-src none`() {
    #expect(ConsoleFiles.contentSecurityPolicy.hasPrefix("default-src 'none';"))
    #expect(!ConsoleFiles.contentSecurityPolicy.contains("unsafe"))
  }
}

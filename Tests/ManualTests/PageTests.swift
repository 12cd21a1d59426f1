import Glibc
import TestSupport
import Testing

@testable import Manual

struct PageTests {
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/"

  private static func text(_ path: String) throws -> String {
    let file = unsafe try #require(fopen(root + path, "r"))
    defer { unsafe fclose(file) }
    var text: [UInt8] = []
    while case let byte = unsafe getc(file), byte != EOF { text.append(UInt8(byte)) }
    return String(decoding: text, as: UTF8.self)
  }

  private static func names(in folder: String, ending: String = ".md") throws -> [String] {
    let listing = unsafe try #require(opendir(root + folder))
    defer { unsafe closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name.hasSuffix(ending) { names.append(String(name.dropLast(ending.count))) }
    }
    return names.sorted()
  }

  /// The targets of all links in a text, without its pictures.
  private static func links(_ markdown: String) -> [String] {
    markdown.matches(of: /\]\(([^)]*)\)/).map { String($0.1) }.filter { !$0.hasPrefix("Pictures/") }
  }

  /// The names of all pictures in a page.
  private static func pictures(_ page: ManualPage) -> [String] {
    MarkdownReader.blocks(page.markdown).compactMap { block -> String? in
      guard case .picture(_, let name) = block else { return nil }
      return name
    }
  }

  private static let anchorsByPage = Dictionary(uniqueKeysWithValues: ManualPage.all.map { ($0.name, anchors($0)) })

  private static func anchors(_ page: ManualPage) -> [String] {
    MarkdownReader.blocks(page.markdown).compactMap { block -> String? in
      guard case .heading(_, let text) = block else { return nil }
      return ManualHTML.anchor(text)
    }
  }

  @Test func `the list of pages is the folder`() throws {
    #expect(try Self.names(in: "Sources/Manual/Pages") == ManualPage.all.map(\.name).sorted())
  }

  @Test func `the title of a page is its first heading`() {
    for page in ManualPage.all { #expect(MarkdownReader.blocks(page.markdown).first == .heading(1, page.title)) }
  }

  /// Every page lists the titles of all.
  @Test func `a page is rendered without reading the others`() throws {
    let pages = ManualPage.all.sorted { $0.markdown.utf8.count < $1.markdown.utf8.count }
    let (shortest, longest) = (try #require(pages.first), try #require(pages.last))
    let rendering = ProcessorTime.spent { for _ in 0..<5 { _ = ManualHTML.page(shortest) } }
    let reading = ProcessorTime.spent { for _ in 0..<5 { _ = MarkdownReader.blocks(longest.markdown) } }
    #expect(rendering < reading)
  }

  @Test func `the list of pictures is the folder, and every picture is in one page`() throws {
    let folder = try Self.names(in: "Sources/Manual/Pages/Pictures", ending: ".png").map { $0 + ".png" }
    #expect(ManualPicture.all.map(\.name) == folder)
    #expect(ManualPage.all.flatMap(Self.pictures).sorted() == folder)
  }

  @Test(arguments: ManualPicture.all.map(\.name))
  func `a picture is a PNG file of at most 120 kB`(name: String) throws {
    let content = try #require(ManualPicture.all.first { $0.name == name }).content
    #expect(content.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(content.count <= 120_000)
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `a terminal shows the text of each picture and not its address`(name: String) throws {
    let page = try #require(ManualPage.all.first { $0.name == name })
    #expect(!page.terminalText.contains("!["))
    #expect(page.terminalText.matches(of: /(?m)^\(Picture: .+\)$/).count == Self.pictures(page).count)
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `the README links to every page`(name: String) throws {
    #expect(try Self.text("README.md").contains("](Sources/Manual/Pages/\(name).md)"))
  }

  @Test func `every link of the README to a file or to the manual leads somewhere`() throws {
    for link in Self.links(try Self.text("README.md")) where !link.hasPrefix("https://") {
      #expect(unsafe access(Self.root + link, R_OK) == 0, "\(link)")
    }
  }

  @Test func `the README has at most 120 lines of at most 100 characters`() throws {
    let lines = try Self.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count - 1 <= 120)
    for line in lines where line.count > 100 { Issue.record("\(line.count) characters: \(line)") }
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `every link of a page leads to a page, a part of one, or a web site`(name: String) throws {
    let page = try #require(ManualPage.all.first { $0.name == name })
    for link in Self.links(page.markdown) where !link.hasPrefix("https://") {
      let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
      let target = parts[0].isEmpty ? page : ManualPage.all.first { $0.name + ".md" == parts[0] }
      let found = try #require(target, "\(link)")
      if parts.count > 1 { #expect(Self.anchorsByPage[found.name]?.contains(parts[1]) == true, "\(link)") }
    }
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `a page uses only the markup that the renderer knows, in lines of at most 100 characters`(name: String) throws {
    let page = try #require(ManualPage.all.first { $0.name == name })
    let blocks = MarkdownReader.blocks(page.markdown)
    guard case .heading(1, _)? = blocks.first else {
      Issue.record("the page starts without a title")
      return
    }
    for block in blocks {
      switch block {
      case .paragraph(let text):
        #expect(text.firstMatch(of: /^(>|!\[|<|\* |\+ |=|---|    )/) == nil, "\(text)")
      case .table(let header, let rows):
        for row in rows { #expect(row.count == header.count, "\(row)") }
      case .heading, .code, .list, .picture: break
      }
    }
    for line in page.markdown.split(separator: "\n") where !line.hasPrefix("|") && line.count > 100 {
      Issue.record("\(line.count) characters: \(line)")
    }
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `a page's headings have different anchors, and its HTML has no link that is not rendered`(name: String) throws {
    let page = try #require(ManualPage.all.first { $0.name == name })
    let anchors = try #require(Self.anchorsByPage[name])
    #expect(Set(anchors).count == anchors.count)
    let html = ManualHTML.page(page)
    #expect(!html.contains("]("))
    #expect(html.contains("<title>") && html.contains("aria-current"))
  }

  @Test func `the list links to every page, and every page to all others`() {
    for document in [ManualHTML.index] + ManualPage.all.map(ManualHTML.page) {
      for page in ManualPage.all { #expect(document.contains("<a href=\"\(page.name)\"")) }
    }
  }
}

package import Console
import EmbeddedFiles

/// The manual as files for a browser, below `/manual/`.
package enum ManualFiles {
  /// Every file: the list of pages (`index.html`), one page per name, the pictures, and the style
  /// sheet.
  package static let all: [ConsoleFile] =
    [
      ConsoleFile("index.html", Array(ManualHTML.index.utf8)),
      ConsoleFile("manual.css", content(of: "manual.css")),
    ] + ManualPage.all.map { ConsoleFile($0.name, Array(ManualHTML.page($0).utf8)) }
    + ManualPicture.all.map { ConsoleFile($0.name, $0.content) }

  /// Returns the file at a path segment below `/manual/`, or nil. An empty segment is the list.
  package static func file(at segment: String) -> ConsoleFile? { byName[segment.isEmpty ? "index.html" : segment] }

  /// Returns the content of an embedded file of the manual: nothing if there is none, which a test
  /// of the pages sees.
  static func content(of path: String) -> [UInt8] {
    EmbeddedFile.manual.first { $0.path == path }?.content ?? []
  }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.path[0], $0) })
}

/// The console as few files: scripts and style sheets in one file each, compressed if possible.
///
/// The scripts are put together from the embedded modules when the first of them is requested. The
/// compressed forms are in the folder `Packed`, because a build must not need a compressor;
/// `Tests/Browser/pack_console.py` makes them, and a test fails while they are not those of the
/// embedded modules. Until then the files are sent without compression.
package enum PackedConsole {
  /// The page at `/console/`.
  static let page = ConsoleFile(
    "index.html",
    html("index.html", script: start.path[0], preloading: app.path[0]))

  /// The page for the holder of a link.
  static let linkPage = ConsoleFile("link.html", html("link.html", script: link.path[0], preloading: nil))

  /// The style sheet, the script of the first screen, that of the other screens, and that of the
  /// page for the holder of a link.
  package static let immutableFiles = [style, start, app, link]

  /// Every file that is served besides the separate ones, or instead of one of them.
  static let files = immutableFiles + [linkPage]

  private static let style = packed("style.css", sheets.map { text("style/\($0).css") }.joined())
  private static let start = packed("start.js", startBundle.page([appEntry: app.path[0]]))
  private static let app = packed("app.js", ModuleBundle(appEntry, scripts, without: startBundle.paths).later())
  private static let link = packed("link.js", ModuleBundle("link.js", scripts).page([:]))

  private static let appEntry = "screens/all.js"
  private static let startBundle = ModuleBundle("main.js", scripts)

  /// The names of the style sheets, in the order of the page.
  private static let sheets = text("index.html").split(separator: "\n").compactMap(sheet)

  private static let scripts = Dictionary(
    uniqueKeysWithValues: ConsoleFiles.all.map {
      ($0.path.joined(separator: "/"), String(decoding: $0.body, as: UTF8.self))
    }
    .filter { $0.0.hasSuffix(".js") })

  private static func text(_ path: String) -> String {
    String(decoding: ConsoleFiles.all.first { $0.path.joined(separator: "/") == path }?.body ?? [], as: UTF8.self)
  }

  /// Returns the name in a line such as `<link rel="stylesheet" href="style/base.css">`.
  private static func sheet(_ line: Substring) -> Substring? {
    let parts = line.split(separator: "\"")
    guard parts.count == 5, parts[1] == "stylesheet" else { return nil }
    return parts[3].dropFirst("style/".count).dropLast(".css".count)
  }

  /// Returns a page whose style sheets and script are the packed ones.
  private static func html(_ path: String, script: String, preloading later: String?) -> [UInt8] {
    var isFirstSheet = true
    let lines = text(path).split(separator: "\n").flatMap { line -> [String] in
      if sheet(line) != nil {
        defer { isFirstSheet = false }
        return isFirstSheet ? ["  <link rel=\"stylesheet\" href=\"\(style.path[0])\">"] : []
      }
      guard line.hasPrefix("  <script ") else { return [String(line)] }
      let preload = later.map { "  <link rel=\"modulepreload\" href=\"\($0)\" fetchpriority=\"low\">" }
      return ["  <script type=\"module\" src=\"\(script)\"></script>"] + (preload.map { [$0] } ?? [])
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func packed(_ name: String, _ text: String) -> ConsoleFile {
    let body = Array(text.utf8)
    let isCurrent = CompressedFiles.hashes[name] == ConsoleFile.hash(of: body)
    return ConsoleFile(immutable: name, body, compressed: isCurrent ? CompressedFiles.content(of: name) : [:])
  }
}

import Testing

@testable import Console

private func text(_ file: ConsoleFile?) -> String { String(decoding: file?.body ?? [], as: UTF8.self) }

private let scripts = PackedConsole.immutableFiles.filter { $0.path[0].hasSuffix(".js") }

struct PackedConsoleTests {
  @Test(arguments: PackedConsole.immutableFiles.indices)
  func `the compressed files are those of the embedded modules`(index: Int) {
    let file = PackedConsole.immutableFiles[index]
    #expect(
      file.compressed.count == ContentCoding.allCases.count,
      "\(file.path[0]) has changed: run Tests/Browser/pack_console.py and build again")
    for content in file.compressed.values { #expect(content.count < file.body.count / 2) }
  }

  @Test func `the path of a script changes with its content`() {
    let files = ["a", "b"].map { ConsoleFile(immutable: "start.js", Array($0.utf8), compressed: [:]) }
    #expect(files[0].path != files[1].path)
    for file in files {
      #expect(file.path[0].wholeMatch(of: /start\.[0-9a-f]{1,16}\.js/) != nil)
      #expect(file.isImmutable)
    }
  }

  @Test func `the page loads packed files only, and they are served`() {
    for page in [PackedConsole.page, PackedConsole.linkPage] {
      let paths = text(page).matches(of: /(?:src|href)="([^"#]+)"/).map { String($0.1) }
      #expect(paths.count >= 3)
      for path in paths { #expect(ConsoleFiles.file(at: [path])?.isImmutable == (path != "icon.svg"), "\(path)") }
    }
  }

  @Test func `the style sheet has every sheet of the separate page, in its order`() {
    let sheets = text(ConsoleFiles.file(at: ["index.html"])).matches(of: /"style\/([^"]+)"/).map { String($0.1) }
    #expect(sheets.count >= 6)
    #expect(
      sheets
        == text(ConsoleFiles.all.first { $0.path == ["link.html"] }).matches(of: /"style\/([^"]+)"/).map {
          String($0.1)
        })
    let packed = PackedConsole.immutableFiles.first { $0.path[0].hasPrefix("style.") }
    #expect(text(packed) == sheets.map { text(ConsoleFiles.file(at: ["style", $0])) }.joined())
  }

  @Test(arguments: scripts.indices)
  func `a packed script imports nothing but a script that is loaded later`(index: Int) {
    for line in text(scripts[index]).split(separator: "\n") {
      #expect(!line.hasPrefix("import "))
      #expect(!line.hasPrefix("export ") || line == "export const load = (modules) => {")
    }
    for match in text(scripts[index]).matches(of: /import\("\.\/([^"]+)"\)/) {
      #expect(ConsoleFiles.file(at: [String(match.1)]) != nil)
    }
  }

  @Test func `each module is defined once, before it is used`() {
    var known: Set<Substring> = []
    for line in scripts.filter({ !$0.path[0].hasPrefix("link.") }).map(text).joined().split(separator: "\n") {
      if let match = line.wholeMatch(of: /modules\["([^"]+)"\] = \(\(\) => \{/) {
        #expect(!known.contains(match.1), "\(match.1) is defined twice")
      } else if let match = line.wholeMatch(of: /const \{.+\} = modules\["([^"]+)"\];/) {
        #expect(known.contains(match.1), "\(match.1) is used before it is defined: two modules import each other")
      }
      if let match = line.wholeMatch(of: /modules\["([^"]+)"\] = .*/) { known.insert(match.1) }
    }
    #expect(known.contains("main.js") && known.contains("screens/all.js"))
  }

  @Test(arguments: ConsoleFiles.all.indices)
  func `modules import and export in the forms that are packed`(index: Int) {
    let file = ConsoleFiles.all[index]
    guard file.path.last?.hasSuffix(".js") == true else { return }
    for line in text(file).split(separator: "\n") {
      if line.hasPrefix("import") {
        #expect(line.wholeMatch(of: /import \{ [\w$, ]+ \} from "\.{1,2}\/[\w.\/-]+";/) != nil, "\(line)")
      }
      if line.hasPrefix("export") {
        #expect(line.prefixMatch(of: /export (async function|function|class|const) [\w$]+/) != nil, "\(line)")
      }
    }
  }

  @Test func `an import with another name becomes an assignment`() {
    let bundle = ModuleBundle(
      "a.js",
      [
        "a.js": "/** Says. */\nimport { b as c, d } from \"./x/b.js\";\nexport const e = c + d;\n",
        "x/b.js": "import { f } from \"../f.js\";\n// one\nexport const b = f;\nexport async function d() {}\n",
        "f.js": "export class f {}\n",
      ])
    #expect(bundle.paths == ["f.js", "x/b.js", "a.js"])
    #expect(
      bundle.page([:]) == """
        const modules = {};
        modules["f.js"] = (() => {
        class f {}
        return { f };
        })();
        modules["x/b.js"] = (() => {
        const { f } = modules["f.js"];
        const b = f;
        async function d() {}
        return { b, d };
        })();
        modules["a.js"] = (() => {
        const { b: c, d } = modules["x/b.js"];
        const e = c + d;
        return { e };
        })();

        """)
  }
}

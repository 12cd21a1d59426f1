/// Several ES modules as one script, so that a browser needs one request for them.
///
/// Each module becomes a function that returns its exports. The console's modules keep to three
/// forms, each on a line of its own, which a test checks: `import { a, b as c } from "./x.js";`,
/// `export` before a declaration, and `import("./x.js");` at the end of a line for a script that is
/// loaded later.
struct ModuleBundle {
  /// The path of the first module.
  let entry: String
  private let sources: [String: String]
  /// The modules of the bundle, each after those that it imports.
  private(set) var paths: [String] = []
  /// The modules that are loaded later.
  private(set) var laterEntries: [String] = []

  /// The bundle of a module and all that it imports, without the modules of `loaded`.
  init(_ entry: String, _ sources: [String: String], without loaded: [String] = []) {
    self.entry = entry
    self.sources = sources
    var known = Set(loaded)
    collect(entry, &known)
  }

  /// Returns the script of a page. `addresses` has the script's address of each later entry.
  func page(_ addresses: [String: String]) -> String {
    "const modules = {};\n" + paths.map { module($0, addresses) }.joined()
  }

  /// Returns the script of a later entry: a module whose `load` gets the page's modules.
  func later() -> String {
    "export const load = (modules) => {\n" + paths.map { module($0, [:]) }.joined()
      + "return modules[\"\(entry)\"];\n};\n"
  }

  private mutating func collect(_ path: String, _ known: inout Set<String>) {
    guard known.insert(path).inserted else { return }
    for line in lines(path) {
      if let statement = ImportStatement(line) { collect(statement.target(from: path), &known) }
      if let target = ImportStatement.laterTarget(line) { laterEntries.append(resolved(target, from: path)) }
    }
    paths.append(path)
  }

  private func module(_ path: String, _ addresses: [String: String]) -> String {
    var names: [Substring] = []
    let body = lines(path).map { line in
      if let statement = ImportStatement(line) { return statement.assignment(from: path) }
      if let name = exportedName(line) {
        names.append(name)
        return String(line.dropFirst("export ".count))
      }
      guard let target = ImportStatement.laterTarget(line),
        let address = addresses[resolved(target, from: path)]
      else { return String(line) }
      return String(line).replacing(
        "import(\"\(target)\")", with: "import(\"./\(address)\").then((script) => script.load(modules))")
    }
    return "modules[\"\(path)\"] = (() => {\n" + body.joined(separator: "\n")
      + "\nreturn { \(names.joined(separator: ", ")) };\n})();\n"
  }

  /// The name after `export function`, `export async function`, `export class` or `export const`.
  private func exportedName(_ line: Substring) -> Substring? {
    guard line.hasPrefix("export ") else { return nil }
    let words = line.split(separator: " ").dropFirst().drop { ["async", "function", "class", "const"].contains($0) }
    return words.first?.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
  }

  /// The lines of a module without its comments and empty lines.
  private func lines(_ path: String) -> [Substring] {
    var isComment = false
    // By bytes, since a script has a quarter of a million characters.
    return (sources[path] ?? "").utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init).filter { line in
      let start = line.drop { $0 == " " }
      if start.hasPrefix("/**") { isComment = true }
      defer { if isComment && line.hasSuffix("*/") { isComment = false } }
      return !isComment && !start.hasPrefix("// ")
    }
  }
}

/// A line such as `import { a, b as c } from "./x.js";`.
struct ImportStatement {
  /// The text between the braces.
  let names: Substring
  /// The path as it is written, such as `../app/api.js`.
  let target: Substring

  /// Nil for another line.
  init?(_ line: Substring) {
    guard line.hasPrefix("import { ") else { return nil }
    let parts = line.split(separator: "\"")
    guard parts.count == 3, parts[0].hasSuffix(" } from ") else { return nil }
    names = parts[0].dropFirst("import { ".count).dropLast(" } from ".count)
    target = parts[1]
  }

  /// Returns the path of the imported module.
  func target(from path: String) -> String { resolved(target, from: path) }

  /// Returns the statement that takes the names from the bundle.
  func assignment(from path: String) -> String {
    "const { \(names.replacing(" as ", with: ": ")) } = modules[\"\(target(from: path))\"];"
  }

  /// Returns the path in `import("./x.js");` at the end of a line, or nil.
  static func laterTarget(_ line: Substring) -> Substring? {
    guard line.hasSuffix(".js\");") else { return nil }
    let parts = line.split(separator: "import(\"./", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let end = parts[1].firstIndex(of: "\"") else { return nil }
    return line[line.index(parts[1].startIndex, offsetBy: -2)..<end]
  }
}

/// Returns the path that a relative path in a module leads to.
private func resolved(_ target: Substring, from path: String) -> String {
  var folders = path.split(separator: "/").dropLast()
  for part in target.split(separator: "/") where part != "." {
    if part == ".." { folders = folders.dropLast() } else { folders.append(part) }
  }
  return folders.joined(separator: "/")
}

import Glibc

/// The environment of this process.
enum ProcessEnvironment {
  /// All variables, sorted by name. Of a name that is set twice the first counts, as for getenv(3).
  static func variables() -> [(name: String, value: String)] {
    var variables: [String: String] = [:]
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let parts = unsafe String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, variables[String(parts[0])] == nil { variables[String(parts[0])] = String(parts[1]) }
      unsafe next = next.successor()
    }
    return variables.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

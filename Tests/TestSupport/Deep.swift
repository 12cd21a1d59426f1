import Glibc

/// The slow variants of `Tests/run --deep`: more cases of the same kind.
package enum Deep {
  /// True if the slow variants run too.
  package static var isOn: Bool { unsafe getenv("TESTS_DEEP").map { unsafe String(cString: $0) } == "1" }

  /// The number of cases: the usual one, or that of a deep run.
  package static func count(_ usual: Int, deep: Int) -> Int { isOn ? deep : usual }
}

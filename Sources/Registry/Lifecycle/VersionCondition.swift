/// The version that the caller expects an ICC to have: a change is made only if it is true, so that
/// no update is lost.
package struct VersionCondition: Hashable, Sendable {
  private enum Rule: Hashable { case among([Int64]), notAmong([Int64]), never }
  private let rules: [Rule]

  /// Holds for every version.
  package static let any = VersionCondition(rules: [])
  /// Holds for no version: `If-None-Match: *` on something that exists.
  package static let never = VersionCondition(rules: [.never])

  /// Holds for the given versions alone.
  package static func among(_ versions: [Int64]) -> VersionCondition {
    VersionCondition(rules: [.among(versions)])
  }

  /// Holds for all but the given versions.
  package static func notAmong(_ versions: [Int64]) -> VersionCondition {
    VersionCondition(rules: [.notAmong(versions)])
  }

  /// Holds where both do.
  package func and(_ other: VersionCondition) -> VersionCondition {
    VersionCondition(rules: rules + other.rules)
  }

  /// Returns true if it holds for this version.
  package func holds(for version: Int64) -> Bool {
    rules.allSatisfy { rule in
      switch rule {
      case .among(let versions): versions.contains(version)
      case .notAmong(let versions): !versions.contains(version)
      case .never: false
      }
    }
  }
}

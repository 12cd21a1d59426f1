package import Registry

/// The result of examining one state of a database.
package struct DatabaseReport: Sendable {
  /// The errors, each as one line; none if the database is intact. At most about a hundred of a
  /// kind are named.
  package var findings: [String]
  /// The facts that cannot be proven, each as one line. They are no errors.
  package let notes: [String]
  /// The end of the audit trail.
  package let head: AuditHead

  /// Creates a report.
  package init(findings: [String], notes: [String], head: AuditHead) {
    (self.findings, self.notes, self.head) = (findings, notes, head)
  }
}

/// A list of findings that is bounded in memory: the first hundred, and the number of the others.
package struct BoundedFindings {
  private static let limit = 100

  private var first: [String] = []
  private var others = 0

  /// An empty list.
  package init() {}

  /// Adds a finding.
  package mutating func append(_ finding: String) {
    if first.count < Self.limit { first.append(finding) } else { others += 1 }
  }

  /// Adds findings.
  package mutating func append(contentsOf findings: some Sequence<String>) {
    for finding in findings { append(finding) }
  }

  /// The findings, and a last line with the number of those that are not named.
  package var lines: [String] {
    others == 0 ? first : first + ["and \(others) more differences between the audit trail and the rows"]
  }
}

/// A metric family for `/metrics`, in the Prometheus text format.
package struct Metric: Sendable {
  /// The type of a metric.
  package enum Kind: String, Sendable {
    /// A value that only increases.
    case counter
    /// A value that can increase and decrease.
    case gauge
  }

  /// A value with its labels.
  package struct Sample: Sendable {
    /// The names and values of the labels, in order.
    package let labels: [(String, String)]
    /// The value.
    package let value: Double

    /// A value with the given labels.
    package init(_ value: Double, labels: [(String, String)] = []) {
      self.labels = labels
      self.value = value
    }
  }

  /// The name: `[a-z_]+`, with the unit as its suffix.
  package let name: String
  /// The type.
  package let kind: Kind
  /// The description, one sentence.
  package let help: String
  /// The values.
  package let samples: [Sample]

  /// A family with the given values.
  package init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }
}

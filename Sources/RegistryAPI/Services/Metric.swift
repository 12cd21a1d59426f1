/// A family of measurements for `/metrics`, in Prometheus' text format.
package struct Metric: Sendable {
  /// How its values behave.
  package enum Kind: String, Sendable {
    /// Only ever rises.
    case counter
    /// Rises and falls.
    case gauge
  }

  /// One value with its labels.
  package struct Sample: Sendable {
    /// Names and values, in order.
    package let labels: [(String, String)]
    /// The value.
    package let value: Double

    /// A value of the given labels.
    package init(_ value: Double, labels: [(String, String)] = []) {
      self.labels = labels
      self.value = value
    }
  }

  /// `[a-z_]+`, with the unit at its end.
  package let name: String
  /// How its values behave.
  package let kind: Kind
  /// What it measures, in a sentence.
  package let help: String
  /// The values.
  package let samples: [Sample]

  /// A family of the given values.
  package init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }
}

package import System

/// A family of measurements for `/metrics`, in Prometheus' text format.
package struct Metric: Sendable {
  /// The type of a metric.
  package enum Kind: String, Sendable {
    /// Only increases.
    case counter
    /// Increases and decreases.
    case gauge
    /// Cumulative counts by upper bound, with a sum and a count.
    case histogram
  }

  /// A value with its labels.
  package struct Sample: Sendable {
    /// The end of the name: `_bucket`, `_sum` or `_count` in a histogram.
    package let suffix: String
    /// Names and values, in order.
    package let labels: [(String, String)]
    /// The value.
    package let value: Double

    /// A value with these labels.
    package init(_ value: Double, labels: [(String, String)] = [], suffix: String = "") {
      self.suffix = suffix
      self.labels = labels
      self.value = value
    }
  }

  /// The name: `[a-z_]+`, with the unit as its suffix.
  package let name: String
  /// The type.
  package let kind: Kind
  /// The meaning, in a sentence.
  package let help: String
  /// The values.
  package let samples: [Sample]

  /// A family with these values.
  package init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
    self.name = name
    self.kind = kind
    self.help = help
    self.samples = samples
  }

  /// A family with one value and no labels.
  package init(_ name: String, _ kind: Kind, help: String, _ value: Double) {
    self.init(name, kind, help: help, samples: [Sample(value)])
  }

  /// A family with one value for each value of a label.
  package init<Key>(
    _ name: String, _ kind: Kind, help: String, by label: String, _ values: [(key: Key, value: Int)],
    text: (Key) -> String
  ) {
    self.init(
      name, kind, help: help, samples: values.map { Sample(Double($0.value), labels: [(label, text($0.key))]) })
  }

  /// A histogram for each set of labels.
  package init(_ name: String, help: String, histograms: [(labels: [(String, String)], counts: Histogram)]) {
    self.init(name, .histogram, help: help, samples: histograms.flatMap { Self.samples(of: $0.counts, $0.labels) })
  }

  private static func samples(of histogram: Histogram, _ labels: [(String, String)]) -> [Sample] {
    var total = 0
    var samples: [Sample] = []
    for (bound, count) in zip(histogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
      total += count
      samples.append(Sample(Double(total), labels: labels + [("le", bound)], suffix: "_bucket"))
    }
    samples.append(Sample(histogram.sum, labels: labels, suffix: "_sum"))
    samples.append(Sample(Double(total), labels: labels, suffix: "_count"))
    return samples
  }
}

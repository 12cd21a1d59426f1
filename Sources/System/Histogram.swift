/// The number of values up to each of some upper bounds, and the sum of all values. For metrics.
package struct Histogram: Hashable, Sendable {
  /// The upper bounds, ascending.
  package let bounds: [Double]
  /// The number of values for each bound, not cumulative; the last entry counts the greater ones.
  package private(set) var counts: [Int]
  /// The sum of all values.
  package private(set) var sum: Double = 0

  /// The bounds for durations in seconds: from 50 µs, the cost of a short response, to 10 s.
  package static let durations: [Double] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
  ]
  /// The bounds for the number of writes that share a commit.
  package static let batches: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]

  /// A histogram without values.
  package init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = [Int](repeating: 0, count: bounds.count + 1)
  }

  /// Counts a value.
  package mutating func record(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }

  /// Adds the values of another histogram with the same bounds.
  package mutating func add(_ other: Histogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
    sum += other.sum
  }
}

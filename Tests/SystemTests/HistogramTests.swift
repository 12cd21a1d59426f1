import System
import Testing

@Suite struct HistogramTests {
  @Test func `a value is counted under the first bound that it does not exceed`() {
    var histogram = Histogram([1, 2, 4])
    for value in [0, 1, 1.5, 4, 5] { histogram.record(value) }
    #expect(histogram.counts == [2, 1, 1, 1] && histogram.sum == 11.5)
    var other = Histogram([1, 2, 4])
    other.record(3)
    histogram.add(other)
    #expect(histogram.counts == [2, 1, 2, 1] && histogram.sum == 14.5)
  }
}

import Testing
import Text

/// The examples and rules of https://www.w3.org/TR/trace-context/#traceparent-header.
@Suite struct TraceContextTests {
  private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
  private static let parent = "00f067aa0ba902b7"

  @Test(arguments: [
    ("00-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01"), ("00-\(trace)-\(parent)-00", "00-\(trace)-\(parent)-00"),
    ("00-\(trace)-\(parent)-ff", "00-\(trace)-\(parent)-01"), ("cc-\(trace)-\(parent)-00", "00-\(trace)-\(parent)-00"),
    ("cc-\(trace)-\(parent)-01-what-follows", "00-\(trace)-\(parent)-01"),
  ]) func `a valid value is read and written in version 00`(value: String, written: String) throws {
    let context = try #require(TraceContext(value))
    #expect(context.text == written)
    #expect(context.traceID == Self.trace && context.parentID == Self.parent)
  }

  @Test(arguments: [
    "", "00", "ff-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01-more", "00-\(trace)-\(parent)-01.",
    "cc-\(trace)-\(parent)-01x",
    "00-\(trace.uppercased())-\(parent)-01", "00-\(String(repeating: "0", count: 32))-\(parent)-01",
    "00-\(trace)-\(String(repeating: "0", count: 16))-01", "00-\(trace)-\(parent)-0", "00-\(trace)-\(parent)-0x",
    "00_\(trace)_\(parent)_01", "0-\(trace)-\(parent)-011", "00-\(trace.dropLast())é-\(parent)-01",
    " 00-\(trace)-\(parent)-01",
  ]) func `a malformed value is ignored`(value: String) {
    #expect(TraceContext(value) == nil)
  }
}

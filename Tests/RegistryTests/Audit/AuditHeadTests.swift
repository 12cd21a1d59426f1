import Registry
import Testing

@Suite struct AuditHeadTests {
  @Test func `the empty trail has a text`() {
    #expect(AuditHead.start.description == "0:" + String(repeating: "0", count: 64))
  }

  @Test(arguments: [
    "", ":", "1", "1:", "1:00", "-1:" + digits, "+1:" + digits, "1:" + digits.uppercased(), "1:" + digits + "0",
    "1:" + digits + "00", "1:2:" + digits, " 1:" + digits, "1: " + digits, "٣:" + digits,
    "9223372036854775808:" + digits,
  ])
  func `another text is not an end of the trail`(_ text: String) {
    #expect(AuditHead(text) == nil)
  }

  @Test func `a text is read as it is written`() throws {
    for number in ["0", "1", "9223372036854775807"] {
      #expect(try #require(AuditHead(number + ":" + digits)).description == number + ":" + digits)
    }
  }
}

private let digits = String(repeating: "0123456789abcdef", count: 4)

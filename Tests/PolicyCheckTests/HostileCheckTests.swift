import JSON
import PolicyCheck
import Registry
import TestSupport
import Testing

/// Texts of 64 KiB made to hurt: each is answered, and soon.
@Suite struct HostileCheckTests {
  static let texts: [String] = {
    let size = 64 * 1_024
    func filled(_ open: String, _ piece: (Int) -> String, _ close: String) -> String {
      var pieces: [String] = []
      var length = open.utf8.count + close.utf8.count
      while length < size {
        let next = piece(pieces.count)
        length += next.utf8.count + 1
        pieces.append(next)
      }
      return open + pieces.joined(separator: ",") + close
    }
    let head =
      #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"\#(CheckSample.session)"},"Action":"sts:AssumeRole","Resource":"*","Condition":{"StringLike":{"#
    return [
      filled(head + #""sts:ExternalId":["#, { "\"*a*b*c\($0)\"" }, "]}}}]}"),
      filled(head, { "\"aws:k\($0)\":\"${aws:PrincipalArn}*\"" }, "}}}]}"),
      head + "\"sts:ExternalId\":\"" + String(repeating: "*0", count: 30_000) + "\"}}}]}",
      head + "\"sts:ExternalId\":\"" + String(repeating: "${", count: 30_000) + "\"}}}]}",
      filled("{\"Statement\":[", { _ in #"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"# }, "]}"),
      filled("{\"Statement\":[", { _ in "{}" }, "]}"), filled("{\"Statement\":[{", { "\"k\($0)\":0" }, "}]}"),
      filled(
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":{\"AWS\":[",
        { _ in "\"*\"" }, "]}}]}"),
      String(repeating: "{\"Role\":", count: 8_000), String(repeating: "```\n", count: 16_000),
      String(repeating: "%7B", count: 21_000), String(repeating: "\u{201C}", count: 21_000),
      String(repeating: ",]", count: 32_000),
    ]
  }()

  @Test(arguments: texts.indices)
  func `a hostile policy is checked in bounded time`(_ index: Int) throws {
    let subject = try CheckSample.subject(prefix: String(repeating: "a", count: 1_024))
    let text = PolicyInput.text(Self.texts[index])
    var result: PolicyCheckResult?
    let time = ProcessorTime.spent {
      result = PolicyChecker.check(trust: text, permission: text, bucket: text, against: subject)
    }
    #expect(time < 10)
    #expect(try #require(result?.trustPolicy).findings.count <= PolicyChecker.maxFindings + 1)
    #expect(result?.verdict != .works)
  }
}

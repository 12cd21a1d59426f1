import JSON
import PolicyCheck
import Registry
import TestSupport
import Testing

/// The cost of a check grows linearly with the text's length. Processor time of the thread is
/// compared with itself, four times as much text against the lesser: quadratic work would take
/// sixteen times as long.
@Suite(.serialized) struct GrowthTests {
  struct Family: Sendable, CustomTestStringConvertible {
    let name: String
    let open: String
    let piece: @Sendable (Int) -> String
    let separator: String
    let close: String

    init(
      _ name: String, _ open: String, _ close: String, separator: String = ",",
      _ piece: @escaping @Sendable (Int) -> String
    ) {
      (self.name, self.open, self.close, self.separator, self.piece) = (name, open, close, separator, piece)
    }

    var testDescription: String { name }

    func text(_ size: Int) -> String {
      var pieces: [String] = []
      var length = 0
      while length < size {
        let piece = piece(pieces.count)
        length += piece.utf8.count + 1
        pieces.append(piece)
      }
      return open + pieces.joined(separator: separator) + close
    }
  }

  static let head =
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","s3:*"],"Condition":{"#
  static let families: [Family] = [
    Family("empty statements", #"{"Statement":["#, "]}") { _ in "{}" },
    Family("statements that allow", #"{"Statement":["#, "]}") { _ in
      #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"*","Resource":"*"}"#
    },
    Family("statements with a Sid, in doubt", #"{"Statement":["#, "]}") {
      "{\"Sid\":\"A\($0 % 7)\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:x\($0)\":\"true\"}}}"
    },
    Family("statements about buckets", #"{"Statement":["#, "]}") {
      "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::acme-dat/\($0)\"}"
    },
    Family("keys of conditions", head + #""StringLike":{"#, "}}}]}") { "\"aws:k\($0)\":\"*a*a*a*b\"" },
    Family("operators", head, "}}]}") { "\"StringLike\($0)\":{\"sts:ExternalId\":\"x\"}" },
    Family("external IDs", head + #""StringLike":{"sts:ExternalId":["#, "]}}}]}") { "\"*0*1*2*\($0)\"" },
    Family("runs in one pattern", head + #""StringLike":{"sts:ExternalId":""#, "b\"}}}]}", separator: "") { _ in "*0" },
    Family("openings of variables", head + #""StringLike":{"sts:ExternalId":""#, "\"}}}]}", separator: "") { _ in "${"
    },
    Family("variables", head + #""StringLike":{"sts:ExternalId":""#, "\"}}}]}", separator: "") { _ in
      "${aws:PrincipalArn}"
    },
    Family("principals", #"{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":["#, "]}}]}") {
      "\"arn:aws:iam::111122223333:role/\($0)\""
    },
    Family("actions", #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Resource":"*","Action":["#, "]}]}") {
      "\"s3:*G*e*t*\($0)\""
    },
    Family("resources", #"{"Statement":[{"Effect":"Deny","Action":"s3:*","Principal":"*","Resource":["#, "]}]}") {
      "\"arn:aws:s3:::acme-data/*a*a*a*\($0)\""
    },
    Family("elements", #"{"Statement":[{"#, "}]}") { "\"k\($0)\":0" },
    Family("fences", "", "", separator: "\n") { _ in "```" }, Family("encoded", "", "", separator: "") { _ in "%7B" },
    Family("quotation marks", "", "", separator: "") { _ in "\u{201C}" },
    Family("commas", "{", "", separator: "") { _ in ",]" },
    Family("wrappers", "", "", separator: "") { _ in "{\"Role\":" },
    Family("entities", "{", "", separator: "") { _ in "&quot;" },
    Family("backslashes", "\"", "\"", separator: "") { _ in "\\\\" },
  ]

  private func cost(_ text: String, _ subject: PolicyCheckSubject) -> Double {
    let input = PolicyInput.text(text)
    return ProcessorTime.spent {
      _ = PolicyChecker.check(trust: input, permission: input, bucket: input, against: subject)
    }
  }

  @Test(arguments: families)
  func `the cost of a check grows linearly`(_ family: Family) throws {
    let subject = try CheckSample.subject(prefix: String(repeating: "a", count: 200))
    let (less, more) = (family.text(8_000), family.text(32_000))
    var ratios: [Double] = []
    // The machine is shared: one measurement in peace is enough.
    for _ in 0..<5 {
      let ratio = cost(more, subject) / cost(less, subject)
      ratios.append(ratio)
      if ratio < 7 { return }
    }
    Issue.record("four times the text cost \(ratios) times as much")
  }
}

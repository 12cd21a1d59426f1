import JSON
import PolicyCheck
import Registry
import System

/// `check-policy`
enum CheckPolicy: Subcommand {
  static let name = "check-policy"
  static let operands = "--icc FILE --trust-policy FILE"
  static let summary = "Checks policies against an ICC, line by line, without a server."
  static let description = """
    Checks a customer's policies against an ICC without a server, a database or a network. The ICC is a file with what \
    `GET /v1/iccs/{id}` answered. Prints what `POST /v1/iccs/{id}/check` would answer, and ends with 0 where the policies work \
    and let nobody else in, with 1 otherwise.
    """
  static let options = [
    Option(name: "icc", value: "FILE", meaning: "The ICC, as the registry's API gives it."),
    Option(name: "trust-policy", value: "FILE", meaning: "The trust policy of the customer's role."),
    Option(name: "permission-policy", value: "FILE", meaning: "The permission policy of the customer's role."),
    Option(name: "bucket-policy", value: "FILE", meaning: "The policy of the customer's bucket."),
  ]
  static var settings: [Setting] { Setting.all.filter { $0.name.hasPrefix("connector") } }

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    _ = try arguments.words()
    let icc = try ICCFile(try arguments.required("icc"))
    let trust = try policy("trust-policy", arguments)
    let permission = try policy("permission-policy", arguments)
    let bucket = try policy("bucket-policy", arguments)
    guard trust != nil || permission != nil || bucket != nil else {
      throw .usage("--trust-policy is missing (or --permission-policy, or --bucket-policy)")
    }
    let subject = icc.subject(connector: settings.connector, now: .now)
    let result = PolicyChecker.check(trust: trust, permission: permission, bucket: bucket, against: subject)
    try console.writeLine(result.json(iccVersion: icc.version).text(.pretty))
    guard result.verdict == .works else { throw .failed("the verdict is \(result.verdict.rawValue)") }
  }

  private static func policy(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> PolicyInput? {
    guard let path = arguments[option] else { return nil }
    do {
      return .text(String(decoding: try File.read(path), as: UTF8.self))
    } catch {
      throw .usage("cannot read the policy \(path): \(error.message)")
    }
  }
}

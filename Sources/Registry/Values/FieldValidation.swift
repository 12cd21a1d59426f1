/// The examination of one member's text: what it is called, and the faults found so far.
///
/// A fault that follows from another is not told: `s3://bucket/key` as a bucket name is a URI, and that its `:` and `/`
/// are illegal too says nothing more. Faults that would each need a correction of their own are all told.
struct Examination {
  /// The member that is examined.
  let member: Member
  private(set) var faults: [Diagnostic] = []

  init(_ member: Member) {
    self.member = member
  }

  /// Whether nothing was found so far.
  var isClean: Bool { faults.isEmpty }

  /// Notes a fault by the part of its code behind the dot.
  mutating func report(_ fault: String, _ detail: String, hint: String) {
    faults.append(Diagnostic(pointer: member.pointer, code: "\(member.subject).\(fault)", detail: detail, hint: hint))
  }

  /// Throws what was found, if anything.
  func finish() throws(InvalidValue) {
    guard faults.isEmpty else { throw InvalidValue(diagnostics: faults) }
  }

  /// Notes the characters that nobody can see, or that pass for others, if there are any.
  mutating func reportDeceptiveCharacters(in text: ExaminedText) {
    let deceptive = text.deceptiveCharacters()
    guard !deceptive.isEmpty else { return }
    let named = deceptive.prefix(Self.mostCharactersNamed).map { "\($0.description) at offset \($0.offset)" }
    let more = deceptive.count > named.count ? ", and \(deceptive.count - named.count) more" : ""
    report(
      "invisible-character",
      "There \(deceptive.count == 1 ? "is" : "are") \(named.joined(separator: "; "))\(more). "
        + "Offsets count the characters of the value as it was sent, from 0.",
      hint: "Such characters come along when a value is copied from a document, a chat or a web page. "
        + "Type the value by hand, or copy it from the AWS console with the copy button beside it.")
  }

  private static let mostCharactersNamed = 3
}

extension Examination {
  /// A member of an ICC whose text is examined.
  enum Member {
    case name, userARN, sessionName, bucketName, prefix, kmsKeyARN

    /// Its JSON pointer in a request and in the representation.
    var pointer: String {
      switch self {
      case .name: "/name"
      case .userARN: "/userArn"
      case .sessionName: "/sessionName"
      case .bucketName: "/bucketName"
      case .prefix: "/prefix"
      case .kmsKeyARN: "/kmsKeyArn"
      }
    }

    /// What its codes begin with.
    var subject: String {
      switch self {
      case .name: "name"
      case .userARN: "user-arn"
      case .sessionName: "session-name"
      case .bucketName: "bucket-name"
      case .prefix: "prefix"
      case .kmsKeyARN: "kms-key-arn"
      }
    }
  }
}

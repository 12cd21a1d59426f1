import AWSPolicy
import Registry

/// What there is to say of one condition on `sts:ExternalId`.
struct ExternalIDFindings {
  /// The values of one condition that are looked up and told of: a policy of 2,048 characters holds no more than 30
  /// external IDs of 64, and each look-up costs the caller a query.
  static let maxReportedValues = 40

  /// A part of an external ID that is no chance any more: 16 hexadecimal digits.
  static let minPartialLength = 16

  let subject: PolicyCheckSubject
  let condition: Policy.Condition
  private(set) var all: [CheckFinding] = []

  init(_ subject: PolicyCheckSubject, _ policy: Policy, _ condition: Policy.Condition) {
    self.subject = subject
    self.condition = condition
    guard let test = condition.test else { return }
    func holds(_ id: String?) -> Bool {
      PolicyEvaluator.holds(condition, of: policy, in: subject.trustContext(externalID: id)) == .yes
    }
    let right = holds(subject.externalID)
    let wrong = holds("wrong-external-id")
    if test.isNegated || test.comparison == .null && right == wrong && !right
      || !right && holds(nil) && test.comparison == .null
    {
      negated(right)
    } else if right, wrong {
      add(.trust(.externalIDAny), .error, "\(written) lets every external ID in.")
    } else if right {
      if holds(nil) {
        add(.trust(.externalIDOptional), .error, "\(written) also holds where no external ID is sent.")
      }
      operatorOf(test)
      for value in condition.values.prefix(Self.maxReportedValues) { extra(value, test) }
    } else if condition.values.isEmpty {
      add(.trust(.externalIDEmpty), .error, "The condition has no external ID, so it never holds.")
    } else {
      for value in condition.values.prefix(Self.maxReportedValues) { foreign(value) }
    }
  }

  private var written: String { "\(condition.operatorName.prefixForMessage) here" }
  private var hint: String { "Write \"StringEquals\": {\"sts:ExternalId\": \"\(subject.externalID)\"}." }

  private mutating func add(
    _ code: FindingCode, _ severity: FindingSeverity, _ message: String, at position: PolicyPosition? = nil
  ) {
    all.append(CheckFinding(code, severity, at: position ?? condition.position, message, hint: hint))
  }

  private mutating func negated(_ right: Bool) {
    if right {
      add(.trust(.externalIDNotRequired), .error, "\(written) keeps single values out and lets every other one in.")
    } else {
      add(.trust(.externalIDInverted), .error, "\(written) keeps out InfoSum's external ID and lets others in.")
    }
  }

  private mutating func operatorOf(_ test: ConditionOperator) {
    if test.comparison == .stringEqualsIgnoreCase {
      add(.trust(.externalIDIgnoreCase), .warning, "External IDs are compared with case; this takes it in any case.")
    }
    if test.qualifier == .forAnyValue {
      add(.trust(.externalIDForAnyValue), .warning, "ForAnyValue is for keys of many values; an external ID is one.")
    }
  }

  /// A value beside the right one.
  private mutating func extra(_ value: Policy.Text, _ test: ConditionOperator) {
    let text = value.value
    if subject.externalIDs.contains(text) { return }
    if test.comparison == .stringEqualsIgnoreCase, subject.externalIDs.contains(text.lowercased()) { return }
    if test.comparison == .stringLike, text.contains("*") || text.contains("?") {
      add(.trust(.externalIDWeak), .warning, "A pattern takes other external IDs too.", at: value.position)
      return
    }
    let (code, message) = recognised(text)
    let severity: FindingSeverity = code == .trust(.externalIDOtherICC) ? .info : .warning
    add(code == .trust(.externalIDWrong) ? .trust(.externalIDNotOurs) : code, severity, message, at: value.position)
  }

  /// A value where the right one should be.
  private mutating func foreign(_ value: Policy.Text) {
    let (code, message) = recognised(value.value)
    add(code, .error, message, at: value.position)
  }

  /// Which external ID this is.
  private func recognised(_ text: String) -> (FindingCode, String) {
    if text == subject.pendingExternalID {
      return (
        .trust(.externalIDPending),
        "This is the external ID of the rotation under way; until it is promoted InfoSum sends the present one."
      )
    }
    if text == ExternalID.sample.hex {
      return (.trust(.externalIDSample), "This is the sample of InfoSum's article, and not an external ID of yours.")
    }
    switch subject.recognise(text) {
    case .retired(let moment):
      return (
        .trust(.externalIDRetired),
        "This external ID was retired\(moment.map { " on \($0.description.prefix(10))" } ?? "")."
      )
    case .otherICC(let name):
      return (.trust(.externalIDOtherICC), "This is the external ID of another ICC of yours, \"\(name)\".")
    case nil: break
    }
    if let foreign = UnexpectedCharacter(in: text),
      UnexpectedCharacter.removed(from: text).lowercased() == subject.externalID
    {
      return (
        .trust(.externalIDInvisibleCharacter),
        "\(foreign.description) of this external ID, which is right without it."
      )
    }
    if text.lowercased() == subject.externalID {
      return (
        .trust(.externalIDCase), "External IDs are compared with case, and this one is not written in lower case."
      )
    }
    if text.contains("*") || text.contains("?") {
      return (.trust(.externalIDLiteralWildcard), "With this operator * and ? are ordinary characters.")
    }
    if text.contains(subject.externalID) {
      return (.trust(.externalIDExtraCharacters), "This holds the external ID and more characters around it.")
    }
    if text.utf8.count >= Self.minPartialLength, subject.externalID.contains(text) {
      return (
        .trust(.externalIDCutShort),
        "This is \(text.utf8.count) of the external ID's \(subject.externalID.utf8.count) characters."
      )
    }
    return (.trust(.externalIDWrong), "This is not the external ID that InfoSum sends.")
  }
}

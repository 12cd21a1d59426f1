import AWSPolicy
import Registry

/// What there is to say of one condition on `sts:ExternalId`.
struct ExternalIDFindings {
  /// The values of one condition that are looked up and told of: a policy of 2,048 characters holds no more than 30
  /// external IDs of 64, and each look-up costs the caller a query.
  static let greatestCountOfValues = 40

  /// A part of an external ID that is no chance any more: 16 hexadecimal digits.
  static let leastCountOfPart = 16

  let subject: PolicyCheckSubject
  let condition: Policy.Condition
  private(set) var all: [PolicyFinding] = []

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
      add("trust.external-id-any", .error, "\(written) lets every external ID in.")
    } else if right {
      if holds(nil) {
        add("trust.external-id-optional", .error, "\(written) also holds where no external ID is sent.")
      }
      operatorOf(test)
      for value in condition.values.prefix(Self.greatestCountOfValues) { extra(value, test) }
    } else if condition.values.isEmpty {
      add("trust.external-id-empty", .error, "The condition has no external ID, so it never holds.")
    } else {
      for value in condition.values.prefix(Self.greatestCountOfValues) { foreign(value) }
    }
  }

  private var written: String { "\(condition.operatorName.prefixForMessage) here" }
  private var hint: String { "Write \"StringEquals\": {\"sts:ExternalId\": \"\(subject.externalID)\"}." }

  private mutating func add(
    _ code: String, _ severity: PolicyFinding.Severity, _ message: String, at place: PolicyPlace? = nil
  ) {
    all.append(PolicyFinding(code, severity, at: place ?? condition.place, message, hint: hint))
  }

  private mutating func negated(_ right: Bool) {
    if right {
      add("trust.external-id-not-required", .error, "\(written) keeps single values out and lets every other one in.")
    } else {
      add("trust.external-id-inverted", .error, "\(written) keeps out InfoSum's external ID and lets others in.")
    }
  }

  private mutating func operatorOf(_ test: ConditionOperator) {
    if test.comparison == .stringEqualsIgnoreCase {
      add("trust.external-id-ignore-case", .warning, "External IDs are compared with case; this takes it in any case.")
    }
    if test.qualifier == .forAnyValue {
      add("trust.external-id-for-any-value", .warning, "ForAnyValue is for keys of many values; an external ID is one.")
    }
  }

  /// A value beside the right one.
  private mutating func extra(_ value: Policy.Text, _ test: ConditionOperator) {
    let text = value.value
    if subject.externalIDs.contains(text) { return }
    if test.comparison == .stringEqualsIgnoreCase, subject.externalIDs.contains(text.lowercased()) { return }
    if test.comparison == .stringLike, text.contains("*") || text.contains("?") {
      add("trust.external-id-weak", .warning, "A pattern takes other external IDs too.", at: value.place)
      return
    }
    let (code, message) = recognised(text)
    let severity: PolicyFinding.Severity = code == "trust.external-id-other-icc" ? .info : .warning
    add(code == "trust.external-id-wrong" ? "trust.external-id-not-ours" : code, severity, message, at: value.place)
  }

  /// A value where the right one should be.
  private mutating func foreign(_ value: Policy.Text) {
    let (code, message) = recognised(value.value)
    add(code, .error, message, at: value.place)
  }

  /// Which external ID this is.
  private func recognised(_ text: String) -> (String, String) {
    if text == subject.pendingExternalID {
      return (
        "trust.external-id-pending",
        "This is the external ID of the rotation under way; until it is promoted InfoSum sends the present one."
      )
    }
    if text == ExternalID.sample.hex {
      return ("trust.external-id-sample", "This is the sample of InfoSum's article, and not an external ID of yours.")
    }
    switch subject.recognise(text) {
    case .retired(let moment):
      return (
        "trust.external-id-retired",
        "This external ID was retired\(moment.map { " on \($0.description.prefix(10))" } ?? "")."
      )
    case .otherICC(let name):
      return ("trust.external-id-other-icc", "This is the external ID of another ICC of yours, \"\(name)\".")
    case nil: break
    }
    if let foreign = ForeignCharacter(in: text),
      ForeignCharacter.removed(from: text).lowercased() == subject.externalID
    {
      return (
        "trust.external-id-invisible-character",
        "\(foreign.description) of this external ID, which is right without it."
      )
    }
    if text.lowercased() == subject.externalID {
      return (
        "trust.external-id-case", "External IDs are compared with case, and this one is not written in lower case."
      )
    }
    if text.contains("*") || text.contains("?") {
      return ("trust.external-id-literal-wildcard", "With this operator * and ? are ordinary characters.")
    }
    if text.contains(subject.externalID) {
      return ("trust.external-id-extra-characters", "This holds the external ID and more characters around it.")
    }
    if text.utf8.count >= Self.leastCountOfPart, subject.externalID.contains(text) {
      return (
        "trust.external-id-cut-short",
        "This is \(text.utf8.count) of the external ID's \(subject.externalID.utf8.count) characters."
      )
    }
    return ("trust.external-id-wrong", "This is not the external ID that InfoSum sends.")
  }
}

import AWSPolicy
import JSON

/// Corrects the role's own policy with the smallest change that allows InfoSum to list and read.
struct PermissionCorrection {
  let subject: PolicyCheckSubject
  let probes: StorageProbes

  init(_ subject: PolicyCheckSubject) {
    self.subject = subject
    probes = StorageProbes(subject: subject)
  }

  /// The repaired document; `nil` if no change that is made here repairs it.
  func correct(_ document: JSONValue) -> JSONValue? {
    let repaired = PolicyRepairer.repair(document, as: .identity)
    guard let object = repaired.objectValue else { return subject.grant.permissionPolicy.json }
    guard !hasUncertainRestriction(repaired) else { return nil }
    let corrected = [edited(object), edited(object, inPlace: false)].first(where: isRepaired)
    return corrected == document ? nil : corrected
  }

  private func isRepaired(_ document: JSONValue) -> Bool {
    let (policy, errors) = PolicyParser.parse(document, as: .identity)
    let grammarFindings = errors.asCheckFindings
    return !grammarFindings.contains { $0.severity == .error } && probes.verdict(policy) == .works
  }

  /// True if a restriction that the registry cannot evaluate decides whether the import is allowed:
  /// it is the customer's, and no way around it is added.
  private func hasUncertainRestriction(_ document: JSONValue) -> Bool {
    let policy = PolicyParser.parse(document, as: .identity).policy
    return probes.all.contains { probe in
      let decision = probes.evaluate(policy, probe)
      return decision.explicitDeny == .unknown || decision.answer == .unknown
    }
  }

  private func edited(_ document: JSONObject, inPlace: Bool = true) -> JSONValue {
    var result = document
    let given = result["Statement"]
    var statements = (given?.arrayValue ?? (given.map { [$0] } ?? [])).map { PermissionStatement($0, self) }
    statements = statements.flatMap { $0.read?.effect == .deny ? $0.narrowed(self) : [$0] }
    for whole in RequiredPermission.all(subject) {
      guard let need = missing(whole, in: statements) else { continue }
      let change = inPlace ? change(statements, need) : nil
      if let (index, statement) = change {
        statements[index] = statement
      } else {
        statements.append(PermissionStatement(need.statement.json, self))
      }
    }
    result["Statement"] =
      given?.objectValue != nil && statements.count == 1 ? statements[0].json : .array(statements.map(\.json))
    // What prefix and filenames escape, documents of the earlier version do not understand.
    if subject.grant.objectARNs.contains(where: { $0.contains("$") }),
      result["Version"]?.stringValue != PolicyDocument.version
    {
      if result["Version"] == nil {
        result.members.insert(.init(name: "Version", value: .string(PolicyDocument.version)), at: 0)
      }
      result["Version"] = .string(PolicyDocument.version)
    }
    return JSONValue(.object(result))
  }

  /// Returns the part of the permission that the Allow statements together do not give; nil if they
  /// give all of it.
  private func missing(_ need: RequiredPermission, in statements: [PermissionStatement]) -> RequiredPermission? {
    let allowing = statements.filter { $0.read?.effect == .allow }.map(\.json)
    let policy = PermissionStatement.policy(allowing)
    return need.limited { probes.evaluate(policy, $0).answer != .allow }
  }

  /// Returns the first statement that was meant to allow this, corrected: one that names the action
  /// on the bucket, then one that names the action, then one that is about the resource.
  private func change(_ statements: [PermissionStatement], _ need: RequiredPermission) -> (Int, PermissionStatement)? {
    let editable = statements.enumerated().filter { $0.element.isEditable }
    let named = editable.filter { $0.element.names(need) }
    let here = named.filter { $0.element.isAbout(subject.bucket) }
    let unnamed = editable.filter { !$0.element.names(need) }
    let attempts = (here + named).lazy.map { ($0.offset, $0.element.aimed(at: need, self)) }
    let extended = unnamed.lazy.map { ($0.offset, $0.element.extended(by: need, self)) }
    return first(attempts, need, of: statements) ?? first(extended, need, of: statements)
  }

  /// Returns the first attempt that allows what is needed, and no other prefix that its statement
  /// did not allow before.
  private func first(
    _ attempts: some Sequence<(Int, PermissionStatement?)>, _ need: RequiredPermission,
    of statements: [PermissionStatement]
  ) -> (Int, PermissionStatement)? {
    func allows(_ statement: PermissionStatement, _ probe: StorageProbes.Probe) -> Bool {
      probes.evaluate(statement.policy, probe).answer == .allow
    }
    for case (let index, let statement?) in attempts {
      let isEnough = need.all.allSatisfy { allows(statement, $0) }
      let opensMore = need.outside.contains { allows(statement, $0) && !allows(statements[index], $0) }
      if isEnough, !opensMore { return (index, statement) }
    }
    return nil
  }
}

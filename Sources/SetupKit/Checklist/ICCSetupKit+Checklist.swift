import AWSPolicy
import JSON
import Registry

extension ICCSetupKit {
  /// The steps of the set-up in order, each with its state.
  ///
  /// AWS tells the registry nothing until a verification. So before the first one, the steps in AWS
  /// are open even if they are done.
  var checklist: [ChecklistItem] { SetupStep.allCases.map(item) }

  private func item(_ step: SetupStep) -> ChecklistItem {
    let (state, detail) = progress(of: step)
    return ChecklistItem(step: step, title: title(of: step), state: state, detail: detail, links: links(for: step))
  }

  private func title(of step: SetupStep) -> String {
    switch step {
    case .created: "Create the ICC"
    case .role: "Create the role in AWS"
    case .trustPolicy: "Let InfoSum assume the role"
    case .permissions: "Let the role read the bucket"
    case .userARN: "Enter the role's ARN"
    case .check: "Check the policies"
    case .verify: "Verify the connection"
    }
  }

  private func progress(of step: SetupStep) -> (SetupStep.State, String?) {
    if icc.status == .verified { return (.done, nil) }
    switch step {
    case .created: return (.done, nil)
    case .role, .userARN: return (icc.userARN == nil ? .open : .done, nil)
    case .trustPolicy: return result(of: VerificationCheck.Name.allCases.filter { $0 == .roleAssumable || $0.isProbe })
    case .permissions: return result(of: [.bucketListable, .objectReadable])
    case .check, .verify: return (.open, nil)
    }
  }

  /// The result of the last verification's checks. A status of failing or insecure is about the
  /// ICC's present values: a change of the connection sets it back to unverified.
  private func result(of names: [VerificationCheck.Name]) -> (SetupStep.State, String?) {
    guard icc.status == .failing || icc.status == .insecure, let text = icc.lastVerification,
      let checks = (try? JSONValue(parsing: text))?["checks"]?.arrayValue
    else { return (.open, nil) }
    let wanted = checks.filter { check in names.contains { $0.rawValue == check["name"]?.stringValue } }
    let failed = wanted.first { $0["status"]?.stringValue == VerificationCheck.Status.failed.rawValue }
    if let failed {
      let texts = [failed["detail"]?.stringValue, failed["hint"]?.stringValue].compactMap { $0 }
      return (.failed, texts.joined(separator: " "))
    }
    let passed = VerificationCheck.Status.passed.rawValue
    return (wanted.allSatisfy { $0["status"]?.stringValue == passed } ? .done : .open, nil)
  }

  private func links(for step: SetupStep) -> [AWSConsole.Link] {
    guard let console = AWSConsole(partition: connector.partition) else { return [] }
    switch step {
    case .created, .userARN, .check, .verify: return []
    case .role: return [stackLink(console), .init(title: "Open IAM roles", url: console.roles)].compactMap { $0 }
    case .trustPolicy:
      return icc.userARN.map {
        [.init(title: "Open Trust relationships", url: console.trustRelationships(ofRole: $0.roleName))]
      } ?? []
    case .permissions:
      let role = icc.userARN.map {
        AWSConsole.Link(title: "Open the role's permissions", url: console.permissions(ofRole: $0.roleName))
      }
      let bucket = AWSConsole.Link(
        title: "Open the bucket's permissions", url: console.permissions(ofBucket: icc.bucketName.text))
      return [role, bucket, keyLink(console)].compactMap { $0 }
    }
  }

  private func stackLink(_ console: AWSConsole) -> AWSConsole.Link? {
    guard let templateURL, let values = QuickCreate(self) else { return nil }
    return .init(title: "Create it with CloudFormation", url: console.quickCreate(values, template: templateURL))
  }

  private func keyLink(_ console: AWSConsole) -> AWSConsole.Link? {
    guard let key = icc.kmsKeyARN.flatMap({ ARN($0.text) }) else { return nil }
    let id = key.resource.dropFirst("key/".count)
    return .init(title: "Open the key", url: console.key(String(id), region: String(key.region)))
  }
}

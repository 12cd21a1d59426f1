extension PolicyParser {
  mutating func checkActions(_ element: Policy.Element?) {
    for text in element?.values ?? [] {
      let action = text.value.lowercased()
      let quoted = "\"\(text.value.prefixForMessage)\""
      let service = action.prefix { $0 != ":" }
      if kind == .trust, !action.hasPrefix("sts:") {
        reject(
          .actionNotSTS, at: text.position, "\(quoted) is not an STS action.", hint: "Write \"sts:AssumeRole\".")
      } else if action != "*", service.utf8.count == action.utf8.count {
        reject(
          .actionVendor, at: text.position, "An action starts with its service, but this is \(quoted).",
          hint: "If the service is S3, write \"s3:\(text.value.prefixForMessage)\".")
      } else if action.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1 {
        reject(.actionColons, at: text.position, "An action has one colon, but \(quoted) has more.")
      } else if action != "*", service.isEmpty || service.contains(where: { " *?".contains($0) }) {
        reject(.actionVendor, at: text.position, "The service of \(quoted) must not contain spaces or wildcards.")
      } else {
        checkExists(text)
      }
    }
  }

  /// IAM stores an action that does not exist, and it grants nothing. S3 rejects it.
  private mutating func checkExists(_ text: Policy.Text) {
    guard ServiceActions.isUnknown(text.value) else { return }
    let message = "The action \"\(text.value.prefixForMessage)\" does not exist."
    let hint = ServiceActions.allowing(call: text.value).map { "This call is allowed by \($0). Write \"\($0)\"." }
    if kind == .bucket {
      reject(.actionUnknown, at: text.position, message, hint: hint)
    } else {
      findings.append(
        GrammarFinding(.actionUnknown, .warning, at: text.position, message + " It grants nothing.", hint: hint))
    }
  }

  mutating func checkResources(_ element: Policy.Element?) {
    guard kind != .trust else { return }
    for text in element?.values ?? [] where text.value != "*" {
      guard let arn = ARN(completing: text.value) else {
        if let variable = PolicyVariable.unreplaced(in: text.value) {
          reject(
            .templateVariable, at: text.position, "\(variable) is a template variable that was not replaced.",
            hint: "Write the ARN itself, or copy the policy that the template created.")
          continue
        }
        reject(
          .resourceNotARN, at: text.position, "\"\(text.value.prefixForMessage)\" is not an ARN.",
          hint: "A bucket is arn:aws:s3:::NAME, and its objects are arn:aws:s3:::NAME/*.")
        continue
      }
      if kind == .identity { checkParts(arn, text) }
    }
  }

  private mutating func checkParts(_ arn: ARN, _ text: Policy.Text) {
    if arn.service.isEmpty || arn.service.contains(where: { "*?".contains($0) }) {
      reject(
        .resourceVendor, at: text.position,
        "The service in \"\(text.value.prefixForMessage)\" must be written out, without wildcards.",
        hint: "A bucket is arn:aws:s3:::NAME, and its objects are arn:aws:s3:::NAME/*.")
    } else if !ARN.partitions.contains(arn.partition), !arn.partition.contains(where: { "*?$".contains($0) }) {
      reject(
        .resourcePartition, at: text.position,
        "\"\(arn.partition.prefixForMessage)\" is not a partition of AWS.", hint: "Write \"aws\".", naming: text.value)
    }
  }
}

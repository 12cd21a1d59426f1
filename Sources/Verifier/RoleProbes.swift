import AWSClient
import Registry

/// The calls to STS: those that the role must accept, and those that it must reject.
struct RoleProbes {
  let settings: VerifierSettings
  let icc: ICC
  let role: UserARN
  /// The external ID that counts as the right one: the ICC's own, or a random one for a held ICC.
  let externalID: ExternalID
  let sts: STS
  /// InfoSum's own.
  let keys: AWSCredentials
  let retryAfter: Int?

  private var principal: String { settings.connector.principal(for: icc.sessionName) }

  /// InfoSum's own session, as an import takes it.
  func connector(_ session: inout AWSCredentials?) -> CheckOutcome {
    do throws(AWSCallError) {
      let given = try connectorSession(icc.sessionName.text)
      guard given.arn == principal else { return .otherPrincipal(given.arn) }
      session = given.credentials
      return .passed("InfoSum's own role gives the session that the trust policy names.")
    } catch {
      return .connector(error)
    }
  }

  /// The customer's role as an import assumes it.
  func right(with connector: AWSCredentials, _ session: inout AWSCredentials?) -> CheckOutcome {
    let policy = SessionPolicy.reading(icc, in: settings.connector.partition)
    do throws(AWSCallError) {
      session = try sts.assume(request(externalID.hex, policy), with: connector).credentials
      return .passed("InfoSum may assume the role with the external ID.")
    } catch {
      return CheckOutcome.role(error, principal: principal).unsettled(retryAfter: retryAfter)
    }
  }

  func withoutExternalID(with connector: AWSCredentials, _ isAssumable: Bool) -> CheckOutcome {
    .probe(.externalIDRequired, attempt(nil, with: connector), roleIsAssumable: isAssumable)
  }

  /// A fresh one each time: no policy can have been made for it. A role that a held ICC could
  /// assume has already accepted one, also if its policy was changed since.
  func withWrongExternalID(with connector: AWSCredentials, _ isAssumable: Bool) -> CheckOutcome {
    let error = attempt(ExternalID.random().hex, with: connector)
    return .probe(.externalIDExact, icc.isHeld && isAssumable ? nil : error, roleIsAssumable: isAssumable)
  }

  /// Another session of InfoSum's role, with the right external ID, as another customer's import
  /// would be.
  func fromOtherSession(_ isAssumable: Bool) -> CheckOutcome {
    let other: AWSCredentials
    do throws(AWSCallError) {
      other = try connectorSession(otherName).credentials
    } catch {
      return .undecided(error, "STS")
    }
    return .probe(.principalPinned, attempt(externalID.hex, with: other), roleIsAssumable: isAssumable)
  }

  /// Random, so that it belongs to no ICC, and never equals the ICC's own in upper or lower case.
  private var otherName: String {
    var generator = SystemRandomNumberGenerator()
    repeat {
      let name = "probe-" + String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      if name != icc.sessionName.text.lowercased() { return name }
    } while true
  }

  private func connectorSession(_ name: String) throws(AWSCallError) -> STS.Session {
    let connector = settings.connector
    let arn = "arn:\(connector.partition):iam::\(connector.accountID):role/\(connector.roleName)"
    let request = STS.AssumedRole(roleARN: arn, sessionName: name, policy: SessionPolicy.assuming(role))
    return try sts.assume(request, with: keys)
  }

  /// The error that a probe ends with; nil where it got in. The session may do nothing, and is let
  /// go here.
  private func attempt(_ externalID: String?, with connector: AWSCredentials) -> AWSCallError? {
    do throws(AWSCallError) {
      _ = try sts.assume(request(externalID, SessionPolicy.nothing), with: connector)
      return nil
    } catch {
      return error
    }
  }

  /// `sts:RoleSessionName` is the name sent at this hop, so it is the ICC's own in each of them.
  private func request(_ externalID: String?, _ policy: String) -> STS.AssumedRole {
    STS.AssumedRole(
      roleARN: role.text, sessionName: icc.sessionName.text, externalID: externalID, policy: policy)
  }
}

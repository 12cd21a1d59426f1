import JSON

/// Keys with an end, as the metadata services of EC2, ECS and EKS hand them out
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
struct ExpiringCredentials: Sendable {
  let credentials: AWSCredentials
  /// Seconds since 1970.
  let expiresAt: Int

  init(credentials: AWSCredentials, expiresAt: Int) {
    self.credentials = credentials
    self.expiresAt = expiresAt
  }

  /// The keys in an answer; nil where it holds none.
  init?(_ body: [UInt8]) {
    guard let answer = try? JSONValue(parsing: body, maximumDepth: 8),
      let id = answer["AccessKeyId"]?.stringValue, let secret = answer["SecretAccessKey"]?.stringValue,
      let token = answer["Token"]?.stringValue, !id.isEmpty, !secret.isEmpty,
      (id + token).utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let end = answer["Expiration"]?.stringValue.flatMap(Self.seconds)
    else { return nil }
    self.init(
      credentials: AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token), expiresAt: end)
  }

  /// `2026-11-24T03:00:00Z`, also with a fraction of the second, as seconds since 1970 (Howard Hinnant's `days_from_civil`,
  /// https://howardhinnant.github.io/date_algorithms.html).
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
    let marks: [(Int, Unicode.Scalar)] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")]
    guard marks.allSatisfy({ bytes[$0.0] == UInt8(ascii: $0.1) }),
      bytes[19] == UInt8(ascii: "Z") || bytes[19] == UInt8(ascii: ".")
    else { return nil }
    let parts = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].compactMap { number(bytes[$0]) }
    guard parts.count == 6 else { return nil }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
    let yearOfEra = year % 400
    let days = year / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    return days * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5]
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.allSatisfy { (0x30...0x39).contains($0) } ? digits.reduce(0) { $0 * 10 + Int($1) - 0x30 } : nil
  }
}

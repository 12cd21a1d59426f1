/// A sign that an external ID was made up and not drawn at random.
///
/// Another customer who guesses an external ID can have InfoSum read this customer's data: AWS asks
/// the third party to generate the value and to make it hard to guess (IAM User Guide, "Access to
/// AWS accounts owned by third parties"). Each rule applies to less than one in 10^13 random IDs.
enum ExternalIDPattern: String, CaseIterable {
  /// At most 8 different digits: 12,870 choices of them, (8/16)^64 each.
  case fewDigits = "it uses few different digits"
  /// The digits repeat after 32 or fewer.
  case repetition = "it repeats the same digits"
  /// 16 equal digits in a row, such as the zeros before a number: 49 places, 16^-15 each.
  case run = "it contains a long run of one digit"
  /// Each byte, or each digit, is the one before plus the same number.
  case counting = "it counts up or down"
  /// Each byte is a printable ASCII character: (95/256)^32.
  case text = "it is text written in hexadecimal digits"

  /// The first sign in an external ID; nil if there is none.
  init?(in id: ExternalID) {
    let digits = id.bytes.flatMap { [$0 >> 4, $0 & 15] }
    guard let found = Self.allCases.first(where: { $0.applies(to: id.bytes, digits) }) else { return nil }
    self = found
  }

  private static let maxFewDigits = 8
  private static let longRun = 16

  private func applies(to bytes: [UInt8], _ digits: [UInt8]) -> Bool {
    switch self {
    case .fewDigits: Set(digits).count <= Self.maxFewDigits
    case .repetition: (1...digits.count / 2).contains { digits.dropFirst($0).elementsEqual(digits.dropLast($0)) }
    case .run: Self.longestRun(of: digits) >= Self.longRun
    case .counting: Self.isProgression(bytes, modulo: 256) || Self.isProgression(digits, modulo: 16)
    case .text: bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }
  }

  private static func longestRun(of digits: [UInt8]) -> Int {
    var (longest, current) = (1, 1)
    for (previous, digit) in zip(digits, digits.dropFirst()) {
      current = digit == previous ? current + 1 : 1
      longest = max(longest, current)
    }
    return longest
  }

  private static func isProgression(_ values: [UInt8], modulo: Int) -> Bool {
    let steps = zip(values, values.dropFirst()).map { (Int($1) - Int($0) + modulo) % modulo }
    return steps.allSatisfy { $0 == steps[0] }
  }
}

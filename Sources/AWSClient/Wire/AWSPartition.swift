/// A group of Regions with hosts and accounts of its own (botocore's `partitions.json`).
package enum AWSPartition: String, Sendable, CaseIterable {
  /// The commercial Regions.
  case aws
  /// China.
  case china = "aws-cn"
  /// The United States' government.
  case government = "aws-us-gov"
  /// The European Sovereign Cloud.
  case europeanSovereign = "aws-eusc"
  /// Isolated partitions.
  case iso = "aws-iso"
  /// See `iso`.
  case isoB = "aws-iso-b"
  /// See `iso`.
  case isoE = "aws-iso-e"
  /// See `iso`.
  case isoF = "aws-iso-f"

  /// The suffix of the partition's host names.
  package var hostSuffix: String {
    switch self {
    case .aws, .government: "amazonaws.com"
    case .china: "amazonaws.com.cn"
    case .europeanSovereign: "amazonaws.eu"
    case .iso: "c2s.ic.gov"
    case .isoB: "sc2s.sgov.gov"
    case .isoE: "cloud.adc-e.uk"
    case .isoF: "csp.hci.ic.gov"
    }
  }

  /// The prefixes of its Regions' names, each followed by a word, a hyphen and a number.
  var regionPrefixes: [[String]] {
    switch self {
    case .aws: ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"].map { [$0] }
    case .china: [["cn"]]
    case .government: [["us", "gov"]]
    case .europeanSovereign: [["eusc", "de"]]
    case .iso: [["us", "iso"]]
    case .isoB: [["us", "isob"]]
    case .isoE: [["eu", "isoe"]]
    case .isoF: [["us", "isof"]]
    }
  }
}

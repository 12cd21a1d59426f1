import Text

/// A bucket in S3, addressed by its path, so that no name of a bucket is ever part of a host's name
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
package struct S3 {
  /// An object in a listing.
  package struct Object: Equatable, Sendable {
    /// Its key.
    package let key: String
    /// Its size in bytes.
    package let size: Int
    /// Such as `STANDARD`.
    package let storageClass: String
  }

  /// The number of keys that a listing requests: enough to find an object that can be read after
  /// some that cannot.
  static let keysListed = 100

  private let caller: AWSCaller
  private let credentials: AWSCredentials
  private let configured: AWSEndpoint?
  private let bucket: String
  /// The account that must own the bucket, sent as `x-amz-expected-bucket-owner`: S3 rejects the
  /// call with 403 if another account does
  /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html). Nil for
  /// any.
  package var expectedOwner: String?
  /// The Region of the bucket, as far as known.
  package private(set) var region: AWSRegion

  /// A bucket, looked for in a Region first. An endpoint that the operator configured is used for
  /// every Region.
  package init(
    _ caller: AWSCaller, bucket: String, with credentials: AWSCredentials, in region: AWSRegion,
    configured: AWSEndpoint?, expectedOwner: String? = nil
  ) {
    self.expectedOwner = expectedOwner
    self.caller = caller
    self.bucket = bucket
    self.credentials = credentials
    self.region = region
    self.configured = configured
  }

  /// The first keys under the prefix, in the order of their bytes
  /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html).
  /// - Parameter after: a key that the listed ones must follow; nil for the first keys.
  package mutating func list(prefix: String, after key: String? = nil) throws(AWSCallError) -> [Object] {
    let query =
      [("list-type", "2"), ("max-keys", String(Self.keysListed)), ("encoding-type", "url"), ("prefix", prefix)]
      + (key.map { [("start-after", $0)] } ?? [])
    let response = try send("/" + bucket, query: query.map { AWSRequest.Field($0.0, $0.1) })
    guard response.status == 200 else { throw AWSCaller.error(response) }
    guard let root = XMLReader.read(response.body), root.name == "ListBucketResult" else {
      throw .unreadable(response.status)
    }
    return try Self.objects(in: root)
  }

  /// Reads the first byte of an object, which proves more than its metadata would: an encrypted one
  /// must be decrypted (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html). An
  /// empty object has none, and says so (416).
  package mutating func readFirstByte(of key: String) throws(AWSCallError) {
    let response = try send("/" + bucket + "/" + key, fields: [AWSRequest.Field("range", "bytes=0-0")])
    switch response.status {
    case 200, 206: return
    case 416 where AWSServiceError(response)?.code == "InvalidRange": return
    default: throw AWSCaller.error(response)
    }
  }

  /// Sends, and again to the bucket's own Region if S3 names another. Of the answer nothing but the
  /// Region is believed, and that only where it has the form of one.
  private mutating func send(
    _ path: String, query: [AWSRequest.Field] = [], fields: [AWSRequest.Field] = []
  ) throws(AWSCallError) -> AWSResponse {
    let first = try attempt(path, query, fields)
    guard [301, 307, 400, 403].contains(first.status), let named = Self.regionNamed(by: first),
      let other = AWSRegion(named, in: region.partition), other != region
    else { return first }
    region = other
    return try attempt(path, query, fields)
  }

  private func attempt(
    _ path: String, _ query: [AWSRequest.Field], _ fields: [AWSRequest.Field]
  ) throws(AWSCallError) -> AWSResponse {
    let owner = expectedOwner.map { AWSRequest.Field("x-amz-expected-bucket-owner", $0) }
    let request = AWSRequest(
      "GET", configured ?? .s3(region), path: path, query: query, fields: fields + [owner].compactMap(\.self))
    return try caller.send(request, SignatureV4(credentials, region: region.name, service: "s3"))
  }

  private static func regionNamed(by response: AWSResponse) -> String? {
    response.field("x-amz-bucket-region") ?? AWSServiceError(response)?.region
  }

  private static func objects(in root: XMLElement) throws(AWSCallError) -> [Object] {
    let isEncoded = root["EncodingType"]?.text == "url"
    var objects: [Object] = []
    for item in root.children where item.name == "Contents" {
      guard let text = item["Key"]?.text, let size = item["Size"].flatMap({ Int($0.text) }),
        let key = isEncoded ? PercentEncoding.decode(text.utf8, .space) : text
      else { throw .unreadable(200) }
      objects.append(Object(key: key, size: size, storageClass: item["StorageClass"]?.text ?? "STANDARD"))
    }
    return objects
  }
}

import CCurl

/// HTTPS over libcurl: one handle, whose connections are kept from call to call. The host's
/// certificate is verified against the system's authorities; no redirect is followed, no proxy or
/// password taken from the environment.
@safe package final class CurlSession: AWSTransport {
  /// The limits of a call.
  package struct Limits: Sendable {
    /// For name, connection and TLS together.
    package var connectMilliseconds = 5_000
    /// For the whole call.
    package var callMilliseconds = 10_000
    /// Content that is larger than this ends the call: S3's largest page of keys that is asked for
    /// stays far below.
    package var bodyBytes = 1 << 20
    /// As much header as the common servers send at most.
    package var headerBytes = 64 << 10
    /// A file of authorities instead of the system's; nil for these.
    package var authorities: String?

    /// The defaults.
    package init() {}
  }

  private let library: ccurl
  private let curl: UnsafeMutableRawPointer
  private let limits: Limits

  /// A session; nil where libcurl is not installed or cannot start.
  package init?(_ limits: Limits = Limits()) {
    guard let library = CurlLibrary.shared, let curl = unsafe ccurl_init(library.functions) else { return nil }
    unsafe self.library = library.functions
    unsafe self.curl = curl
    self.limits = limits
  }

  deinit {
    unsafe ccurl_cleanup(library, curl)
  }

  package func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse {
    let left = min(limits.callMilliseconds, deadline.remaining)
    guard left > 0 else { throw .timedOut }
    let received = ReceivedAnswer(deadline: deadline, limits: limits)
    unsafe ccurl_reset(library, curl)
    try setBounds(left)
    try setRequest(request)
    unsafe received.connect(to: curl, library)
    let list = unsafe fields(of: request)
    defer { unsafe ccurl_free(library, list) }
    try check(unsafe ccurl_set_list(library, curl, CURLOPT_HTTPHEADER, list))
    let code = withExtendedLifetime(received) { unsafe ccurl_perform(library, curl) }
    guard code == CURLE_OK else { throw Self.error(code, received) }
    return AWSResponse(status: unsafe ccurl_response_code(library, curl), fields: received.fields, body: received.body)
  }

  private func setBounds(_ milliseconds: Int) throws(AWSTransportError) {
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_PATH_AS_IS, 1), (CURLOPT_NETRC, 0),
      (CURLOPT_HTTP_VERSION, ccurl_http_1_1()), (CURLOPT_TIMEOUT_MS, milliseconds),
      (CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, limits.connectMilliseconds)),
      (CURLOPT_SSLVERSION, ccurl_tls_1_2_or_later()), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
    ]
    for (option, value) in numbers { try check(unsafe ccurl_set_number(library, curl, option, value)) }
    // An empty name is no proxy, whatever the environment says.
    try check(unsafe ccurl_set_text(library, curl, CURLOPT_PROXY, ""))
    if let authorities = limits.authorities {
      try check(unsafe ccurl_set_text(library, curl, CURLOPT_CAINFO, authorities))
    }
  }

  private func setRequest(_ request: AWSRequest) throws(AWSTransportError) {
    try check(unsafe ccurl_allow_only(library, curl, request.endpoint.isSecure ? 1 : 0))
    try check(unsafe ccurl_set_text(library, curl, CURLOPT_URL, request.url))
    try check(unsafe ccurl_set_text(library, curl, CURLOPT_USERAGENT, "icc-registry"))
    switch request.method {
    case "POST":
      try check(unsafe ccurl_set_number(library, curl, CURLOPT_POST, 1))
      try check(unsafe ccurl_set_size(library, curl, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)))
      try check(
        unsafe ccurl_set_text(library, curl, CURLOPT_COPYPOSTFIELDS, request.body.map { CChar(bitPattern: $0) } + [0]))
    case "GET": try check(unsafe ccurl_set_number(library, curl, CURLOPT_HTTPGET, 1))
    default: try check(unsafe ccurl_set_text(library, curl, CURLOPT_CUSTOMREQUEST, request.method))
    }
  }

  /// An option that is not set must not go unnoticed: some of them are what makes a call safe.
  private func check(_ code: CURLcode) throws(AWSTransportError) {
    guard code == CURLE_OK else { throw .failed(Int(code.rawValue)) }
  }

  /// The host as it was signed, and no field of libcurl's own making that AWS must sign or wait
  /// for.
  private func fields(of request: AWSRequest) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    let lines = request.fields.map { $0.name + ": " + $0.value } + ["host: " + request.endpoint.authority, "expect:"]
    for line in lines { unsafe list = unsafe ccurl_append(library, list, line) ?? list }
    return unsafe list
  }

  private static func error(_ code: CURLcode, _ received: ReceivedAnswer) -> AWSTransportError {
    if received.isTooLarge { return .tooLarge }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return .unknownHost
    case CURLE_COULDNT_CONNECT: return .unreachable
    case CURLE_OPERATION_TIMEDOUT, CURLE_ABORTED_BY_CALLBACK: return .timedOut
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER:
      return .notTrusted
    default: return .failed(Int(code.rawValue))
    }
  }
}

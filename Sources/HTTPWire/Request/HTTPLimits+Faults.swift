/// What a client is told that goes past a limit: how much there may be, since an operator may have
/// set it.
extension HTTPLimits {
  var targetTooLong: HTTPFault { HTTPFault(414, "The request-target has more than \(target) bytes.") }
  var headTooLarge: HTTPFault { HTTPFault(431, "The request head has more than \(head) bytes.") }
  var headerLineTooLong: HTTPFault { HTTPFault(431, "A header line has more than \(headerLine) bytes.") }
  var tooManyHeaderLines: HTTPFault { HTTPFault(431, "The request has more than \(headerLines) header lines.") }
  var contentTooLarge: HTTPFault { HTTPFault(413, "The content has more than \(body) bytes.") }
}

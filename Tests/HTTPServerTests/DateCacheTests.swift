import Testing

@testable import HTTPServer

/// IMF-fixdate, RFC 9110 section 5.6.7; the moments by `date -u -d @N`.
struct DateCacheTests {
  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
    (1_709_251_200, "Fri, 01 Mar 2024 00:00:00 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
    (-1, "Thu, 01 Jan 1970 00:00:00 GMT"),
  ]) func `the Date field is an IMF-fixdate`(seconds: Int, text: String) {
    var cache = DateCache()
    #expect(String(decoding: cache.bytes(seconds: seconds), as: UTF8.self) == text)
    #expect(String(decoding: cache.bytes(seconds: seconds), as: UTF8.self) == text)
  }
}

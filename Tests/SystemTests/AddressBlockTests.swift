import System
import Testing

@Suite struct AddressBlockTests {
  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("192.0.2.7/32", "192.0.2.7"), ("10.1.2.3/8", "10.0.0.0/8"),
    ("0.0.0.0/0", "0.0.0.0/0"), ("2001:DB8::1/32", "2001:db8::/32"), ("::1", "::1"), ("::ffff:10.1.2.3", "10.1.2.3"),
    ("::ffff:10.1.2.3/104", "10.0.0.0/8"), ("fe80::1/63", "fe80::/63"),
  ])
  func `a block has a canonical text`(text: String, canonical: String) throws {
    let block = try #require(AddressBlock(text))
    #expect(block.description == canonical)
    #expect(AddressBlock(canonical) == block)
  }

  @Test(arguments: [
    "", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0/8", "2001:db8::/129", "::ffff:10.0.0.0/95",
    "example.com", "10.0.0.0/8/8", " 10.0.0.1",
  ])
  func `other text is not a block`(text: String) {
    #expect(AddressBlock(text) == nil)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/9", "10.128.0.0", false),
    ("10.0.0.0/8", "::ffff:10.0.0.1", true), ("10.0.0.0/8", "::1", false), ("0.0.0.0/0", "::1", false),
    ("2001:db8::/33", "2001:db8:7fff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
    ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("10.0.0.0/8", "unknown", false),
  ])
  func `a block contains the addresses with its prefix`(text: String, address: String, isContained: Bool) throws {
    #expect(try #require(AddressBlock(text)).contains(address) == isContained)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.1.0.0/16", true), ("10.0.0.0/8", "10.0.0.0/8", true), ("10.1.0.0/16", "10.0.0.0/8", false),
    ("10.0.0.0/8", "11.0.0.0/16", false), ("0.0.0.0/0", "::/0", false), ("2001:db8::/32", "2001:db8:1::/48", true),
  ])
  func `a block contains the narrower blocks within it`(wide: String, narrow: String, isContained: Bool) throws {
    #expect(try #require(AddressBlock(wide)).contains(#require(AddressBlock(narrow))) == isContained)
  }
}

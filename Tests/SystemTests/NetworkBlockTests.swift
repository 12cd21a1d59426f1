import System
import Testing

@Suite struct NetworkBlockTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("::1", "0:0:0:0::/64"), ("::ffff:192.0.2.1", "192.0.2.1"),
    ("unknown", "unknown"),
  ])
  func `an IPv6 address counts by its 64 bits of network`(address: String, block: String) {
    #expect(NetworkBlock.name(of: address) == block)
  }
}

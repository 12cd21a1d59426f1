import Testing

@testable import AWSClient

@Suite struct XMLTests {
  @Test func `an answer is read as a tree`() {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>
      <Contents><Key>a&amp;b&#233;<![CDATA[<c>]]></Key></Contents><Contents/></ListBucketResult>
      """
    let root = XMLReader.read(Array(text.utf8))
    #expect(root?.name == "ListBucketResult")
    #expect(root?["Name"]?.text == "b")
    #expect(root?["Contents"]?["Key"]?.text == "a&bé<c>")
    #expect(root?.children.count == 3)
  }

  @Test(arguments: [
    "", "text", "<a>", "<a></b>", "<a/><b/>", "<a>&undeclared;</a>", "<a b=1/>", "<html><br></html>",
    "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    String(repeating: "<a>", count: 33) + String(repeating: "</a>", count: 33),
  ]) func `a text that is not an answer is rejected`(text: String) {
    #expect(XMLReader.read(Array(text.utf8)) == nil)
  }

  @Test func `a deep or large document is rejected`() {
    let nested = { (depth: Int) in String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth) }
    #expect(XMLReader.read(Array(nested(32).utf8)) != nil)
    let wide = { (count: Int) in "<r>" + String(repeating: "<a/>", count: count - 1) + "</r>" }
    #expect(XMLReader.read(Array(wide(20_000).utf8)) != nil)
    #expect(XMLReader.read(Array(wide(20_001).utf8)) == nil)
    #expect(XMLReader.read([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) == nil)
  }

  @Test(arguments: [
    ("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>", "AccessDenied"),
    ("<Error><Code>NoSuchBucket</Code></Error>", "NoSuchBucket"), ("<Error><Code/></Error>", nil),
    ("<Error><Code>Access Denied</Code></Error>", nil), ("<Fault><Code>AccessDenied</Code></Fault>", nil),
    ("<ErrorResponse><Code>AccessDenied</Code></ErrorResponse>", nil),
    ("<Error><Code>AccessDenied</Code></Error", nil), (#"{"Code":"AccessDenied"}"#, nil),
  ]) func `only an error document is read as an error`(body: String, code: String?) {
    #expect(AWSServiceError(AWSResponse(status: 403, body: Array(body.utf8)))?.code == code)
  }
}

import Testing

@testable import FerryCLI

@Suite struct StoreLocatorTests {
  @Test(arguments: [
    ("postgres://crm:s3cret@db/crm?sslmode=require", "postgres://crm@db/crm?sslmode=require"),
    ("postgres://crm@db/crm?password=s3cret&service=x", "postgres://crm@db/crm?service=x"),
    ("postgres:///crm?Password=s3cret", "postgres:///crm"),
    ("mysql://crm:s3cret@db/crm", "mysql://crm@db/crm"),
    ("postgres://crm@db/crm", "postgres://crm@db/crm"),
  ])
  func `plans and reports keep no secret of a URL`(_ url: String, _ kept: String) {
    #expect(StoreLocator.displayed(url) == kept)
  }
}

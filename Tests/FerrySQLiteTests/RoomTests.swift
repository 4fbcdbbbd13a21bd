import Testing

@testable import FerrySQLite

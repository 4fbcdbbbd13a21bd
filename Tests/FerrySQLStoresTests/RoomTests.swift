import Testing

@testable import FerrySQLStores

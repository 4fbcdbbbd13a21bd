import Testing

@testable import FerryCLI

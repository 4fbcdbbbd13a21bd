import Testing

@testable import FerryYAML

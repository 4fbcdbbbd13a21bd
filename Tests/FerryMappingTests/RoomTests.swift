import Testing

@testable import FerryMapping

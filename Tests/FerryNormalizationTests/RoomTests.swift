import Testing

@testable import FerryNormalization
